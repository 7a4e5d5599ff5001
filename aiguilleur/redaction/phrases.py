"""Passwords of several words: values between quotes, pass phrases."""

from __future__ import annotations

import re

from aiguilleur.redaction.announcers import ANNOUNCER
from aiguilleur.redaction.reading import Reading, read_more, value_at
from aiguilleur.redaction.strength import MIXED, impossible
from aiguilleur.redaction.text import HOLE, View
from aiguilleur.redaction.words import FUNCTION, NO_VALUE, PARTICIPLE, is_product, word_set

_PHRASE_END = re.compile(
    r"[.,;!?\n\"]|(?<![a-z])(?:mais|est-ce|et (?:ca|je|j'|elle|il|on|c'|rien|pourtant|toujours)|puis-je|merci|svp)(?![a-z])"
)
_PHRASE_SPOKEN_OF = word_set(
    "trop quoi combien comment bien pas mieux toujours pour plus obligatoire tres aussi encore que quand pourquoi elle "
    "il en dans sur"
)
_PHRASE_SAME = (
    ("la", "meme"),
    ("le", "meme"),
    ("celle", "que"),
    ("celle", "de"),
    ("une", "phrase"),
)
_PHRASE_OPENERS = word_set("le la les un une mon ma mes")
_FUNCTIONAL = re.compile(r"(?:d'|qu'|de$|que$|pour$|a$|et$|ou$|en$|avec$|plus$|trop$|assez$|tres$)")


def read_quoted(reading: Reading, position: int, link: str, kind: str, limit: int) -> int:
    """Mask a quoted value as a whole, unless it is a message of the screen.

    The position to go on from, or -1 when the value was found.
    """
    low = reading.view.low
    close = low.find('"', position, min(position + 80, len(low)))
    if close < 0:
        return position
    inner = low[position:close]
    start = position + len(inner) - len(inner.lstrip())
    end = close - (len(inner) - len(inner.rstrip()))
    words = inner.split()
    if not words or HOLE in inner or start >= limit or link == "strong":
        return close + 1
    if len(words) == 1:
        value = value_at(reading.view, start, end)
        accepted = (value.low.isdigit() and len(value.low) >= 4) or not (
            value.known or impossible(value.low) or value.product or PARTICIPLE.fullmatch(value.raw)
        )
    else:
        said = any(
            (word.strip(".,!?") in NO_VALUE and word not in FUNCTION) or ANNOUNCER.match(word)
            for word in words
        )
        accepted = (kind == "phrase" or len(words) <= 6) and not said
    if not accepted:
        return close + 1
    reading.add(start, end)
    read_more(reading, close + 1, limit, MIXED)
    return -1


def read_phrase(reading: Reading, start: int, limit: int) -> None:
    """Mask a pass phrase up to the end of the clause, unless the words only speak of it."""
    low, raw = reading.view.low, reading.view.raw
    end = phrase_end(low, start, limit)
    words = low[start:end].split()
    content = [word for word in words if word not in FUNCTION]
    if not content or len(words) > 14:
        return
    known = sum(word in NO_VALUE for word in content)
    asked = low[end : end + 3].lstrip().startswith("?")
    spoken_of = (
        (words[0] in _PHRASE_SPOKEN_OF and (asked or known or len(content) < 2))
        or tuple(words[:2]) in _PHRASE_SAME
        or PARTICIPLE.fullmatch(raw[start : start + len(words[0])])
    )
    share = 3 if words[0] in NO_VALUE else 2
    if not spoken_of and known * share <= len(content):
        reading.add(start, end)


def is_told(view: View, start: int, limit: int, link: str, words: int) -> bool:
    """« phrase de passe huit tortues dansent »: three words at once, none that speaks of passwords."""
    if link != "direct" or words:
        return False
    said = view.low[start : phrase_end(view.low, start, limit)].split()
    return (
        len(said) >= 3
        and not _FUNCTIONAL.match(said[0])
        and not any(word in NO_VALUE or word == "est" for word in said)
    )


def phrase_end(low: str, start: int, limit: int) -> int:
    """Where the clause that begins at ``start`` ends, before ``limit``."""
    stop = _PHRASE_END.search(low, start, limit)
    end = min(stop.start() if stop else len(low), limit)
    hole = low.find(HOLE, start, end)
    end = hole if hole >= 0 else end
    return start + len(low[start:end].rstrip())


def clause(view: View, start: int, limit: int) -> list[str]:
    """The words up to the end of the clause, none when it ends with the message."""
    end = phrase_end(view.low, start, limit)
    return view.low[start:end].split() if view.low[end : end + 1] == "," else []


def is_phrase(view: View, start: int, limit: int, least: int) -> bool:
    """Whether a short sentence follows, of ``least`` words, none of which speaks of passwords."""
    words = view.low[start : phrase_end(view.low, start, limit)].split()
    if not least <= len(words) <= 8 or words[0] not in _PHRASE_OPENERS:
        return False
    content = [word for word in words if word.rpartition("'")[2] not in FUNCTION]
    return len(content) >= 2 and all(
        word.replace("'", "").isalnum() and word not in NO_VALUE and not is_product(word)
        for word in content
    )
