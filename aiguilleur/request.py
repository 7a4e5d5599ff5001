"""The written request, ready to copy: filled in from the conversation, blanks for the rest. Pure.

Its wording is ``requests.yml``. It never holds a secret: texts are masked before they reach the
conversation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiguilleur.knowledge.model import Knowledge

VALUE = re.compile(r"{(\w+)}")
COUNTED = {2: "deux demandes", 3: "trois demandes"}


@dataclass(frozen=True)
class Circumstances:
    """What the conversation learned that a request can tell; every field may be missing.

    ``who``: the person concerned (« une AESH »), when it is not the one who writes. ``sent``: the
    requests already made (« par formulaire le 5 »). ``desk_asked``: the desk that was asked
    before, set for a second resort only; ``desk_asked_at`` with its preposition.
    """

    problem: str | None = None
    for_other: bool = False
    who: str | None = None
    desk_asked: str | None = None
    desk_asked_at: str | None = None
    sent: tuple[str, ...] = ()
    waiting: str | None = None
    since: str | None = None
    deadline: str | None = None
    stake: str | None = None
    place: str | None = None
    error: str | None = None
    attempts: str | None = None
    tried: tuple[str, ...] = ()


@dataclass(frozen=True)
class Request:
    """Subject and message of a written request."""

    subject: str
    message: str


def write(knowledge: Knowledge, told: Circumstances) -> Request:
    """The request for what was told, in the name of the person or of somebody else."""
    text = knowledge.requests.get(told.problem or "default") or knowledge.requests["default"]
    form = knowledge.request_form
    who = told.who or form.someone
    tried = [f"{text.attempted} {told.attempts}"] if text.attempted and told.attempts else []
    values: dict[str, str | None] = {
        "who": who,
        "of_who": f"d’{who}",
        "desk_asked": told.desk_asked,
        "desk_asked_at": told.desk_asked_at,
        "sent": ", puis ".join(told.sent) or None,
        "sent_count": COUNTED.get(len(told.sent), "une demande"),
        "waiting": told.waiting,
        "since": told.since,
        "deadline": told.deadline,
        "stake": told.stake,
        "place": told.place,
        "error": told.error.rstrip(" .") if told.error else None,
        "tried": ", ".join([*tried, *told.tried]) or None,
    }
    subject = (text.subject_other if told.for_other else None) or text.subject
    opening = (text.opening_other if told.for_other else None) or text.opening
    values["subject"] = _first_whole((subject,), values)
    values["opening"] = _first_whole((opening,), values)
    if told.desk_asked:
        values["subject"] = _first_whole(form.second_subject, values) or values["subject"]
    lines = [_first_whole(line[1 if told.for_other else 0], values) for line in form.lines]
    return Request(values["subject"] or subject, " ".join(filter(None, lines)))


def _first_whole(wordings: Sequence[str], values: Mapping[str, str | None]) -> str | None:
    """The first wording whose values are all known, filled in."""
    for wording in wordings:
        if all(values.get(name) for name in VALUE.findall(wording)):
            return VALUE.sub(lambda match: str(values[match[1]]), wording)
    return None
