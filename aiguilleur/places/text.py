"""A text cut into folded tokens. Knows French spelling habits, no place.

« St », « Ste », « S. » become « saint(e) », « s/ » becomes « sur », addresses are blanked out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple


class Token(NamedTuple):
    """``raw`` keeps case and accents; ``norm`` is folded and expanded."""

    raw: str
    norm: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.norm[:1].isalpha()

    @property
    def is_number(self) -> bool:
        return self.norm[:1].isdigit()

    @property
    def capital(self) -> bool:
        return self.raw[:1].isupper()


ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|net|eu)\b|\bac[- ][a-z-]+\.fr\b|\[[A-Z_ ]+\]",
    re.IGNORECASE,
)
TOKEN = re.compile(r"[^\W\d_]+|\d+|\n|[^\w\s]|_")
SILENT = frozenset("-'’‐‑–_")
EXPANSIONS = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "lez": "les",
    "mt": "mont",
}


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case without accents; œ and æ opened."""
    text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if not unicodedata.combining(c))


def blank_addresses(text: str) -> str:
    """The text, same length, with addresses, hosts and masks replaced by full stops and spaces."""
    return ADDRESS.sub(lambda found: " " * len(found.group()), text)


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text``; hyphens and apostrophes part words and are not tokens."""
    text = unicodedata.normalize("NFC", text)
    found = list(TOKEN.finditer(text))
    tokens: list[Token] = []
    skip = -1
    for number, match in enumerate(found):
        raw = match.group()
        if number == skip:
            continue
        following = text[match.end() : match.end() + 2]
        if raw in SILENT:
            if raw in "-–" and _spaced(text, match.start(), match.end()):
                tokens.append(Token(raw, ",", match.start(), match.end()))
            continue
        norm = fold(raw)
        if norm in EXPANSIONS:
            norm = EXPANSIONS[norm]
            if following[:1] == ".":
                skip = number + 1
        elif norm == "s" and following[:1] == "/":
            norm, skip = "sur", number + 1
        elif (
            norm == "s"
            and following[:1] == "."
            and re.match(r"\.[- ]?[^\W\d_]", text[match.end() :])
        ):
            norm, skip = "saint", number + 1
        elif norm == "s" and following[:1] not in ("'", "’") and tokens and tokens[-1].is_word:
            norm = "sur"
        tokens.append(Token(raw, norm, match.start(), match.end()))
    return tokens


@lru_cache(maxsize=8192)
def words(name: str) -> tuple[str, ...]:
    """The folded words of a name of the data."""
    return tuple(token.norm for token in tokenize(name) if token.is_word or token.is_number)


def _spaced(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isspace() and text[end : end + 1].isspace()
