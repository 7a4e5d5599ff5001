"""What a typed text loses before anybody reads it: controls, direction overrides, broken characters.

Pure; knows neither the channel nor what the text means.
"""

from __future__ import annotations

import re

from aiguilleur.errors import MessageRefused

MAX_CHARACTERS = 2000
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls, except the new line
    "\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"  # direction, zero width
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff]"  # halves of characters, and no characters
)


def clean(text: str) -> str:
    """The text that may be read. Raises MessageRefused (``empty`` or ``too_long``)."""
    if len(text) > MAX_CHARACTERS:
        raise MessageRefused(
            "too_long",
            f"Le message dépasse {MAX_CHARACTERS} caractères.",
            "Écrivez l’essentiel en quelques lignes.",
        )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    cleaned = _INVISIBLE.sub("", lines).strip()
    if not cleaned:
        raise MessageRefused("empty", "Le message est vide.", "Écrivez votre question.")
    return cleaned


def without_slash(text: str) -> str:
    """The text as the understanding must read it.

    Rasa takes a text that begins with ``/``, leading spaces aside, for the name of an intent:
    what a person types is never one.
    """
    return re.sub(r"^[\s/]+", "", text)
