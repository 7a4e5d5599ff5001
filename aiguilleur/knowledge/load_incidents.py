"""Incidents in force or planned, from YAML."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from aiguilleur.knowledge import model
from aiguilleur.knowledge.yaml_file import Entry

ANNOUNCED = 3
"""Days before a planned incident is told, unless it says otherwise."""


def incident(entry: Entry, zone: tzinfo) -> model.Incident:
    """An incident; its dates are of the legal time ``zone``. Raises KnowledgeError."""
    start, end = _moment(entry, "start", zone), _moment(entry, "end", zone)
    if start is None:
        raise entry.error("il manque « start ».", "Écrivez la date et l’heure : 2026-11-23 08:00.")
    if end is not None and end <= start:
        raise entry.error(
            "l’incident finit avant d’avoir commencé.", "Corrigez « start » ou « end »."
        )
    known = model.Incident(
        id=entry.text("id", raw=True),
        service=entry.text("service"),
        intents=entry.texts("intents", raw=True),
        start=start,
        end=end,
        text=entry.maybe_text("text"),
        next=_moment(entry, "next", zone),
        departments=entry.texts("departments", raw=True),
        announced=timedelta(days=entry.number("announce_days", ANNOUNCED)),
        where=entry.where,
    )
    entry.done()
    return known


def _moment(entry: Entry, key: str, zone: tzinfo) -> datetime | None:
    value = entry.maybe_text(key, raw=True)
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value).replace(tzinfo=zone)
    except ValueError as error:
        raise entry.error(
            f"« {value} » n’est pas une date.", "Écrivez 2026-11-23 08:00."
        ) from error
