"""A text to the concepts in it: words put right, phrases found, negations applied, frames closed.

Works on a compiled lexicon only; knows neither files nor intents.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from aiguilleur.lexicon.compiled import GAP, Compiled
from aiguilleur.lexicon.text import COMMA, NEGATORS, QUESTION, SENTENCE, STOPS, sound, split

_SPLITTERS = frozenset({SENTENCE, QUESTION})
_TURNS = frozenset({"mais", "sinon", "pourtant", "cependant"})
_AFTER_AND = frozenset(
    [
        "apres",
        "ensuite",
        "j",
        "je",
        "mon",
        "ma",
        "mes",
        "comment",
        "ou",
        "est",
        "puis",
        "aussi",
        "y",
        "en",
        "qui",
        "on",
    ]
)
_HAPPENS = ("v_", "st_", "not_v_", "not_st_")
"""Concepts of what is done or happens."""
_MAY_TURN = _TURNS | {"par", "et", "puis", "aussi"}
_OF = frozenset({"de", "d", "aucun", "aucune", "sans", "ni"})
_LONG_GAP, _LIGHT_GAP, _MAX_SHORT = 5, 3, 8
_END = -2


@dataclass(frozen=True)
class Hit:
    """``concept`` found in the words from ``start`` to ``end`` (excluded)."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True)
class Clause:
    """A part of the message that may hold a problem of its own."""

    start: int
    end: int
    concepts: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """What was read. ``tokens`` are the words put right; ``unknown`` those that are no word.

    ``sequence``: concepts in the order of the text. ``covered``: share of the meaningful words
    that belong to a concept. ``whole``: the message is nothing but one short reply.
    """

    text: str
    tokens: tuple[str, ...]
    concepts: frozenset[str]
    hits: tuple[Hit, ...]
    clauses: tuple[Clause, ...]
    unknown: tuple[str, ...]
    covered: float
    whole: bool

    @property
    def sequence(self) -> tuple[str, ...]:
        return tuple(hit.concept for hit in self.hits)


