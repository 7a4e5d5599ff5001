"""From the files of ``knowledge/`` to one :class:`Knowledge`. Reads files, decides nothing.

What entries mean together (targets that exist, ways out) is in ``check``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from aiguilleur.errors import KnowledgeError
from aiguilleur.knowledge import model
from aiguilleur.knowledge.yaml_file import Entry, read, typeset
from aiguilleur.places import Places

TIME_ZONE = ZoneInfo("Europe/Paris")
SHORT_EDGES = {
    "do": {"next": "done", "stuck": "stuck"},
    "test": {"done": "works", "stuck": "still"},
}
KINDS = ("do", "test", "answer", "end")


def files(root: Path) -> tuple[Path, ...]:
    """Every file that makes the knowledge, in a stable order."""
    return tuple(sorted(path for path in root.rglob("*") if path.suffix in {".yml", ".json"}))


def stamp(root: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when a file is saved: (name, time in ns, size) of each file."""
    stats = ((str(path.relative_to(root)), path.stat()) for path in files(root))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


def load(root: Path) -> model.Knowledge:
    """The knowledge under ``root``, not yet cross-checked. Raises KnowledgeError."""
    academy = read(root / "academy.yml")
    mail = read(root / "mail.yml")
    support = read(root / "support.yml")
    requests = read(root / "requests.yml")
    texts = read(root / "messages.yml")
    desks = {name: _desk(name, entry) for name, entry in support.entries("desks")}
    second = support.entry("second_resort")
    if second is None:
        raise support.error("il manque « second_resort ».", "Nommez le service de second recours.")
    guides = dict(_guides(root / "guides"))
    guide_of_intent: dict[str, str] = {}
    for guide in guides.values():
        for intent in guide.intents:
            if intent in guide_of_intent:
                raise KnowledgeError(
                    f"{guide.where} : l’intention « {intent} » est déjà celle du guide "
                    f"« {guide_of_intent[intent]} ».",
                    "Une intention ne mène qu’à un guide.",
                )
            guide_of_intent[intent] = guide.id
    labels = texts.entry("labels")
    if labels is None:
        raise texts.error("il manque « labels ».", "Ce sont les libellés des boutons.")
    knowledge = model.Knowledge(
        academy=academy.text("name"),
        of_academy=academy.text("of_name"),
        retention_days=academy.number("retention_days", 30),
        retention=academy.text("retention"),
        facts={name: _knowing(name, entry) for name, entry in mail.entries("facts")},
        pages={name: _page(name, entry) for name, entry in mail.entries("pages")},
        desks=desks,
        second_resort=second.text("desk"),
        second_resort_problems=second.texts("problems"),
        requests={name: _request(entry) for name, entry in requests.entries("requests")},
        request_form=_request_form(requests),
        guides=guides,
        guide_of_intent=guide_of_intent,
        messages=dict(_messages(texts)),
        labels={key: labels.text(key) for key in labels.names()},
        menu=academy.texts("menu"),
        errors=tuple(_error(entry) for entry in read(root / "errors.yml").items("errors")),
        elsewhere=tuple(_elsewhere(e) for e in read(root / "elsewhere.yml").items("elsewhere")),
        incidents=tuple(_incident(e) for e in read(root / "incidents.yml").items("incidents")),
        school_holidays=tuple(_period(entry) for entry in support.items("school_holidays")),
        places=Places.load(root / "places"),
        emergency=tuple(_knowing(name, entry) for name, entry in academy.entries("emergency")),
        version=_version(root),
    )
    for entry in (academy, mail, support, requests, texts):
        entry.done()
    return knowledge


def _version(root: Path) -> str:
    digest = hashlib.sha256()
    for path in files(root):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _knowing(name: str, entry: Entry, label: str = "") -> model.Knowing:
    value = entry.maybe_text("value", raw=True)
    status = entry.maybe_text("status", raw=True) or ("unknown" if value is None else "")
    if status not in model.STATUSES:
        raise entry.error(
            f"statut « {status} » inconnu.", f"Statuts compris : {', '.join(model.STATUSES)}."
        )
    knowing = model.Knowing(
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
        knowing.status in model.STATED
        and knowing.value is not None
        and not (knowing.source and knowing.verified_on)
    ):
        raise entry.error(
            f"« {name} » est dit « {status} » sans « source » ou sans « verified_on ».",
            "Ajoutez la source et la date (AAAA-MM-JJ), ou mettez le statut « likely ».",
        )
    if (
        "hours" not in entry.names()
        and "kind" not in entry.names()
        and "title" not in entry.names()
    ):
        entry.done()
    return knowing


