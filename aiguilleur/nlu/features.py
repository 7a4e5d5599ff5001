"""A reading to named numbers: concepts and frames, their order, words, letters, shape.

Knows neither intents nor how the numbers are weighed together; pure.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from aiguilleur.lexicon import Reading
from aiguilleur.lexicon.text import STOPS

_QUESTION = frozenset(
    [
        "comment",
        "ou",
        "quand",
        "qui",
        "que",
        "quoi",
        "quel",
        "quelle",
        "quels",
        "quelles",
        "combien",
        "pourquoi",
        "est",
        "puis",
        "peut",
        "peux",
        "faut",
        "dois",
    ]
)
_STRUCTURE = frozenset({"ours", "not_ours"})


@dataclass(frozen=True)
class Weights:
    """How much each block counts, once brought to length one."""

    concepts: float = 1.5
    order: float = 0.7
    words: float = 2.0
    letters: float = 2.0
    shape: float = 0.5


@dataclass(frozen=True)
class Context:
    """What others know of the text: a place was found in it; it is nothing but a place."""

    place: bool = False
    only_place: bool = False


def blocks(reading: Reading, context: Context | None = None) -> dict[str, Counter[str]]:
    """The raw features of ``reading``, by block."""
    tokens = [t for t in reading.tokens if t not in STOPS]
    concepts = sorted(reading.concepts - _STRUCTURE)
    order = _ngrams(list(dict.fromkeys(reading.sequence)), 2, 3)
    words = _ngrams(["<", *(_shown(t) for t in tokens), ">"], 1, 2)
    letters: Counter[str] = Counter()
    for token in tokens:
        padded = f" {token} "
        for size in (3, 4, 5):
            for at in range(len(padded) - size + 1):
                letters[padded[at : at + size]] += 1
    return {
        "concepts": Counter(concepts),
        "order": order,
        "words": words,
        "letters": letters,
        "shape": _shape(reading, tokens, context or Context()),
    }


def vector(reading: Reading, weights: Weights, context: Context | None = None) -> dict[str, float]:
    """The weighted features of ``reading``: each block of length one, times its weight."""
    features: dict[str, float] = {}
    for block, counts in blocks(reading, context).items():
        weight = getattr(weights, block)
        if not counts or not weight:
            continue
        values = {name: 1.0 + math.log(count) for name, count in counts.items()}
        size = math.sqrt(sum(value * value for value in values.values()))
        if block == "shape":
            size = 1.0
        prefix = block[0] if block != "words" else "="
        for name, value in values.items():
            features[f"{prefix}{name}"] = weight * value / size
    return features


def _shown(token: str) -> str:
    return "0" if token[0].isdigit() and len(token) != 3 else token


def _ngrams(items: list[str], shortest: int, longest: int) -> Counter[str]:
    return Counter(
        " ".join(items[at : at + size])
        for size in range(shortest, longest + 1)
        for at in range(len(items) - size + 1)
    )


def _shape(reading: Reading, tokens: list[str], context: Context) -> Counter[str]:
    size = len(tokens)
    marks: Iterable[tuple[str, bool]] = (
        ("question mark", "?" in reading.tokens),
        ("question word", bool(tokens) and tokens[0] in _QUESTION),
        ("empty", size == 0),
        ("one word", size == 1),
        ("two words", size == 2),
        ("short", 3 <= size <= 5),
        ("middle", 6 <= size <= 14),
        ("long", 15 <= size <= 30),
        ("very long", size > 30),
        ("capitals", reading.text.isupper() and size > 2),
        ("address", "_email_" in tokens),
        ("no concept", not reading.concepts),
        ("only foreign", "only_foreign" in reading.concepts),
        ("ours", "ours" in reading.concepts),
        ("whole", reading.whole),
        (
            "first person",
            any(t in ("je", "j", "mon", "ma", "mes", "moi", "me", "m") for t in tokens),
        ),
        ("many unknown", len(reading.unknown) > max(1, size // 3)),
        ("identifier", size == 1 and bool(re.fullmatch(r"[a-z][a-z-]{3,}\d{1,2}", tokens[0]))),
        ("place", context.place),
        ("only place", context.only_place),
    )
    return Counter(name for name, holds in marks if holds)
