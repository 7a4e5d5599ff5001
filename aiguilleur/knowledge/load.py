"""From the files of ``knowledge/`` to one :class:`Knowledge`. Reads files, decides nothing.

What entries mean together (targets that exist, ways out) is in ``check``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiguilleur.errors import KnowledgeError
from aiguilleur.knowledge import model
from aiguilleur.knowledge.load_facts import knowing, mail_system, page
from aiguilleur.knowledge.load_incidents import incident
from aiguilleur.knowledge.load_support import desk, period_of, request, request_form, vacation
from aiguilleur.knowledge.yaml_file import Entry, read, typeset
from aiguilleur.opening import public_holiday
from aiguilleur.places import Places

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
    closed = tuple(period_of(entry) for entry in support.items("closed"))
    desks = {name: desk(name, entry, closed) for name, entry in support.entries("desks")}
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
    zone = _zone(academy)
    knowledge = model.Knowledge(
        zone=zone,
        academy=academy.text("name"),
        of_academy=academy.text("of_name"),
        retention_days=academy.number("retention_days", 30),
        retention=academy.text("retention"),
        facts={name: knowing(name, entry) for name, entry in mail.entries("facts")},
        pages={name: page(name, entry) for name, entry in mail.entries("pages")},
        systems=tuple(mail_system(entry) for entry in mail.items("systems")),
        desks=desks,
        second_resort=second.text("desk"),
        second_resort_problems=second.texts("problems"),
        requests={name: request(entry) for name, entry in requests.entries("requests")},
        request_form=request_form(requests),
        guides=guides,
        guide_of_intent=guide_of_intent,
        messages=dict(_messages(texts)),
        labels={key: labels.text(key) for key in labels.names()},
        menu=academy.texts("menu"),
        errors=tuple(_error(entry) for entry in read(root / "errors.yml").items("errors")),
        elsewhere=tuple(_elsewhere(e) for e in read(root / "elsewhere.yml").items("elsewhere")),
        questions=tuple(_question(e) for e in read(root / "questions.yml").items("questions")),
        incidents=tuple(incident(e, zone) for e in read(root / "incidents.yml").items("incidents")),
        school_holidays=tuple(vacation(entry) for entry in support.items("school_holidays")),
        school_words=support.texts("school_words"),
        places=Places.load(root / "places"),
        emergency=tuple(knowing(name, entry) for name, entry in academy.entries("emergency")),
        privacy=tuple(_privacy(entry) for entry in academy.items("privacy")),
        version=_version(root),
    )
    for entry in (academy, mail, support, requests, texts):
        entry.done()
    public_holiday(datetime.now(zone).date())  # slow the first time: not in the middle of a turn
    return knowledge


def _privacy(entry: Entry) -> model.Knowing:
    """One paragraph of the privacy page: its title and what is known of it."""
    known = knowing("privacy", entry, label=entry.text("title"))
    entry.done()
    return replace(known, value=typeset(known.value) if known.value else None)


def _version(root: Path) -> str:
    digest = hashlib.sha256()
    for path in files(root):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


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
                vacation=entry.texts("vacation"),
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
        when=entry.texts("when", raw=True),
    )
    entry.done()
    return error


def _elsewhere(entry: Entry) -> model.Elsewhere:
    found = model.Elsewhere(entry.text("id", raw=True), entry.texts("like"), entry.text("say"))
    entry.done()
    return found


def _zone(academy: Entry) -> tzinfo:
    """The legal time of the offices; a machine without time-zone data falls back on its own."""
    name = academy.text("time_zone", raw=True)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        if name == "Europe/Paris":
            return datetime.now().astimezone().tzinfo or ZoneInfo("UTC")
        raise academy.error(
            f"fuseau horaire « {name} » inconnu.", "Écrivez « Europe/Paris »."
        ) from error


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
        about=entry.texts("about", raw=True),
        summary=entry.maybe_text("summary") or "",
        counted=entry.texts("counted", raw=True),
        nodes=_with_roads(
            {name: _node(name, node) for name, node in entry.entries("nodes")},
            _anywhere(entry.entry("anywhere")),
        ),
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


def _anywhere(entry: Entry | None) -> tuple[model.Edge, ...]:
    """The answers that any step of the guide takes, though none shows them."""
    if entry is None:
        return ()
    edges = [_edge(key, entry.scalar_or_entry(key)) for key in entry.names()]
    return tuple(replace(edge, button=False) for edge in edges)


def _with_roads(
    nodes: dict[str, model.Node], anywhere: tuple[model.Edge, ...]
) -> dict[str, model.Node]:
    """The steps that wait for something, with those answers, unless they have them or are their end."""
    return {
        name: replace(
            node,
            edges=(
                *node.edges,
                *(edge for edge in anywhere if edge.to != name and not node.edge(edge.key)),
            ),
        )
        if node.kind in {"ask", "do", "test"}
        else node
        for name, node in nodes.items()
    }


def _entry_point(entry: Entry) -> model.Entry:
    sets = entry.entry("sets")
    point = model.Entry(
        entry.text("to", raw=True),
        entry.texts("when", raw=True),
        entry.texts("like"),
        alarm=bool(entry.flag("alarm")),
        sets={name: sets.text(name, raw=True) for name in sets.names()} if sets else {},
    )
    entry.done()
    return point


def _question(entry: Entry) -> model.Question:
    question = model.Question(
        asks=entry.maybe_text("asks", raw=True),
        say=entry.text("say"),
        vacation=entry.maybe_text("vacation"),
        only=entry.texts("only", raw=True),
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
        vacation=entry.texts("vacation"),
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
