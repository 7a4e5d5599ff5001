"""What is read in a text, and what an entry of the index says. Data only.

Knows neither the files nor the grammar.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True)
class PlaceReading:
    """Where the person works, as far as the text says.

    ``department``: code of a served département. ``academy`` and ``other_department``: set when the
    work place is in another académie. ``place``: name to display. ``candidates``: codes to choose
    from when ``reason`` is ``ambiguous``. ``exact``: False after a typo was repaired or a code with
    a wrong check letter accepted. ``whole``: the text is nothing but a place.
    """

    department: str | None = None
    academy: str | None = None
    other_department: str | None = None
    place: str | None = None
    reason: str = "missing"
    candidates: tuple[str, ...] = ()
    exact: bool = True
    whole: bool = False


@dataclass(frozen=True)
class Entry:
    """A name of the index.

    ``departments``: where it is. ``wider``: where it may be once another cue settles it.
    ``kind``: the reason a reading gives. ``display``: its name, None for a département.
    ``partial``: the beginning of longer names.
    """

    departments: frozenset[str]
    wider: frozenset[str]
    kind: str
    display: str | None
    partial: bool = False


class Role(Enum):
    """What the sentence says of a place."""

    WORK = "work"
    ADMIN = "admin"
    NEUTRAL = "neutral"
    NEAR = "near"
    HOME = "home"
    TRAVEL = "travel"
    OTHER_PERSON = "other_person"
    PAST = "past"
    DENIED = "denied"


@dataclass
class Mention:
    """A place named between tokens ``start`` and ``end`` (excluded) of the text."""

    start: int
    end: int
    entry: Entry
    exact: bool = True
    role: Role = Role.NEUTRAL
    attached_to: Mention | None = None
    departments: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.departments = self.departments or self.entry.departments


DEPARTMENT_KINDS = frozenset({"department_name", "department_number", "postcode", "uai"})
"""Kinds that name a département surely enough to settle a homonym."""
