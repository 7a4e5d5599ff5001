"""The text as the detectors see it: folded, same length as the original, with opaque holes.

Knows nothing of what a secret is. Every offset in a ``View`` is an offset in the text it was
made from, whatever the case, accents or kind of space.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

HOLE = "\ue000"
"""Stands, repeated, for what is already masked: neither a letter, a digit nor a space."""

MASKS = {
    "numen": "[NUMEN]",
    "password": "[MOT DE PASSE]",
    "code": "[CODE]",
    "phone": "[TÉLÉPHONE]",
    "email": "[ADRESSE]",
    "nir": "[NIR]",
    "iban": "[IBAN]",
    "card": "[CARTE]",
}

MASK = re.compile("|".join(re.escape(mask) for mask in MASKS.values()))
_HOLES = re.compile(f"{HOLE}+")
_UNUSUAL = re.compile("[\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufeff]")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def _fold_table() -> dict[int, str]:
    table: dict[int, str] = {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    for code in (*range(0xC0, 0x180), *range(0xFF10, 0xFF5B)):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if base.isascii():
            table[code] = base
    table |= {ord("œ"): "o", ord("Œ"): "o", ord("æ"): "a", ord("Æ"): "a", ord("ø"): "o"}
    table |= dict.fromkeys(map(ord, "’‘ʼ´`"), "'")
    table |= dict.fromkeys(map(ord, "«»“”„‟"), '"')
    table |= dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
    table |= dict.fromkeys((0xA0, 0x202F, *range(0x2000, 0x200B), ord(HOLE)), " ")
    return table


_FOLD = _fold_table()


class Span(NamedTuple):
    """A secret found in a view. ``academic``: the address of a person in an academy."""

    kind: str
    start: int
    end: int
    academic: bool = False


@dataclass(frozen=True)
class View:
    """``raw`` keeps case and accents, ``low`` is folded; both have holes where masks stand.

    ``values`` and ``levels``: the tokens already judged, for as long as the view lives.
    """

    raw: str
    low: str
    values: dict[tuple[int, int], Any] = field(default_factory=dict, compare=False, repr=False)
    levels: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def without(self, spans: Iterable[Span]) -> View:
        """The same view with ``spans`` (which do not overlap, in order) made opaque."""
        raw: list[str] = []
        low: list[str] = []
        last = 0
        for span in spans:
            hole = HOLE * (span.end - span.start)
            raw += (self.raw[last : span.start], hole)
            low += (self.low[last : span.start], hole)
            last = span.end
        raw.append(self.raw[last:])
        low.append(self.low[last:])
        return View("".join(raw), "".join(low))


def view(text: str) -> View:
    """The view of a text, in which the masks already there are opaque."""
    raw, low = text.replace(HOLE, " "), text.translate(_FOLD)
    if "[" not in text:
        return View(raw, low)
    masks = [Span("", *match.span()) for match in MASK.finditer(text)]
    return View(raw, low).without(masks)


def composed(text: str) -> tuple[str, list[int] | None]:
    """The text with combining accents composed and invisible characters dropped.

    The list gives, for each position (end included), the position in ``text``; it is None when
    nothing had to change.
    """
    if not _UNUSUAL.search(text):
        return text, None
    parts: list[str] = []
    positions: list[int] = []
    last = 0
    for match in _UNUSUAL.finditer(text):
        position = match.start()
        if position > last:
            parts.append(text[last:position])
            positions += range(last, position)
        last = position + 1
        character = match.group()
        if character in _INVISIBLE:
            continue
        if parts:
            whole = unicodedata.normalize("NFC", parts[-1][-1] + character)
            if len(whole) == 1:
                parts[-1] = parts[-1][:-1] + whole
                continue
        parts.append(character)
        positions.append(position)
    parts.append(text[last:])
    positions += range(last, len(text) + 1)
    return "".join(parts), positions


class Ruler:
    """Distances in a view that what is masked, now or later, does not lengthen.

    So that a text and its masked form give the same answers.
    """

    def __init__(self, low: str) -> None:
        self._hidden = bytearray(len(low))
        for match in _HOLES.finditer(low):
            self.hide(*match.span())

    def hide(self, start: int, end: int) -> None:
        """Take a range out of the measure."""
        self._hidden[start:end] = b"\x01" * (end - start)

    def distance(self, start: int, end: int) -> int:
        """How many visible characters stand between two positions."""
        return end - start - self._hidden.count(1, start, end)

    def near(
        self,
        candidates: Sequence[tuple[int, int]],
        words: Sequence[int],
        before: int,
        after: int,
    ) -> list[tuple[int, int]]:
        """The candidates that follow a word within ``before`` or precede one within ``after``.

        Both lists are in order. A candidate that is near brings the next ones nearer.
        """
        if not words:
            return []
        pending, near = list(candidates), list[tuple[int, int]]()
        while pending:
            left = [span for span in pending if not self._is_near(span, words, before, after)]
            left = [
                span for span in reversed(left) if not self._is_near(span, words, before, after)
            ]
            left.reverse()
            if len(left) == len(pending):
                break
            pending = left
        kept = set(pending)
        near.extend(span for span in candidates if span not in kept)
        return near

    def _is_near(
        self, span: tuple[int, int], words: Sequence[int], before: int, after: int
    ) -> bool:
        start, end = span
        index = bisect_left(words, start)
        found = (index > 0 and self.distance(words[index - 1], start) <= before) or (
            index < len(words) and self.distance(end, words[index]) <= after
        )
        if found:
            self.hide(start, end)
        return found


def disjoint(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, without those that overlap an earlier or a longer one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
