"""What the readers of passwords share: a message cut in pieces, and a token taken as a value.

Knows how a token is freed of its punctuation and when it is only a word of the sentence; not
what announces a password.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from aiguilleur.redaction.strength import strength
from aiguilleur.redaction.text import HOLE, Span, View
from aiguilleur.redaction.words import (
    COMMON,
    EXAMPLE_IDENTIFIERS,
    FRENCH_ENDING,
    FUNCTION,
    NO_VALUE,
    PLACEHOLDER,
    SENTENCE,
    is_product,
    word_set,
)

TOKEN = re.compile(rf"[^\s{HOLE}]+")
COPULA = word_set(
    "c'est cest c c'etait est etait serait sera devient devenu vaut s'appelle etre soit c'et s'ecrit n'est n'etait is was"
)
_PIECE = re.compile(
    rf"(?P<gap>\s*)(?:(?P<hole>{HOLE}+)|(?P<sep>[:=]+>?|-+>|>+(?=[ ])|[→⇒➡])|(?P<quote>\")"
    rf"|(?P<soft>\.{(2,)}|…|[,()/|\-]+(?=\s|$)|[(/|])|(?P<stop>[.;!?]+(?=\s|$))|(?P<word>[^\s{HOLE}]+))"
)
_LEADING = re.compile(r"[\"'(\[{<,;]+|\*(?=[^*]+\*)")
_TRAILING = "\"'.,;:?)]}>"
_APOSTROPHE = re.compile(r"(?:l|d|c|j|m|s|n|t|qu|jusqu|lorsqu|puisqu)'")
_PARTS = re.compile(r"[-/']")
_DIGIT = re.compile("[0-9]")
_UNIT = re.compile(
    r"[ ]?(?:caracter|chiffr|lettr|fois|jours?|mois|ans?|heures?|h\b|min|sign|essai|tentativ|mo\b|go\b|e\b|er\b|semaine)"
)
_CLAUSE_END = re.compile(
    r"[\"')\]]?(?:\s*(?:$|[,.;!?:\n)(])"
    r"|\s+(?:et|mais|sinon|il|elle|ca|sa|comme|en|dans|puis|rien|ou|pour|j'|je|on|la|le|les|ce|c'|depuis|toujours|merci|svp|"
    r"refuse|n'|ne|est|pas|mot|mdp|au|sur|a|pourtant|alors|avec|sans|quand)(?![a-z]))"
)
_DIGIT_NAMES = word_set("zero deux trois quatre cinq six sept huit neuf")
_LINKS = word_set("et ou puis / , ; | ni & + apres ensuite enfin voire sinon")
_REACH = 12


@dataclass
class Reading:
    """One message being read: its view, what it speaks of, the spans found so far.

    ``announced``: a password is named; ``login``: an identifier or a connection is;
    ``attempts``: something was typed, tried or chosen.
    """

    view: View
    announced: bool = False
    login: bool = False
    attempts: bool = False
    spans: list[Span] = field(default_factory=list)

    def add(self, start: int, end: int) -> None:
        """Mark a password."""
        self.spans.append(Span("password", start, end))


class Piece(NamedTuple):
    """The next thing in a text: a word, a separator, a quote, a stop, or what is masked."""

    name: str
    text: str
    start: int
    end: int
    newline: bool


def next_piece(low: str, position: int) -> Piece | None:
    """The piece that follows a position, or None at the end of the text."""
    match = _PIECE.match(low, position)
    if not match or not match.lastgroup:
        return None
    name = match.lastgroup
    start, end = match.span(name)
    return Piece(name, low[start:end], start, end, "\n" in match.group("gap"))


class Value:
    """A token without the punctuation around it, perhaps a password.

    What is asked of it several times is worked out once.
    """

    __slots__ = ("_known", "_levels", "end", "low", "raw", "start")

    def __init__(self, start: int, end: int, raw: str, low: str, levels: dict[str, int]) -> None:
        self.start, self.end, self.raw, self.low = start, end, raw, low
        self._levels = levels
        self._known: bool | None = None

    @property
    def level(self) -> int:
        """How much it looks like a password."""
        level = self._levels.get(self.raw)
        if level is None:
            level = self._levels[self.raw] = strength(self.raw, self.low)
        return level

    @property
    def word(self) -> str:
        """Without elision (``l’``) and final sign."""
        return _APOSTROPHE.sub("", self.low.rstrip("!*$"), count=1)

    @property
    def has_digit(self) -> bool:
        return bool(_DIGIT.search(self.low))

    @property
    def product(self) -> bool:
        """Whether it names a service or a program, perhaps with its version."""
        return is_product(self.low)

    @property
    def known(self) -> bool:
        """Whether it is a word of the sentence or a placeholder: never a value."""
        if self._known is None:
            self._known = self._is_known()
        return self._known

    def _is_known(self) -> bool:
        word = self.word
        return (
            not word
            or word in FUNCTION
            or word in NO_VALUE
            or word in SENTENCE
            or self.low.rstrip("!") in FUNCTION
            or self.low in EXAMPLE_IDENTIFIERS
            or bool(PLACEHOLDER.fullmatch(self.low))
            or self._compound()
        )

    def _compound(self) -> bool:
        parts = _PARTS.split(self.word)
        return len(parts) > 1 and all(
            len(part) < 2
            or part in FUNCTION
            or part in NO_VALUE
            or part == "mdp"
            or is_product(part)
            for part in parts
        )


def value_at(view: View, start: int, end: int) -> Value:
    """The value that stands in a range of the view; made once, whoever asks again."""
    value = view.values.get((start, end))
    if value is None:
        value = view.values[start, end] = _value_at(view, start, end)
    return value


def _value_at(view: View, start: int, end: int) -> Value:
    low = view.low
    head = _LEADING.match(low, start, end)
    if head:
        start = head.end()
    end = start + len(low[start:end].rstrip(_TRAILING)) or end
    elision = _APOSTROPHE.match(low, start, end)
    if elision and low[elision.end() : end].isalpha():
        start = elision.end()
    return Value(start, end, view.raw[start:end], low[start:end], view.levels)


def is_count(low: str, end: int) -> bool:
    """Whether the number that ends here counts something: « 12 caractères »."""
    return bool(_UNIT.match(low, end))


def is_loose_word(value: Value) -> bool:
    """Whether a plain word is neither of the sentence nor French by its ending."""
    word = value.low.rstrip("!")
    if value.known or value.product:
        return False
    if not word.isalpha():
        parts = re.split("[-_]", word)
        return value.raw.isascii() and all(
            part.isalpha() and part not in FUNCTION and part not in NO_VALUE for part in parts
        )
    return word in COMMON or (value.raw.isascii() and not FRENCH_ENDING.fullmatch(word))


def ends_clause(low: str, position: int) -> bool:
    """Whether the word that ends here closes its clause, or another begins after it."""
    return bool(_CLAUSE_END.match(low, position))


def read_more(
    reading: Reading, position: int, limit: int, floor: int, *, words: bool = False
) -> None:
    """Values that follow a value: « X ou Y », « X 2023 », « X, Y, Z ».

    ``floor``: the level from which a token counts; ``words``: plain words count too.
    """
    view, low = reading.view, reading.view.low
    misses, linked = 0, ""
    for _ in range(_REACH):
        piece = next_piece(low, position)
        if not piece or piece.newline or piece.start >= limit or piece.name == "stop":
            return
        position = piece.end
        if piece.name != "word" or piece.text in _LINKS:
            linked = piece.text
            continue
        value = value_at(view, piece.start, piece.end)
        tail = value.low.isdigit() and 2 <= len(value.low) <= 8 and not linked and not misses
        if (
            (tail and not is_count(low, value.end))
            or (value.level >= floor and not value.known and not value.product)
            or (words and not misses and _continues(value, linked))
        ):
            reading.add(value.start, value.end)
        else:
            misses, words = misses + 1, False
            if misses > 3:
                return
        linked = ""
        if piece.text[-1] in ".;!?":
            return


def _continues(value: Value, linked: str) -> bool:
    if linked == "ou":
        return value.low.isalpha() and not value.known and not value.product
    return not linked and (is_loose_word(value) or value.low in _DIGIT_NAMES)
