"""What the helpdesk knows, as frozen data: facts, desks, guides, wordings.

Built by ``load`` from the YAML of ``knowledge/``; read by the conversation. Knows no file,
no network and no conversation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from aiguilleur.knowledge.systems import MailSystem
from aiguilleur.opening import Period, Week

if TYPE_CHECKING:
    from aiguilleur.places import Places

STATUSES = ("confirmed", "sure", "likely", "conflicting", "unknown")
STATED = ("confirmed", "sure")
WAY_KINDS = ("form", "write", "phone")


@dataclass(frozen=True)
class Knowing:
    """A value and how sure it is. ``hedged`` is the only wording under which a likely value is told."""

    name: str
    label: str
    value: str | None
    status: str
    hedged: str | None = None
    source: str = ""
    verified_on: str | None = None
    where: str = ""

    @property
    def shown(self) -> str | None:
        """What may be said: the value, its hedged wording, or None when it must stay hidden."""
        if self.value is None:
            return None
        if self.status in STATED:
            return self.value
        return self.hedged if self.status == "likely" else None


@dataclass(frozen=True)
class WebPage:
    """A page that a Card may link to; a likely address needs a ``hedged`` title."""

    name: str
    title: str
    url: Knowing
    hedged_title: str | None = None

    @property
    def shown_title(self) -> str | None:
        """The title under which the page may be linked, or None when it must stay hidden."""
        if self.url.value is None:
            return None
        if self.url.status in STATED:
            return self.title
        return self.hedged_title if self.url.status == "likely" else None


@dataclass(frozen=True)
class Way:
    """A way in to a desk: ``kind`` is ``form``, ``write`` or ``phone``.

    ``hours``: when it answers, as it is told; ``week``: the same, to reckon with.
    """

    kind: str
    value: Knowing
    reachable_without_login: bool | None = None
    hours: Knowing | None = None
    week: Week | None = None


@dataclass(frozen=True)
class Desk:
    """A support desk. ``department`` is None for the second resort."""

    id: str
    department: str | None
    name: str
    the_name: str
    of_name: str
    at_name: str
    gloss: str
    ways: tuple[Way, ...] = ()
    closed: tuple[Period, ...] = ()

    def way(self, kind: str) -> Way | None:
        """The way of that kind whose value may be shown, if any."""
        return next((way for way in self.ways if way.kind == kind and way.value.shown), None)


COMMON_KEYS = frozenset(
    """
    yes no unknown works still done sent stuck end all support help other
    """.split()  # noqa: SIM905
)
"""Keys of answers that mean the same in every guide, and are read from the act of the message."""


@dataclass(frozen=True)
class Edge:
    """Where an answer leads. ``to`` is a node of the guide, ``guide:ID``, ``guide:ID#NODE`` or an act ``@…``."""

    key: str
    to: str
    label: str | None
    when: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    say: str | None = None
    button: bool = True
    sets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A follow-up that a guide or a node answers on the spot; ``vacation`` as for a node.

    It is asked by a phrase of ``like`` or by the concepts of ``when``; ``only`` must hold besides.
    ``asks``: its name, under which ``data/questions.yml`` has whole messages that ask it; the same
    name for the same answer under several topics.
    """

    say: str
    vacation: str | None = None
    only: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    asks: str | None = None


@dataclass(frozen=True)
class Node:
    """A step of a guide. ``kind``: ``ask``, ``do``, ``test``, ``answer``, ``end`` or ``route``.

    ``vacation``: what is said instead of ``text`` while schools are closed for a vacation.
    """

    id: str
    kind: str
    text: tuple[str, ...] = ()
    vacation: tuple[str, ...] = ()
    title: str | None = None
    reads: str | None = None
    links: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    steps: tuple[str, ...] = ()
    edges: tuple[Edge, ...] = ()
    help: str | None = None
    tried: str | None = None
    problem: str | None = None
    desk_text: str | None = None
    question: str | None = None
    questions: tuple[Question, ...] = ()
    where: str = ""

    def edge(self, key: str) -> Edge | None:
        """The edge of that key, if the node has it."""
        return next((edge for edge in self.edges if edge.key == key), None)


@dataclass(frozen=True)
class Entry:
    """Another start of a guide when all the conditions hold.

    ``alarm``: it opens at once, whatever step of another guide is in hand. ``sets``: slots it fills.
    """

    to: str
    when: tuple[str, ...] = ()
    like: tuple[str, ...] = ()
    alarm: bool = False
    sets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Guide:
    """A topic: its nodes, and what is asked while it is open.

    ``about``: concepts of which a message says at least one when it leaves another topic for this one;
    empty when any words may.
    """

    id: str
    title: str
    label: str
    intents: tuple[str, ...]
    start: str
    nodes: Mapping[str, Node]
    entries: tuple[Entry, ...] = ()
    counted: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    family: str = ""
    about: tuple[str, ...] = ()
    summary: str = ""
    source_label: str | None = None
    source_url: str | None = None
    verified_on: str | None = None
    where: str = ""

    def answer_name(self, edge: Edge) -> str | None:
        """The name under which ``data/answers.yml`` has whole messages that give this answer here; None for
        a yes, a no, a « c’est fait », whose sense is that of the step."""
        return None if edge.key in COMMON_KEYS else f"{self.id}.{edge.key}"

    @property
    def every_question(self) -> tuple[Question, ...]:
        """Its questions and those of its steps."""
        return (*self.questions, *(q for node in self.nodes.values() for q in node.questions))


@dataclass(frozen=True)
class Message:
    """A sentence of the house: wordings in the order in which they serve, and its buttons."""

    key: str
    text: tuple[str, ...]
    vacation: tuple[str, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()
    title: str | None = None
    links: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    level: str = "info"
    where: str = ""


@dataclass(frozen=True)
class RequestText:
    """The subject and the first sentences of a written request, by problem."""

    subject: str
    opening: str
    subject_other: str | None = None
    opening_other: str | None = None
    attempted: str | None = None


@dataclass(frozen=True)
class RequestForm:
    """How a written request is laid out. A line: its wordings for oneself and for somebody else."""

    lines: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    second_subject: tuple[str, ...]
    someone: str


@dataclass(frozen=True)
class Elsewhere:
    """Something that is not ours: the words that name it and one honest sentence."""

    id: str
    like: tuple[str, ...]
    say: str


@dataclass(frozen=True)
class ErrorMessage:
    """An error message or code: what it means and the guide that helps.

    ``when``: what must hold besides (concepts, situations), the first that does being taken.
    """

    id: str
    like: tuple[str, ...]
    say: str
    guide: str
    node: str | None = None
    when: tuple[str, ...] = ()


@dataclass(frozen=True)
class Incident:
    """What is down or planned. ``text`` replaces the house's wording; ``next``: the next information.

    ``departments``: those concerned, all when empty. ``announced``: how long before its start a
    planned one is told.
    """

    id: str
    service: str
    intents: tuple[str, ...]
    start: datetime
    end: datetime | None = None
    text: str | None = None
    next: datetime | None = None
    departments: tuple[str, ...] = ()
    announced: timedelta = timedelta(0)
    where: str = ""

    def in_force(self, now: datetime) -> bool:
        """Whether it is going on."""
        return self.start <= now and not self.over(now)

    def over(self, now: datetime) -> bool:
        """Whether it has ended."""
        return self.end is not None and now >= self.end

    def coming(self, now: datetime) -> bool:
        """Whether it is planned, and near enough to be told."""
        return self.start - self.announced <= now < self.start


@dataclass(frozen=True)
class Finding:
    """Something the operator must mend or confirm, with file, line and remedy."""

    where: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where} : {self.message} {self.remedy}"


@dataclass(frozen=True, eq=False)
class Knowledge:
    """One frozen snapshot of ``knowledge/``: what a turn may say. Compared by identity."""

    academy: str
    of_academy: str
    retention_days: int
    retention: str
    facts: Mapping[str, Knowing]
    pages: Mapping[str, WebPage]
    desks: Mapping[str, Desk]
    second_resort: str
    second_resort_problems: tuple[str, ...]
    requests: Mapping[str, RequestText]
    request_form: RequestForm
    guides: Mapping[str, Guide]
    guide_of_intent: Mapping[str, str]
    messages: Mapping[str, Message]
    labels: Mapping[str, str]
    menu: tuple[str, ...]
    errors: tuple[ErrorMessage, ...]
    elsewhere: tuple[Elsewhere, ...]
    incidents: tuple[Incident, ...]
    school_holidays: tuple[Period, ...]
    school_words: tuple[str, ...]
    zone: tzinfo
    places: Places
    emergency: tuple[Knowing, ...] = ()
    privacy: tuple[Knowing, ...] = ()
    questions: tuple[Question, ...] = ()
    systems: tuple[MailSystem, ...] = ()
    other_pages: Mapping[str, tuple[WebPage, ...]] = field(default_factory=dict)
    version: str = ""

    def desk_of(self, department: str) -> Desk | None:
        """The first-resort desk of a département (its code), if it is served here."""
        return next((d for d in self.desks.values() if d.department == department), None)

    def departments(self) -> tuple[str, ...]:
        """The codes of the départements served, in the order of ``support.yml``."""
        return tuple(d.department for d in self.desks.values() if d.department)


def every_question(knowledge: Knowledge) -> tuple[Question, ...]:
    """All the questions known, of every guide and of none."""
    guides = knowledge.guides.values()
    return (*knowledge.questions, *(q for guide in guides for q in guide.every_question))
