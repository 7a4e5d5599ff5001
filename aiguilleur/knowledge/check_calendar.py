"""What is wrong, forgotten or about to run out in hours, closed periods, vacations and incidents. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from aiguilleur.knowledge.model import Finding, Knowledge
from aiguilleur.opening import Period

CALENDAR_AHEAD = timedelta(days=60)
"""The next school year must be written that long before the calendar ends."""

LONGEST = timedelta(days=100)
"""Summer lasts some sixty days: a longer period is a slip of the year."""

FORGOTTEN = timedelta(days=2)


def contradictions(knowledge: Knowledge) -> Iterator[Finding]:
    """Periods that cannot be, and vacations that overlap."""
    vacations = sorted(knowledge.school_holidays, key=lambda period: period.first)
    closed = {period for desk in knowledge.desks.values() for period in desk.closed}
    for period in (*vacations, *sorted(closed, key=lambda period: period.first)):
        if period.last - period.first > LONGEST:
            yield Finding(
                _where(period),
                f"« {period.label} » dure plus de {LONGEST.days} jours.",
                "Corrigez « first » ou « last ».",
            )
    for before, after in zip(vacations, vacations[1:], strict=False):
        if after.first <= before.last:
            yield Finding(
                _where(after),
                f"les vacances « {after.label} » commencent avant la fin de « {before.label} ».",
                "Corrigez « first » ou « last ».",
            )


def not_ready(knowledge: Knowledge, now: datetime) -> Iterator[Finding]:
    """Hours to fill in, vacations not confirmed or about to run out, what ended days ago."""
    for desk in knowledge.desks.values():
        phone = desk.way("phone")
        if phone and not (phone.hours and phone.hours.shown):
            yield Finding(
                phone.value.where,
                f"{desk.name} : heures du téléphone non renseignées ou non confirmées.",
                "Remplissez « hours » : « open », « status: confirmed », « source », « verified_on ».",
            )
    for period in knowledge.school_holidays:
        if not period.certain and period.last >= now.date():
            yield Finding(
                _where(period),
                f"les dates des vacances « {period.label} » ne sont pas confirmées.",
                "Vérifiez-les sur le calendrier officiel, puis « status: confirmed ».",
            )
    last = max((period.last for period in knowledge.school_holidays), default=None)
    if last is None or last < now.date() + CALENDAR_AHEAD:
        until = f"s’arrête au {last:%d/%m/%Y}" if last else "est vide"
        yield Finding(
            "support.yml",
            f"le calendrier des vacances scolaires {until}.",
            "Ajoutez l’année scolaire suivante sous « school_holidays ».",
        )
    for incident in knowledge.incidents:
        if incident.end and now - incident.end > FORGOTTEN:
            yield Finding(
                incident.where,
                f"l’incident « {incident.id} » est fini depuis plusieurs jours.",
                "Retirez-le.",
            )


def _where(period: Period) -> str:
    return period.where or "support.yml"
