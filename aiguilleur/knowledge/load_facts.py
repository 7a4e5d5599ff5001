"""Facts, pages and mail systems from YAML: a value, its status, its source."""

from __future__ import annotations

from datetime import date

from aiguilleur.knowledge import model
from aiguilleur.knowledge.systems import MailSystem
from aiguilleur.knowledge.yaml_file import Entry


def knowing(name: str, entry: Entry, label: str = "", value: str | None = None) -> model.Knowing:
    """A fact; ``value`` stands in for an absent one. Raises KnowledgeError when stated without a source."""
    value = entry.maybe_text("value", raw=True) or value
    status = entry.maybe_text("status", raw=True) or ("unknown" if value is None else "")
    if status not in model.STATUSES:
        raise entry.error(
            f"statut « {status} » inconnu.", f"Statuts compris : {', '.join(model.STATUSES)}."
        )
    known = model.Knowing(
        name=name,
        label=entry.maybe_text("label") or label or name,
        value=value,
        status=status,
        hedged=entry.maybe_text("hedged"),
        source=entry.maybe_text("source") or "",
        verified_on=entry.maybe_text("verified_on", raw=True),
        where=entry.where,
    )
    if (
        known.status in model.STATED
        and known.value is not None
        and not (known.source and known.verified_on)
    ):
        raise entry.error(
            f"« {name} » est dit « {status} » sans « source » ou sans « verified_on ».",
            "Ajoutez la source et la date (AAAA-MM-JJ), ou mettez le statut « likely ».",
        )
    if (
        name != "hours"
        and "hours" not in entry.names()
        and "kind" not in entry.names()
        and "title" not in entry.names()
    ):
        entry.done()
    return known


def page(name: str, entry: Entry) -> model.WebPage:
    """A page that a Card may link to."""
    title = entry.text("title")
    hedged_title = entry.maybe_text("hedged_title")
    url = knowing(name, entry, title)
    entry.done()
    if url.value is not None and not url.value.startswith("https://"):
        raise entry.error(f"« {url.value} » n’est pas une adresse https.", "Corrigez « value ».")
    return model.WebPage(name, title, url, hedged_title)


def mail_system(entry: Entry) -> MailSystem:
    """One of the systems of a migration. Raises KnowledgeError."""
    people = entry.entry("for")
    system = MailSystem(
        id=entry.text("id", raw=True),
        name=entry.text("name"),
        label=entry.text("label"),
        first=_day(entry, "from"),
        last=_day(entry, "until"),
        departments=people.texts("departments", raw=True) if people else (),
        structures=people.texts("structures", raw=True) if people else (),
        mailboxes=people.texts("mailboxes", raw=True) if people else (),
        like=entry.texts("like"),
        facts={name: knowing(name, fact) for name, fact in entry.entries("facts")},
        pages={name: page(name, other) for name, other in entry.entries("pages")},
    )
    if people:
        people.done()
    entry.done()
    if system.first and system.last and system.last < system.first:
        raise entry.error(
            "le système finit avant d’avoir commencé.", "Corrigez « from » ou « until »."
        )
    return system


def _day(entry: Entry, key: str) -> date | None:
    value = entry.maybe_text(key, raw=True)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise entry.error(f"« {value} » n’est pas une date.", "Écrivez AAAA-MM-JJ.") from error