class Reader:
    """Reads texts with one compiled lexicon; built once, then about 0.2 ms a message."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._forms = compiled.forms
        self._trie: dict[int, Any] = {}
        for pattern in compiled.patterns:
            node = self._trie
            for number in pattern.classes:
                node = node.setdefault(number, {})
            node.setdefault(_END, []).append((pattern.concept, pattern.place))
        self._buckets: dict[str, list[str]] = {}
        self._sounds: dict[str, set[str]] = {}
        for form in compiled.forms:
            if len(form) >= 4 and form.isalpha():
                if len(form) >= 5:
                    self._buckets.setdefault(form[0], []).append(form)
                self._sounds.setdefault(sound(form), set()).add(form)
        self._fillers = frozenset(compiled.fillers)
        self._longest_filler = max((len(filler) for filler in compiled.fillers), default=0)
        self.mend = lru_cache(maxsize=20_000)(self._mend)

    def read(self, text: str) -> Reading:
        """The reading of ``text``, already masked, of any length."""
        tokens: list[str] = []
        unknown: list[str] = []
        for token in split(text):
            if token.endswith("'"):
                tokens.append(token[:-1])
                continue
            words, known = self.mend(token)
            tokens.extend(words)
            if not known:
                unknown.append(token)
        return self._read(text, tuple(tokens), tuple(unknown))

    def part(self, reading: Reading, clause: Clause) -> Reading:
        """The reading of one clause of ``reading``, as if it had been the message."""
        tokens = reading.tokens[clause.start : clause.end]
        return self._read(" ".join(tokens), tokens, reading.unknown)

    def _mend(self, token: str) -> tuple[tuple[str, ...], bool]:
        """The word or words meant by ``token``, and whether it is known at all."""
        compiled = self.compiled
        if token in compiled.corrections:
            return compiled.corrections[token], True
        if token in self._forms or token in STOPS or token in compiled.words:
            return (token,), True
        if not token.isalpha():
            return (token,), not token.isalnum() or token.isdigit() or token.startswith("_")
        once = "".join(c for i, c in enumerate(token) if i == 0 or c != token[i - 1])
        if once != token and (once in self._forms or once in compiled.words):
            return (once,), True
        if once in compiled.corrections:
            return compiled.corrections[once], True
        glued = self._unglue(token)
        if glued:
            return glued, True
        meant = self._nearest(token)
        if meant:
            return (meant,), True
        if token[0] in "jdl" and len(token) > 5:
            meant = self._nearest(token[1:])
            if meant and meant[0] in "aeiouh":
                return (token[0], meant), True
        return (token,), False

    def _unglue(self, token: str) -> tuple[str, ...] | None:
        for prefix in ("qu", "j", "d", "l", "n", "c", "m", "s", "t"):
            rest = token[len(prefix) :]
            if not token.startswith(prefix) or len(rest) < 2:
                continue
            if prefix == "j" and rest in ("sais", "suis", "peux", "veux", "vais", "comprends"):
                return ("j", rest)
            if rest in ("ai", "est", "etait", "avais", "il", "ils", "elle", "on", "y", "en"):
                return (prefix, rest)
            if len(rest) >= 3 and (rest in self._forms or rest in self.compiled.words):
                vowel = rest[0] in "aeiouhy"
                if vowel or (prefix == "j" and len(rest) >= 4):
                    return (prefix, rest)
        return None

    def _nearest(self, token: str) -> str | None:
        """The one form of the lexicon that ``token`` misspells, if any."""
        size = len(token)
        if size < 4:
            return None
        alike = self._sounds.get(sound(token), set())
        if len(alike) == 1 or (alike and size >= 5):
            return min(alike, key=lambda form: (OSA.distance(token, form), form))
        if size < 5:
            return None
        limit = 2 if size >= 8 else 1
        first = {"k": "qkc", "c": "ckq", "f": "fp", "p": "pf", "i": "iy", "e": "eh", "h": "he"}
        best: list[str] = []
        distance = limit + 1
        for letter in first.get(token[0], token[0]):
            for form in self._buckets.get(letter, ()):
                if abs(len(form) - size) > limit:
                    continue
                found = OSA.distance(token, form, score_cutoff=limit)
                if found < distance:
                    distance, best = found, [form]
                elif found == distance and found <= limit:
                    best.append(form)
        if not best:
            return None
        if len({self._forms[form] for form in best}) == 1 or distance == 1:
            return min(best) if len({f[:4] for f in best}) == 1 else None
        return None

    def _read(self, text: str, tokens: tuple[str, ...], unknown: tuple[str, ...]) -> Reading:
        first, last = self._bare(tokens)
        found, whole = self._find(tokens, first, last)
        hits = self._negate(tokens, found)
        clauses = self._clauses(tokens, hits)
        concepts = {hit.concept for hit in hits}
        for clause in clauses:
            concepts |= clause.concepts
        for name, wanted, unwanted, anywhere in self.compiled.frames:
            if (
                anywhere
                and all(w in concepts for w in wanted)
                and not any(u in concepts for u in unwanted)
            ):
                concepts.add(name)
        covered = {i for hit in hits for i in range(hit.start, hit.end)}
        light = self.compiled.light
        meaningful = [i for i, t in enumerate(tokens) if t not in STOPS and t not in light]
        share = sum(i in covered for i in meaningful) / len(meaningful) if meaningful else 0.0
        return Reading(text, tokens, frozenset(concepts), hits, clauses, unknown, share, whole)

    def _bare(self, tokens: tuple[str, ...]) -> tuple[int, int]:
        """Where the message starts and ends once greetings, thanks and marks are taken off."""
        first, last = 0, len(tokens)
        moved = True
        while moved and first < last:
            moved = False
            if tokens[first] in STOPS:
                first, moved = first + 1, True
            elif tokens[last - 1] in STOPS:
                last, moved = last - 1, True
            else:
                for size in range(min(self._longest_filler, last - first), 0, -1):
                    if tokens[first : first + size] in self._fillers:
                        first, moved = first + size, True
                        break
                    if tokens[last - size : last] in self._fillers:
                        last, moved = last - size, True
                        break
        if first >= last:
            first, last = 0, len(tokens)
            while first < last and tokens[first] in STOPS:
                first += 1
            while last > first and tokens[last - 1] in STOPS:
                last -= 1
        return first, last

    def _find(self, tokens: tuple[str, ...], first: int, last: int) -> tuple[list[Hit], bool]:
        classes = [self._forms.get(token, ()) for token in tokens]
        size = len(tokens)
        words = sum(token not in STOPS for token in tokens)
        light = self.compiled.light
        hits: set[Hit] = set()
        whole = False

        def walk(node: dict[int, Any], start: int, at: int, skipped: int) -> None:
            nonlocal whole
            for concept, place in node.get(_END, ()):
                if skipped:
                    continue
                if place == "start" and start not in (0, first):
                    continue
                if place == "short" and words > _MAX_SHORT:
                    continue
                if place == "whole":
                    if start > first or at < last:
                        continue
                    whole = True
                hits.add(Hit(concept, start, at))
            if at >= size or tokens[at] in _SPLITTERS:
                return
            for number in classes[at]:
                if number in node:
                    walk(node[number], start, at + 1, 0)
            if start < at and skipped < _LIGHT_GAP and (tokens[at] in light or tokens[at] == COMMA):
                walk(node, start, at + 1, skipped + 1)
            gap = node.get(GAP)
            if gap:
                for ahead in range(at, min(at + _LONG_GAP, size)):
                    if tokens[ahead] in _SPLITTERS:
                        break
                    for number in classes[ahead]:
                        if number in gap:
                            walk(gap[number], start, ahead + 1, 0)

        for start in range(size):
            for number in classes[start]:
                node = self._trie.get(number)
                if node is not None:
                    walk(node, start, start + 1, 0)
        return _longest(hits), whole

    def _negate(self, tokens: tuple[str, ...], hits: list[Hit]) -> tuple[Hit, ...]:
        negation = self.compiled.negation
        negated: set[Hit] = set()
        free = [h for h in hits if not any(t in NEGATORS for t in tokens[h.start : h.end])]
        for at, token in enumerate(tokens):
            if token not in NEGATORS:
                continue
            following = tokens[at + 1] if at + 1 < len(tokens) else ""
            before = tokens[at - 1] if at else ""
            if token == "plus" and (
                following in self.compiled.not_negated
                or before in ("le", "la", "les", "en", "de", "au", "du")
            ):
                continue
            negated |= self._reach(tokens, free, at, token, following)
        result = []
        for hit in hits:
            kind = negation.get(hit.concept, "none")
            if hit in negated and kind != "none":
                result.append(Hit(f"not_{hit.concept}", hit.start, hit.end))
                if kind == "both":
                    result.append(hit)
            else:
                result.append(hit)
        return tuple(sorted(result, key=lambda h: (h.start, -h.end, h.concept)))

    def _reach(
        self, tokens: tuple[str, ...], hits: list[Hit], at: int, token: str, following: str
    ) -> set[Hit]:
        """The hits that the negation word at ``at`` denies: after it, or the verb just before."""
        negation = self.compiled.negation
        stop = next(
            (i for i in range(at + 1, len(tokens)) if tokens[i] in STOPS or tokens[i] in _TURNS),
            len(tokens),
        )
        back = next(
            (i for i in range(at - 1, -1, -1) if tokens[i] in STOPS or tokens[i] in _TURNS), -1
        )
        absent = token in ("aucun", "aucune", "sans", "ni") or following in _OF
        reached: set[Hit] = set()
        after = [
            hit
            for hit in hits
            if at < hit.start <= at + 4 and hit.start < stop and negation.get(hit.concept)
        ]
        nouns = [hit for hit in after if negation[hit.concept] == "both"]
        verbs = [hit for hit in after if negation[hit.concept] == "swap"]
        first_noun = min((hit.start for hit in nouns), default=99)
        if absent:
            reached |= {hit for hit in nouns if hit.start == first_noun}
        light = self.compiled.light
        near = at - 1
        while near > back and tokens[near] in light and at - near < 3:
            near -= 1
        behind = {
            hit
            for hit in hits
            if back < hit.start
            and (at - 2 <= hit.end - 1 <= at - 1 or hit.end - 1 == near)
            and negation.get(hit.concept) == "swap"
        }
        first_verb = min((hit.start for hit in verbs), default=99)
        forward = {hit for hit in verbs if hit.start == first_verb and hit.start <= at + 3}
        if token in ("aucun", "aucune"):
            forward = {hit for hit in verbs if hit.start == first_verb}
        if absent and token not in ("sans", "aucun", "aucune"):
            forward = {hit for hit in forward if first_noun > hit.start}
        if forward and (not behind or first_verb == at + 1 or following in ("a", "de", "d")):
            reached |= forward
        if behind and not (forward and first_verb == at + 1):
            reached |= behind
        return reached

    def _turns(self, tokens: tuple[str, ...], hits: tuple[Hit, ...], at: int, start: int) -> bool:
        """Whether another clause begins at a word such as « mais », « puis », « et ma boîte… »."""
        token, following = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else ""
        if token in _TURNS or (token == "par" and following == "contre"):
            return True
        if token == "par" or at <= 2:
            return False
        if following in _AFTER_AND:
            return True
        # « et Thunderbird refuse mon mot de passe »: something happens on both sides, no mere list.
        return (
            following not in STOPS
            and any(start <= hit.start < at and hit.concept.startswith(_HAPPENS) for hit in hits)
            and any(at < hit.start <= at + 6 and hit.concept.startswith(_HAPPENS) for hit in hits)
        )

    def _clauses(self, tokens: tuple[str, ...], hits: tuple[Hit, ...]) -> tuple[Clause, ...]:
        cuts = [0]
        for at, token in enumerate(tokens):
            if token in _SPLITTERS:
                cuts.append(at + 1)
            elif token in _MAY_TURN and self._turns(tokens, hits, at, cuts[-1]):
                cuts.append(at)
        cuts.append(len(tokens))
        clauses = []
        for start, end in zip(cuts, cuts[1:], strict=False):
            if end <= start:
                continue
            found = {hit.concept for hit in hits if start <= hit.start < end}
            if not found and not any(token not in STOPS for token in tokens[start:end]):
                continue
            for name, wanted, unwanted, anywhere in self.compiled.frames:
                if (
                    not anywhere
                    and all(w in found for w in wanted)
                    and not any(u in found for u in unwanted)
                ):
                    found.add(name)
            clauses.append(Clause(start, end, frozenset(found)))
        return tuple(clauses)


def _longest(hits: set[Hit]) -> list[Hit]:
    """Hits without the ones swallowed: same concept in a longer phrase, or inside another thing."""
    kept = []
    for hit in hits:
        swallowed = any(
            other is not hit
            and other.start <= hit.start
            and hit.end <= other.end
            and other.end - other.start > hit.end - hit.start
            and (
                other.concept == hit.concept
                or (
                    other.concept.startswith(("obj_", "other_"))
                    and hit.concept.startswith(("obj_", "other_"))
                )
            )
            for other in hits
        )
        if not swallowed:
            kept.append(hit)
    return sorted(kept, key=lambda h: (h.start, -h.end, h.concept))