def _page(name: str, entry: Entry) -> model.WebPage:
    title = entry.text("title")
    hedged_title = entry.maybe_text("hedged_title")
    url = _knowing(name, entry, title)
    entry.done()
    if url.value is not None and not url.value.startswith("https://"):
        raise entry.error(f"« {url.value} » n’est pas une adresse https.", "Corrigez « value ».")
    return model.WebPage(name, title, url, hedged_title)


def _desk(name: str, entry: Entry) -> model.Desk:
    desk = model.Desk(
        id=name,
        department=entry.maybe_text("department", raw=True),
        name=entry.text("name"),
        the_name=entry.text("the_name"),
        of_name=entry.text("of_name"),
        at_name=entry.text("at_name"),
        gloss=entry.maybe_text("gloss") or "",
        ways=tuple(_way(way) for way in entry.items("ways")),
    )
    entry.done()
    return desk


def _way(entry: Entry) -> model.Way:
    kind = entry.text("kind", raw=True)
    if kind not in model.WAY_KINDS:
        raise entry.error(
            f"voie « {kind} » inconnue.", f"Voies comprises : {', '.join(model.WAY_KINDS)}."
        )
    hours = entry.entry("hours")
    way = model.Way(
        kind=kind,
        value=_knowing(kind, entry),
        reachable_without_login=entry.flag("reachable_without_login"),
        hours=_knowing("hours", hours) if hours else None,
    )
    entry.done()
    return way


def _request(entry: Entry) -> model.RequestText:
    request = model.RequestText(
        subject=entry.text("subject"),
        opening=entry.text("opening"),
        subject_other=entry.maybe_text("subject_other"),
        opening_other=entry.maybe_text("opening_other"),
        attempted=entry.maybe_text("attempted"),
    )
    entry.done()
    return request


def _request_form(file: Entry) -> model.RequestForm:
    lines = []
    for entry in file.items("lines"):
        own = entry.texts("text")
        lines.append((own, entry.texts("other") or own))
        entry.done()
    if not lines:
        raise file.error("il manque « lines ».", "Ce sont les lignes de la demande écrite.")
    return model.RequestForm(tuple(lines), file.texts("second_subject"), file.text("someone"))


def _messages(file: Entry) -> Iterator[tuple[str, model.Message]]:
    group = file.entry("messages")
    if group is None:
        raise file.error("il manque « messages ».", "")
    for key in group.names():
        entry = group.scalar_or_entry(key)
        if not isinstance(entry, Entry):
            yield key, model.Message(key, group.texts(key), where=group.where)
            continue
        buttons = []
        for button in entry.texts("buttons", raw=True):
            label, separator, choice = button.rpartition(" > ")
            if not separator:
                raise entry.error(
                    f"bouton « {button} » sans cible.", "Écrivez « Libellé > cible »."
                )
            buttons.append((typeset(label), choice.strip()))
        yield (
            key,
            model.Message(
                key=key,
                text=entry.texts("text"),
                buttons=tuple(buttons),
                title=entry.maybe_text("title"),
                links=entry.texts("links", raw=True),
                facts=entry.texts("facts", raw=True),
                level=entry.maybe_text("level", raw=True) or "info",
                where=entry.where,
            ),
        )
        entry.done()


def _error(entry: Entry) -> model.ErrorMessage:
    error = model.ErrorMessage(
        id=entry.text("id", raw=True),
        like=entry.texts("like"),
        say=entry.text("say"),
        guide=entry.text("guide", raw=True),
        node=entry.maybe_text("node", raw=True),
    )
    entry.done()
    return error


def _elsewhere(entry: Entry) -> model.Elsewhere:
    found = model.Elsewhere(entry.text("id", raw=True), entry.texts("like"), entry.text("say"))
    entry.done()
    return found


def _incident(entry: Entry) -> model.Incident:
    start = _moment(entry, "start")
    if start is None:
        raise entry.error("il manque « start ».", "Écrivez la date et l’heure : 2026-11-23 08:00.")
    incident = model.Incident(
        id=entry.text("id", raw=True),
        service=entry.text("service"),
        intents=entry.texts("intents", raw=True),
        start=start,
        end=_moment(entry, "end"),
        text=entry.text("text"),
    )
    entry.done()
    return incident


def _moment(entry: Entry, key: str) -> datetime | None:
    value = entry.maybe_text(key, raw=True)
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value).replace(tzinfo=TIME_ZONE)
    except ValueError as error:
        raise entry.error(
            f"« {value} » n’est pas une date.", "Écrivez 2026-11-23 08:00."
        ) from error


