"""Passwords, pass phrases and access codes: reads a message with each of the readers.

Knows their order only; ``announced`` and ``evident`` know how people write.
"""

from __future__ import annotations

from aiguilleur.redaction.announced import ANNOUNCER, read_announced, read_backwards
from aiguilleur.redaction.evident import (
    LOGIN,
    read_attempt,
    read_evident,
    read_old_new,
    read_pair_alone,
    read_pairs,
)
from aiguilleur.redaction.reading import Reading
from aiguilleur.redaction.text import Span, View
from aiguilleur.redaction.words import ATTEMPT


def find_passwords(view: View) -> list[Span]:
    """The passwords of a message, announced or evident."""
    low = view.low
    announcers = list(ANNOUNCER.finditer(low))
    attempts = list(ATTEMPT.finditer(low))
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
        read_attempt(reading, match.end(), limit)
    read_pairs(reading)
    read_pair_alone(reading)
    read_old_new(reading)
    read_evident(reading)
    return _merged(reading.spans)


def _merged(spans: list[Span]) -> list[Span]:
    """Overlapping spans made one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if merged and span.start < merged[-1].end:
            last = merged.pop()
            span = Span("password", last.start, max(last.end, span.end))
        merged.append(span)
    return merged
