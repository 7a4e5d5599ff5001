"""What a conversation remembers: the readable slots, and the rest in one small object.

Knows the names of the slots, nothing of Rasa. ``to_slots`` and ``from_slots`` are each other's
inverse; a state written by an older version starts afresh but keeps the département.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

VERSION = 1
READABLE = (
    "department",
    "place",
    "mail_client",
    "error_code",
    "problem",
    "for_whom",
    "mailbox",
    "structure",
    "support_contacted",
    "guide",
    "step",
)
MAX_TRIED, MAX_FRAMES, MAX_TOLD = 6, 2, 40


@dataclass(frozen=True)
class State:
    """One conversation between two turns. The first eleven fields are slots of their own.

    ``pending``: the question asked outside a guide (``department``, ``clarify``, ``erase``,
    ``queued``, ``resume``, ``incident``, ``menu``); ``purpose``: what its answer is for
    (a place in a guide, ``guide#node``). ``topic``: the last guide spoken of, open or ended;
    ``ended``: the step whose answer ended it, to come back to if it was no success after all.
    ``frames``: the steps interrupted. ``told``: how often each wording served.
    ``waiting`` to ``who``: details said in passing, see ``details``; ``traits``: concepts that stay
    true of the person (a first connection, a retirement), see ``learning``.
    ``mail_system``: the one that the person named, during a migration.
    ``stayed``: the last answer left the step as it was: an « ok » to it answers nothing.
    ``last``: a digest of the last answer, so that it is never given twice running.
    """

    department: str | None = None
    place: str | None = None
    mail_client: str | None = None
    error_code: str | None = None
    problem: str | None = None
    for_whom: str | None = None
    mailbox: str | None = None
    structure: str | None = None
    support_contacted: str | None = None
    guide: str | None = None
    step: str | None = None

    pending: str | None = None
    purpose: str | None = None
    options: tuple[str, ...] = ()
    topic: str | None = None
    ended: str | None = None
    routed: str | None = None
    frames: tuple[str, ...] = ()
    queued: str | None = None
    told: Mapping[str, int] = field(default_factory=dict)
    tried: tuple[str, ...] = ()
    misses: int = 0
    misread: int = 0
    turns: int = 0
    waiting: str | None = None
    since: str | None = None
    sent: tuple[str, ...] = ()
    attempts: str | None = None
    deadline: str | None = None
    stake: str | None = None
    who: str | None = None
    traits: tuple[str, ...] = ()
    mail_system: str | None = None
    stayed: bool = False
    last: str = ""

    def to_slots(self) -> dict[str, Any]:
        """Every slot of the domain with its value; ``dialogue`` holds what is not readable."""
        everything = asdict(self)
        slots = {name: everything.pop(name) for name in READABLE}
        hidden = {name: value for name, value in everything.items() if value}
        for name, value in hidden.items():
            if isinstance(value, tuple):
                hidden[name] = list(value)
        hidden["told"] = dict(list(self.told.items())[-MAX_TOLD:])
        slots["dialogue"] = {"version": VERSION, **hidden}
        return slots

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> State:
        """The state kept in the slots; unknown or outdated contents are dropped."""
        readable: dict[str, Any] = {name: slots.get(name) for name in READABLE}
        hidden = slots.get("dialogue") or {}
        if hidden.get("version") != VERSION:
            return cls(department=readable["department"], place=readable["place"])
        names = set(cls.__dataclass_fields__) - set(READABLE)
        kept: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in hidden.items()
            if name in names
        }
        return cls(**readable, **kept)

    def but(self, **changes: Any) -> State:
        """The same state with some fields changed."""
        return replace(self, **changes)

    def at(self) -> str | None:
        """Where the conversation stands: ``guide#node``, or None outside a guide."""
        return f"{self.guide}#{self.step}" if self.guide and self.step else None

    def tell(self, key: str) -> State:
        """The same state, one telling of ``key`` later."""
        told = dict(self.told)
        count = told.pop(key, 0)
        told[key] = count + 1
        return self.but(told=told)
