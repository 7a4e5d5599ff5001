"""Plain accessible pages from the same knowledge: ``/``, ``/aide``, ``/aide/<id>``, ``/confidentialite``.

Pure: knowledge in, HTML out. No script but that of the widget on ``/``; escaping is Jinja's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from aiguilleur.card import Link
from aiguilleur.dialogue import subjects, wording
from aiguilleur.dialogue.state import State
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Desk, Guide, Knowledge, Node, Way
from aiguilleur.opening import MONTHS
from aiguilleur.understanding import Understanding

TEMPLATES = Path(__file__).parent / "templates"
_QUESTION = re.compile(r"[^.;:]*\?")


@dataclass(frozen=True)
class Paragraph:
    """A text of a guide, what to copy beside it and where it links."""

    text: str
    facts: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class HelpPage:
    """A guide or a desk as one page."""

    id: str
    title: str
    lead: tuple[Paragraph, ...]
    steps: tuple[Paragraph, ...] = ()
    cases: tuple[Paragraph, ...] = ()
    notes: tuple[Paragraph, ...] = ()
    verified_on: str | None = None
    source: str | None = None


def home(knowledge: Knowledge, embed: str) -> str:
    """A portal's login page, for show, that carries the widget; ``embed``: the lines that do it."""
    return _render(
        "home.html", knowledge, title="Démonstration", topics=_topics(knowledge), embed=embed
    )


def help_index(knowledge: Knowledge) -> str:
    """The list of all help pages."""
    topics = _topics(knowledge)
    menu, guides = len(knowledge.menu), len(knowledge.guides)
    groups = (
        ("Les plus demandés", topics[:menu]),
        ("Les autres sujets", topics[menu:guides]),
        ("Les services", topics[guides:]),
    )
    return _render("index.html", knowledge, title="Aide de la messagerie", groups=groups)


def help_page(knowledge: Knowledge, page_id: str) -> str | None:
    """The page of a guide or of a desk; None when there is none of that name."""
    if page_id in knowledge.guides:
        page, topic = guide_page(knowledge, knowledge.guides[page_id]), page_id
    elif page_id in knowledge.desks:
        page, topic = desk_page(knowledge, knowledge.desks[page_id]), "support_contact"
    else:
        return None
    topics = _topics(knowledge)
    return _render("help.html", knowledge, title=page.title, page=page, topic=topic, topics=topics)


def privacy_page(knowledge: Knowledge) -> str:
    """What is kept, why, how long, and whom to ask; what the academy has not settled is said to be so."""
    talk = _talk(knowledge)
    missing = knowledge.messages["privacy_missing"].text[0]
    paragraphs = [
        (known.label, talk.words(known.shown) if known.shown else missing)
        for known in knowledge.privacy
    ]
    return _render("privacy.html", knowledge, title="Vos données", paragraphs=paragraphs)


def guide_page(knowledge: Knowledge, guide: Guide) -> HelpPage:
    """A guide told at once: its first answer, its steps, its other cases, what else is asked."""
    talk = _talk(knowledge)
    knowledge = talk.knowledge  # during a migration, every system with its population
    said = [guide.nodes[name] for name in guide.counted if name in guide.nodes]
    first = guide.nodes[guide.start]
    others = [
        node
        for node in guide.nodes.values()
        if node.text and node is not first and node not in said and node.kind != "end"
    ]
    return HelpPage(
        id=guide.id,
        title=guide.title,
        lead=(_paragraph(talk, first),),
        steps=tuple(_paragraph(talk, node) for node in said if node is not first),
        cases=tuple(p for node in others if _tells(p := _paragraph(talk, node))),
        notes=tuple(
            Paragraph(words, links=wording.links(question.links, knowledge))
            for question in guide.questions
            if (words := talk.words(question.say))
        ),
        verified_on=_written(guide.verified_on),
        source=guide.source_label,
    )


def desk_page(knowledge: Knowledge, desk: Desk) -> HelpPage:
    """A desk and its ways in; those that are not known are not invented."""
    labels = knowledge.labels
    facts = tuple(
        (labels[way.kind], ", ".join(filter(None, (way.value.shown, _hours(way)))))
        for way in desk.ways
        if way.value.shown is not None
    )
    texts, talk = knowledge.messages, _talk(knowledge)
    lead = texts["why_desk" if desk.department else "why_second"].text[0]
    paragraphs = [Paragraph(talk.words(lead), facts)]
    if not facts:
        paragraphs.append(Paragraph(talk.words(texts["no_ways"].text[0])))
    paragraphs.append(Paragraph(talk.words(texts["cannot_write"].text[0])))
    return HelpPage(desk.id, desk.name[:1].upper() + desk.name[1:], tuple(paragraphs))


def _tells(paragraph: Paragraph) -> bool:
    """Whether it says something by itself: a bare question is for who can answer it."""
    bare = _QUESTION.fullmatch(paragraph.text) and not paragraph.facts and not paragraph.links
    return bool(paragraph.text) and not bare


def _written(day: str | None) -> str | None:
    """« 23 novembre 2026 »."""
    if not day:
        return None
    year, month, number = (int(part) for part in day.split("-"))
    return f"{'1er' if number == 1 else number} {MONTHS[month - 1]} {year}"


def _hours(way: Way) -> str | None:
    return way.hours.shown if way.hours else None


def _paragraph(talk: Talk, node: Node) -> Paragraph:
    knowledge = talk.knowledge
    found = wording.facts(node.facts, knowledge)
    text = talk.words(node.text[0]) if node.text else ""
    if node.help and (more := talk.words(node.help)):
        text = f"{text} {more}"
    return Paragraph(
        text,
        tuple((fact.label, fact.value) for fact in found),
        wording.links(node.links, knowledge),
    )


def _talk(knowledge: Knowledge) -> Talk:
    now = datetime.now(knowledge.zone)
    return Talk(State(), Understanding(), knowledge, now, knowledge.places.read(""))


def _topics(knowledge: Knowledge) -> list[tuple[str, str]]:
    guides = [(guide.id, guide.title) for guide in subjects(knowledge)]
    return [
        *guides,
        *((desk.id, desk.name[:1].upper() + desk.name[1:]) for desk in knowledge.desks.values()),
    ]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _render(template: str, knowledge: Knowledge, **values: object) -> str:
    return (
        _environment()
        .get_template(template)
        .render(academy=knowledge.of_academy, retention=knowledge.retention, **values)
    )
