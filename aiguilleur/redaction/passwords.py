"""Passwords, pass phrases and access codes: reads a message with each of the readers.

Knows their order only; ``announced`` and ``evident`` know how people write.
"""

from __future__ import annotations

import re

from aiguilleur.redaction.announced import read_announced
from aiguilleur.redaction.announcers import ANNOUNCER
from aiguilleur.redaction.backwards import read_backwards
from aiguilleur.redaction.evident import (
    LOGIN,
    OLD_NEW,
    read_attempt,
    read_changed,
    read_corrections,
    read_evident,
    read_old_new,
    read_pair_alone,
    read_pairs,
    read_subjects,
)
from aiguilleur.redaction.reading import Reading
from aiguilleur.redaction.text import HOLE, Span, View
from aiguilleur.redaction.words import ATTEMPT, FUNCTION, NO_VALUE

_CROWD = 24
"""More announcers, attempts and secrets together than a person writes in two thousand characters."""
_NUMBERED = re.compile(
    r"(?<![a-z])(?:nume[nm]|codes?|sms|tel|portable|iban|rib|carte|cb|secu)(?![a-z])"
)
_HOLES = re.compile(f"{HOLE}+")

_TOKEN = re.compile(rf"[^\s{HOLE}]{{4,}}")
_SIGN = re.compile(r"[0-9@$€£§^~%!#*&]")
_NEXT = re.compile(rf"[ ]?(?:[:=]+|c'est|c|est)?[ ]?[\"(]?(?P<value>[^\s{HOLE}\"():=]{{3,64}})")


def find_passwords(view: View) -> list[Span]:
    """The passwords of a message, announced or evident."""
    low = view.low
    announcers = list(ANNOUNCER.finditer(low))
    attempts = list(ATTEMPT.finditer(low))
    adjectives = list(OLD_NEW.finditer(low))
    if _is_crowd(low, len(announcers) + len(attempts) + len(adjectives)):
        return _at_a_glance(low, announcers)
    reading = Reading(
        view,
        announced=any(match.lastgroup != "weak" for match in announcers),
        login=bool(LOGIN.search(low)),
        attempts=bool(attempts),
    )
    ends = [match.start() for match in announcers[1:]] + [len(low)]
    for match, limit in zip(announcers, ends, strict=False):
        read_announced(reading, match, limit)
    if announcers:
        read_backwards(reading, announcers)
    ends = [match.start() for match in attempts[1:]] + [len(low)]
    for match, limit in zip(attempts, ends, strict=False):
        read_attempt(reading, match, limit)
    if reading.announced:
        read_changed(reading)
        read_corrections(reading)
        read_subjects(reading)
    read_pairs(reading)
    read_pair_alone(reading)
    read_old_new(reading, adjectives)
    read_evident(reading)
    return _merged(reading.spans)


def is_crowded(view: View) -> bool:
    """Whether a text speaks of passwords, or is masked, as no person's is: it is read at a glance."""
    low = view.low
    return _is_crowd(
        low, sum(len(words.findall(low)) for words in (ANNOUNCER, ATTEMPT, OLD_NEW, _NUMBERED))
    )


def _is_crowd(low: str, words: int) -> bool:
    return words > _CROWD or words + len(_HOLES.findall(low)) > _CROWD


def _at_a_glance(low: str, announcers: list[re.Match[str]]) -> list[Span]:
    """Whatever has a digit or a sign, and the word after each announcer: in a text meant to be slow."""
    spans = [
        Span("password", *match.span())
        for match in _TOKEN.finditer(low)
        if _SIGN.search(match.group())
    ]
    taken = {match.start() for match in announcers}
    for announcer in announcers:
        match = _NEXT.match(low, announcer.end())
        if match and match.start("value") not in taken:
            word = match.group("value")
            if word not in FUNCTION and word not in NO_VALUE:
                spans.append(Span("password", *match.span("value")))
    return _merged(spans)


def _merged(spans: list[Span]) -> list[Span]:
    """Overlapping spans made one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if merged and span.start < merged[-1].end:
            last = merged.pop()
            span = Span("password", last.start, max(last.end, span.end))
        merged.append(span)
    return merged
