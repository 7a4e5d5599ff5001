"""Desks, their hours, closed periods and written requests, from YAML."""

from __future__ import annotations

from datetime import date

from aiguilleur.knowledge import model
from aiguilleur.knowledge.load_facts import knowing
from aiguilleur.knowledge.yaml_file import Entry
from aiguilleur.opening import Period, Week, read_week, spoken_week


def desk(name: str, entry: Entry, closed: tuple[Period, ...]) -> model.Desk:
    """A desk; ``closed``: the periods that close every desk."""
    known = model.Desk(
        id=name,
        department=entry.maybe_text("department", raw=True),
        name=entry.text("name"),
        the_name=entry.text("the_name"),
        of_name=entry.text("of_name"),
        at_name=entry.text("at_name"),
        gloss=entry.maybe_text("gloss") or "",
        ways=tuple(_way(way) for way in entry.items("ways")),
        closed=closed + tuple(period_of(period) for period in entry.items("closed")),
    )
    entry.done()
    return known


def _way(entry: Entry) -> model.Way:
    kind = entry.text("kind", raw=True)
    if kind not in model.WAY_KINDS:
        raise entry.error(
            f"voie « {kind} » inconnue.", f"Voies comprises : {', '.join(model.WAY_KINDS)}."
        )
    hours = entry.entry("hours")
    week = _week(hours) if hours else None
    way = model.Way(
        kind=kind,
        value=knowing(kind, entry),
        reachable_without_login=entry.flag("reachable_without_login"),
        hours=_hours(hours, week) if hours else None,
        week=week,
    )
    entry.done()
    return way


def _week(hours: Entry) -> Week | None:
    """The hours of the week under ``open``: « du lundi au jeudi: 8:30-12:00, 13:30-17:00 »."""
    lines = hours.entry("open")
    if lines is None:
        return None
    try:
        return read_week({days: lines.text(days, raw=True) for days in lines.names()})
    except ValueError as error:
        raise lines.error(
            f"{error}.", "Écrivez « du lundi au jeudi: 8:30-12:00, 13:30-17:00 »."
        ) from error


def _hours(entry: Entry, week: Week | None) -> model.Knowing:
    known = knowing("hours", entry, value=spoken_week(week) if week else None)
    entry.done()
    return known


def vacation(entry: Entry) -> Period:
    """A school vacation. Raises KnowledgeError when its dates are stated without a source."""
    period = period_of(entry)
    if period.certain and not (entry.maybe_text("source") and entry.maybe_text("verified_on")):
        raise entry.error(
            f"les dates de « {period.label} » sont données pour sûres sans « source » ou sans "
            "« verified_on ».",
            "Ajoutez la source et la date (AAAA-MM-JJ), ou mettez le statut « likely ».",
        )
    return period


def period_of(entry: Entry) -> Period:
    """A closed period. Raises KnowledgeError when it ends before it begins."""
    status = entry.maybe_text("status", raw=True) or "confirmed"
    entry.maybe_text("source")
    entry.maybe_text("verified_on", raw=True)
    try:
        period = Period(
            entry.text("label"),
            date.fromisoformat(entry.text("first", raw=True)),
            date.fromisoformat(entry.text("last", raw=True)),
            certain=status in model.STATED,
            where=entry.where,
        )
    except ValueError as error:
        raise entry.error("date illisible.", "Écrivez AAAA-MM-JJ.") from error
    if status not in model.STATUSES:
        raise entry.error(
            f"statut « {status} » inconnu.", f"Statuts compris : {', '.join(model.STATUSES)}."
        )
    if period.last < period.first:
        raise entry.error(
            "la période finit avant d’avoir commencé.", "Corrigez « first » ou « last »."
        )
    entry.done()
    return period


def request(entry: Entry) -> model.RequestText:
    """The subject and first sentences of a written request."""
    text = model.RequestText(
        subject=entry.text("subject"),
        opening=entry.text("opening"),
        subject_other=entry.maybe_text("subject_other"),
        opening_other=entry.maybe_text("opening_other"),
        attempted=entry.maybe_text("attempted"),
    )
    entry.done()
    return text


def request_form(file: Entry) -> model.RequestForm:
    """The lines of every written request."""
    lines = []
    for entry in file.items("lines"):
        own = entry.texts("text")
        lines.append((own, entry.texts("other") or own))
        entry.done()
    if not lines:
        raise file.error("il manque « lines ».", "Ce sont les lignes de la demande écrite.")
    return model.RequestForm(tuple(lines), file.texts("second_subject"), file.text("someone"))
