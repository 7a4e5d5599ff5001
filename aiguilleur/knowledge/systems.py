"""Two mail systems side by side during a migration: which one is this person's. Pure.

A system overrides facts and pages for a population, between two dates. While what tells the
populations apart is not known, every candidate is shown under its own label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiguilleur.knowledge.model import Knowing, Knowledge, WebPage

PERSONAL = "personal"


@dataclass(frozen=True)
class MailSystem:
    """A mail system in service for a population. Empty criteria hold for everyone.

    ``label``: the population as people say it (« écoles de la Loire »); ``like``: words that name
    the system. ``first`` and ``last``: the days between which it serves, both included.
    """

    id: str
    name: str
    label: str
    first: date | None = None
    last: date | None = None
    departments: tuple[str, ...] = ()
    structures: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    facts: Mapping[str, Knowing] = field(default_factory=dict)
    pages: Mapping[str, WebPage] = field(default_factory=dict)

    def serves(self, day: date) -> bool:
        """Whether it is in service that day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def fits(self, department: str | None, structure: str | None, mailbox: str | None) -> bool:
        """Whether the person may be of its population; what is not known excludes nobody."""
        return (
            (not self.departments or department is None or department in self.departments)
            and (not self.structures or structure is None or structure in self.structures)
            and (not self.mailboxes or (mailbox or PERSONAL) in self.mailboxes)
        )


def candidates(
    systems: tuple[MailSystem, ...],
    day: date,
    department: str | None = None,
    structure: str | None = None,
    mailbox: str | None = None,
    named: str | None = None,
) -> tuple[str, ...]:
    """The ids of the systems that may be this person's that day; the one they named wins."""
    found = [s.id for s in systems if s.serves(day) and s.fits(department, structure, mailbox)]
    return (named,) if named in found and named else tuple(found)


@lru_cache(maxsize=64)
def resolved(knowledge: Knowledge, ids: tuple[str, ...]) -> Knowledge:
    """The knowledge as it stands for a person whose system is one of ``ids``."""
    chosen = [system for system in knowledge.systems if system.id in ids]
    if not chosen:
        return knowledge
    facts = {name: _facts(name, known, chosen) for name, known in knowledge.facts.items()}
    pages = dict(knowledge.pages)
    others: dict[str, tuple[WebPage, ...]] = {}
    for name, base in knowledge.pages.items():
        found = _pages(name, base, chosen)
        pages[name], others[name] = found[0], tuple(found[1:])
    return replace(knowledge, facts=facts, pages=pages, other_pages=others)


def _facts(name: str, base: Knowing, chosen: list[MailSystem]) -> Knowing:
    """One fact: that of the only system, or every value with its population."""
    found = {system.label: system.facts.get(name, base) for system in chosen}
    if len({known.shown for known in found.values()}) == 1:
        return next(iter(found.values()))
    told = [f"{known.shown} ({label})" for label, known in found.items() if known.shown]
    return replace(base, value=" ou ".join(told) or None, status="sure")


def _pages(name: str, base: WebPage, chosen: list[MailSystem]) -> list[WebPage]:
    found = {system.label: system.pages.get(name, base) for system in chosen}
    if len({page.url.value for page in found.values()}) == 1:
        return [next(iter(found.values()))]
    return [
        replace(
            page,
            title=f"{page.title} : {label}".replace(" : ", "\u00a0: "),
            hedged_title=f"{page.hedged_title}\u00a0: {label}" if page.hedged_title else None,
        )
        for label, page in found.items()
    ]
