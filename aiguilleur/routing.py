"""(département, problem, contacted) → the desk, its ways in, the reason. Pure.

The DSDEN of the département of assignment first, always; the second resort only when the first
was asked and it lasts.
"""

from __future__ import annotations

from dataclasses import dataclass

from aiguilleur.knowledge.model import Desk, Knowledge, Way

ORDER = ("form", "write", "phone")


@dataclass(frozen=True)
class Route:
    """The desk to go to. ``reason`` is ``assignment`` or ``second_resort``.

    ``second_later``: the second resort may take over if it lasts, and may be announced.
    """

    desk: Desk
    ways: tuple[Way, ...]
    reason: str
    second_later: bool = False


def route(
    department: str, problem: str | None, contacted: str | None, knowledge: Knowledge
) -> Route | None:
    """The route for a problem in a served département; None for a département not served here."""
    first = knowledge.desk_of(department)
    if first is None:
        return None
    if contacted == "dsden":
        second = knowledge.desks[knowledge.second_resort]
        return Route(second, ways(second), "second_resort")
    later = problem in knowledge.second_resort_problems
    return Route(first, ways(first), "assignment", second_later=later)


def ways(desk: Desk) -> tuple[Way, ...]:
    """The ways in that may be shown: form, then written message, phone last."""
    return tuple(way for kind in ORDER if (way := desk.way(kind)))
