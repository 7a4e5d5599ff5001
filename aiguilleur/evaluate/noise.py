"""Messages made harder in the ways people make them: pure, the same for the same text.

Only measured on, never trained on.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

_SHORT = {
    "mot de passe": "mdp", "mots de passe": "mdp", "je ne sais pas": "jsp", "c'est": "c", "j'ai": "g",
    "je suis": "jsui", "quelqu'un": "qqun", "problème": "pb", "bonjour": "bjr", "bonsoir": "bsr",
    "s'il vous plaît": "svp", "toujours": "tjs", "pourquoi": "pk", "comment": "cmt", "quand": "qd",
    "dans": "ds", "pour": "pr", "avec": "ac", "vous": "vs", "nous": "ns", "que": "ke", "qui": "ki",
    "beaucoup": "bcp", "message": "msg", "messages": "msgs", "téléphone": "tel", "rendez-vous": "rdv",
    "temps": "tps", "même": "mm", "merci": "mci", "combien": "cb", "est-ce que": "esk", "tout": "tt",
}  # fmt: skip
"""What a hurried phone writes for usual words."""
_LONGEST_FIRST = sorted(_SHORT, key=len, reverse=True)
_WORDS = re.compile(
    r"(?<!\w)(" + "|".join(map(re.escape, _LONGEST_FIRST)) + r")(?!\w)", re.IGNORECASE
)


def without_accents(text: str) -> str:
    """« réinitialisé » typed « reinitialise »."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def without_apostrophes(text: str) -> str:
    """« j’arrive » typed « jarrive », and no accent either."""
    return re.sub(r"['’]", "", without_accents(text))


def misspelt(text: str) -> str:
    """One slip of the finger in every third word of five letters or more."""
    chance = random.Random(text)  # noqa: S311

    def slip(found: re.Match[str]) -> str:
        word = found.group()
        if chance.random() > 1 / 3:
            return word
        at = chance.randrange(1, len(word) - 1)
        kind = chance.randrange(3)
        if kind == 0:
            return word[:at] + word[at + 1 :]
        if kind == 1:
            return word[:at] + word[at] + word[at:]
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    return re.sub(r"[^\W\d_]{5,}", slip, text)


def as_text_message(text: str) -> str:
    """The usual words shortened, no accent, no final mark."""
    short = _WORDS.sub(lambda found: _SHORT[found.group().lower()], text.replace("’", "'"))
    return without_accents(short).rstrip(" .!").lower()


def in_capitals(text: str) -> str:
    """As people who are angry type."""
    return without_accents(text).upper()


NOISES: dict[str, Callable[[str], str]] = {
    "tels quels": lambda text: text,
    "sans accents": without_accents,
    "ni accents ni apostrophes": without_apostrophes,
    "fautes de frappe": misspelt,
    "SMS": as_text_message,
    "capitales": in_capitals,
}
"""Name shown, and what is done to each message."""