def _period(entry: Entry) -> model.Period:
    try:
        period = model.Period(
            entry.text("label"),
            date.fromisoformat(entry.text("first", raw=True)),
            date.fromisoformat(entry.text("last", raw=True)),
        )
    except ValueError as error:
        raise entry.error("date illisible.", "Écrivez AAAA-MM-JJ.") from error
    entry.done()
    return period


def _guides(folder: Path) -> Iterator[tuple[str, model.Guide]]:
    for path in sorted(folder.glob("*.yml")):
        entry = read(path)
        guide = _guide(entry)
        if guide.id != path.stem:
            raise entry.error(
                f"l’identifiant « {guide.id} » n’est pas le nom du fichier.", "Accordez-les."
            )
        yield guide.id, guide


def _guide(entry: Entry) -> model.Guide:
    source = entry.entry("source")
    guide = model.Guide(
        id=entry.text("id", raw=True),
        title=entry.text("title"),
        label=entry.text("label"),
        intents=entry.texts("intents", raw=True),
        start=entry.text("start", raw=True),
        family=entry.maybe_text("family", raw=True) or "",
        summary=entry.maybe_text("summary") or "",
        counted=entry.texts("counted", raw=True),
        nodes={name: _node(name, node) for name, node in entry.entries("nodes")},
        entries=tuple(_entry_point(item) for item in entry.items("entries")),
        questions=tuple(_question(item) for item in entry.items("questions")),
        source_label=source.text("label") if source else None,
        source_url=source.maybe_text("url", raw=True) if source else None,
        verified_on=source.maybe_text("verified_on", raw=True) if source else None,
        where=entry.where,
    )
    if source:
        source.done()
    entry.done()
    return guide


def _entry_point(entry: Entry) -> model.Entry:
    point = model.Entry(
        entry.text("to", raw=True), entry.texts("when", raw=True), entry.texts("like")
    )
    entry.done()
    return point


def _question(entry: Entry) -> model.Question:
    question = model.Question(
        say=entry.text("say"),
        when=entry.texts("when", raw=True),
        like=entry.texts("like"),
        links=entry.texts("links", raw=True),
        facts=entry.texts("facts", raw=True),
    )
    entry.done()
    return question


def _node(name: str, entry: Entry) -> model.Node:
    kind, reads = _kind(entry)
    edges = [
        model.Edge(key, entry.text(short, raw=True), None)
        for short, key in SHORT_EDGES.get(kind, {}).items()
        if short in entry
    ]
    answers = entry.entry("answers")
    for key in answers.names() if answers else ():
        edges.append(_edge(key, answers.scalar_or_entry(key)))  # type: ignore[union-attr]
    copies = entry.entry("copies")
    node = model.Node(
        id=name,
        kind=kind,
        reads=reads,
        text=entry.texts("text"),
        title=entry.maybe_text("title"),
        links=entry.texts("links", raw=True),
        facts=entry.texts("facts", raw=True),
        copies=tuple((key, copies.text(key)) for key in copies.names()) if copies else (),
        steps=entry.texts("steps"),
        edges=tuple(edges),
        help=entry.maybe_text("help"),
        tried=entry.maybe_text("tried"),
        problem=entry.maybe_text("route", raw=True) if kind == "route" else None,
        desk_text=entry.maybe_text("desk"),
        question=entry.maybe_text("question"),
        questions=tuple(_question(item) for item in entry.items("questions")),
        where=entry.where,
    )
    entry.done()
    return node


def _kind(entry: Entry) -> tuple[str, str | None]:
    if "route" in entry:
        return "route", None
    if "ask" in entry:
        return "ask", entry.text("ask", raw=True)
    kind = entry.text("say", raw=True)
    if kind not in KINDS:
        raise entry.error(f"« say: {kind} » inconnu.", f"Comprises : {', '.join(KINDS)}.")
    return kind, None


def _edge(key: str, entry: str | Entry | None) -> model.Edge:
    if entry is None:
        raise KnowledgeError(
            f"la réponse « {key} » ne mène nulle part.", "Nommez l’étape suivante."
        )
    if isinstance(entry, str):
        return model.Edge(key, entry, None)
    sets = entry.entry("sets")
    button = entry.flag("button")
    edge = model.Edge(
        key=key,
        to=entry.text("to", raw=True),
        label=entry.maybe_text("label"),
        when=entry.texts("when", raw=True),
        like=entry.texts("like"),
        say=entry.maybe_text("say"),
        button=button is not False,
        sets={name: sets.text(name, raw=True) for name in sets.names()} if sets else {},
    )
    entry.done()
    return edge
