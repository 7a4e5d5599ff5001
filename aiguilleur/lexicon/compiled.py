"""The lexicon made ready to match: forms of words, phrases as numbers, list of real words.

Built once from ``lexicon.yml`` and the inflection tables; travels as JSON with the trained model,
so that nothing else is needed at run time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aiguilleur.lexicon.inflect import inflector
from aiguilleur.lexicon.source import Source
from aiguilleur.lexicon.text import NEGATORS, STOPS, fold, split

GAP = -1
FORMAT = 1


@dataclass(frozen=True)
class Pattern:
    """``classes``: one number per word (:data:`GAP` for « ... »), in ``place`` of the message."""

    concept: str
    place: str
    classes: tuple[int, ...]


@dataclass(frozen=True)
class Compiled:
    forms: dict[str, tuple[int, ...]]
    patterns: tuple[Pattern, ...]
    negation: dict[str, str]
    frames: tuple[tuple[str, tuple[str, ...], tuple[str, ...], bool], ...]
    corrections: dict[str, tuple[str, ...]]
    light: frozenset[str]
    fillers: tuple[tuple[str, ...], ...]
    not_negated: frozenset[str]
    words: frozenset[str]

    def to_json(self) -> str:
        """As JSON text; the inverse of :meth:`from_json`."""
        return json.dumps(
            {
                "format": FORMAT,
                "forms": {form: list(ids) for form, ids in self.forms.items()},
                "patterns": [[p.concept, p.place, list(p.classes)] for p in self.patterns],
                "negation": self.negation,
                "frames": [list(frame) for frame in self.frames],
                "corrections": {word: list(words) for word, words in self.corrections.items()},
                "light": sorted(self.light),
                "fillers": [list(filler) for filler in self.fillers],
                "not_negated": sorted(self.not_negated),
                "words": "\n".join(sorted(self.words)),
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Compiled:
        data: dict[str, Any] = json.loads(text)
        if data.get("format") != FORMAT:
            raise ValueError("lexicon compiled by another version")
        return cls(
            forms={form: tuple(ids) for form, ids in data["forms"].items()},
            patterns=tuple(Pattern(c, p, tuple(ids)) for c, p, ids in data["patterns"]),
            negation=data["negation"],
            frames=tuple((n, tuple(w), tuple(u), a) for n, w, u, a in data["frames"]),
            corrections={word: tuple(words) for word, words in data["corrections"].items()},
            light=frozenset(data["light"]),
            fillers=tuple(tuple(filler) for filler in data["fillers"]),
            not_negated=frozenset(data["not_negated"]),
            words=frozenset(data["words"].split("\n")),
        )


def compile_source(source: Source, known: Iterable[str] = ()) -> Compiled:
    """``source`` expanded to all inflected forms. ``known``: more real words (names of towns)."""
    tables = inflector()
    classes: dict[str, int] = {}
    forms: dict[str, list[int]] = {}

    exact = frozenset(fold(word) for word in source.light) | NEGATORS

    def expand(word: str) -> set[str]:
        if word.startswith("="):
            return {word[1:]}
        return {word} if word in exact else tables.forms(word)

    def number(word: str) -> int:
        if word not in classes:
            classes[word] = len(classes)
            for form in {form for one in word.split("|") for form in expand(one)}:
                forms.setdefault(form, []).append(classes[word])
        return classes[word]

    patterns = [
        Pattern(concept.name, place, tuple(GAP if w == "..." else number(w) for w in words))
        for concept in source.concepts
        for place, phrases in concept.patterns.items()
        for words in _worded(phrases)
    ]
    plain = [*known, *source.light, *(" ".join(filler) for filler in source.fillers)]
    plain += [" ".join(words) for words in source.corrections.values()]
    real = {word.rstrip("'") for text in plain for word in split(text)}
    return Compiled(
        forms={form: tuple(ids) for form, ids in forms.items()},
        patterns=tuple(patterns),
        negation={c.name: c.negation for c in source.concepts if c.negation != "none"},
        frames=tuple(
            (f.name, tuple(sorted(f.wanted)), tuple(sorted(f.unwanted)), f.anywhere)
            for f in source.frames
        ),
        corrections={
            fold(word): tuple(w.rstrip("'") for w in split(" ".join(words)) if w not in STOPS)
            for word, words in source.corrections.items()
        },
        light=frozenset(fold(word) for word in source.light),
        fillers=tuple(sorted(set(_worded(source.fillers)), key=lambda words: (-len(words), words))),
        not_negated=frozenset(fold(word) for word in source.not_negated),
        words=tables.words | frozenset(word for word in real if word.isalpha()),
    )


def _worded(phrases: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Phrases cut into the same words as messages are; « = » and « ... » are kept."""
    result = []
    for phrase in phrases:
        words: list[str] = []
        for part in phrase:
            if part == "...":
                words.append(part)
                continue
            if "|" in part:
                words.append("|".join(_one(option) for option in part.split("|")))
                continue
            exact = part.startswith("=") and len(part) > 1
            pieces = [p.rstrip("'") for p in split(part[1:] if exact else part)]
            words += [("=" + piece if exact else piece) for piece in pieces if piece not in STOPS]
        if words:
            result.append(tuple(words))
    return result


def _one(word: str) -> str:
    return "=" + fold(word[1:]) if word.startswith("=") else fold(word)
