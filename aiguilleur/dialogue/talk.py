"""The answer of one turn while it is being composed: the state, what was heard, the Cards so far.

Every word goes through here, so that values, wordings and the glossing of « DSDEN » are in one place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from aiguilleur.card import Button, Card, Fact, plain
from aiguilleur.dialogue import readers, wording
from aiguilleur.dialogue.state import State
from aiguilleur.knowledge.model import Desk, Guide, Knowledge, Node, Question, Way
from aiguilleur.knowledge.systems import candidates, resolved
from aiguilleur.opening import (
    SchoolClosed,
    opening,
    school_closed,
    spoken_day,
    spoken_opening,
)
from aiguilleur.places import PlaceReading
from aiguilleur.routing import Route, route
from aiguilleur.understanding import Understanding

CLOSED_SCHOOL = {
    "weekend": "school_weekend",
    "holiday": "school_holiday",
    "bridge": "school_bridge",
    "vacation": "school_vacation",
}
"""Labels that tell why a school is closed."""


@dataclass
class Talk:
    """One turn in the making.

    ``place``: what the message says of a place. ``notes``: what is to be known beside the answer,
    shown with its last Card. ``aside``: the answer is that of a question, not a step.
    ``noted``: only an « ok » was said beside the step, which was recalled.
    """

    state: State
    heard: Understanding
    base: Knowledge
    now: datetime
    place: PlaceReading
    cards: list[Card] = field(default_factory=list)
    notes: list[Fact] = field(default_factory=list)
    erase: bool = False
    aside: bool = False
    noted: bool = False

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge as it stands for this person: their mail system, if several are in service."""
        if not self.base.systems:
            return self.base
        state = self.state
        ids = candidates(
            self.base.systems,
            self.now.date(),
            state.department,
            state.structure,
            state.mailbox,
            state.mail_system,
        )
        return resolved(self.base, ids)

    @cached_property
    def school(self) -> SchoolClosed | None:
        """Why schools are closed today, or None."""
        return school_closed(self.base.school_holidays, self.now)

    @property
    def on_vacation(self) -> bool:
        """Whether schools are closed for a vacation: nobody is sent there."""
        return self.school is not None and self.school.reason == "vacation"

    def in_season(self, text: Sequence[str], vacation: Sequence[str]) -> Sequence[str]:
        """The wordings of today: those of a vacation, if there are any and it is one."""
        return vacation if self.on_vacation and vacation else text

    def question(self, question: Question) -> str:
        """What a follow-up is answered today."""
        return question.vacation if self.on_vacation and question.vacation else question.say

    def change(self, **changes: object) -> None:
        """Change fields of the state."""
        self.state = self.state.but(**changes)

    def message(
        self,
        key: str,
        *,
        buttons: Sequence[Button] | None = None,
        facts: Sequence[Fact] = (),
        title: str | None = None,
        values: Mapping[str, str | None] | None = None,
        **named: str | None,
    ) -> Card:
        """A sentence of ``messages.yml`` as a Card; each telling takes the next wording."""
        message = self.knowledge.messages[key]
        every = self.values(**{**(values or {}), **named})
        texts = self.in_season(message.text, message.vacation)
        text = wording.choose(texts, self.state.told.get(key, 0), every)
        self.state = self.state.tell(key)
        own = tuple(wording.button(label, choice) for label, choice in message.buttons)
        heading = title or (wording.fill(message.title, every)[0] if message.title else None)
        return Card(
            text=text,
            title=heading,
            facts=(*wording.facts(message.facts, self.knowledge), *facts),
            links=wording.links(message.links, self.knowledge),
            buttons=own if buttons is None else tuple(buttons),
            level=message.level,
        )

    def say(self, key: str, **rest: object) -> None:
        """Add a sentence of ``messages.yml`` to the answer."""
        self.cards.append(self.message(key, **rest))  # type: ignore[arg-type]

    def words(self, text: str, **values: str | None) -> str:
        """A text of the knowledge with its values."""
        return wording.fill(text, self.values(**values))[0]

    def node(self, guide: Guide, node: Node, before: str = "", again: bool = False) -> Card:
        """The Card of a step; ``before`` comes first, ``again`` takes another wording."""
        key = f"{guide.id}#{node.id}"
        values = self.values()
        times = self.state.told.get(key, 0) if again else 0
        text = wording.choose(self.in_season(node.text, node.vacation), times, values)
        self.state = self.state.tell(key)
        spoken = f"{self.words(before)} " if before else ""
        return wording.node_card(
            guide, node, f"{spoken}{wording.count(guide, node)}{text}", self.knowledge, values
        )

    def step_at(self, place: str | None) -> tuple[Guide, Node] | None:
        """The guide and the step that ``guide#node`` names; None when either is no more."""
        name, _, step = (place or "").partition("#")
        guide = self.knowledge.guides.get(name)
        node = guide.nodes.get(step) if guide else None
        return (guide, node) if guide and node else None

    @contextmanager
    def hearing(self, half: Understanding) -> Iterator[None]:
        """What is done within is done as if ``half`` were all that was said."""
        whole, self.heard = self.heard, half
        try:
            yield
        finally:
            self.heard = whole

    def route(self) -> Route | None:
        """Where this problem goes, when the département is known and served."""
        if not self.state.department:
            return None
        return route(
            self.state.department, self.state.problem, self.state.support_contacted, self.knowledge
        )

    def values(self, **more: str | None) -> dict[str, str | None]:
        """Everything a text may name in braces."""
        known: dict[str, str | None] = {
            name: fact.shown for name, fact in self.knowledge.facts.items()
        }
        known |= {
            "retention": self.knowledge.retention,
            "academy": self.knowledge.of_academy,
            "second": self.knowledge.desks[self.knowledge.second_resort].the_name,
            "waiting": self.state.waiting,
            "attempts": self.state.attempts,
            "deadline": self.state.deadline,
            "waiting_first": _capital(self.state.waiting),
            "attempts_first": _capital(self.state.attempts),
            "place": self.state.place,
            "relay": self._relay(),
            "relay_first": _capital(self._relay()),
            "head": self._head(),
            "bye": self._bye(),
            "bye_low": self._bye().lower(),
        }
        department = self.state.department
        found = self.route()
        if department and found:
            known |= self._desk_values(found.desk)
            names = self.knowledge.places
            known["department_in"] = names.department_name(department, "in")
            known["department_of"] = names.department_name(department, "of")
            known["place_in"] = self._place_in(department)
            first = self.knowledge.desk_of(department)
            if first:
                known["desk_at"] = first.at_name + self._gloss(first)
        return {**known, **more}

    def _desk_values(self, desk: Desk) -> dict[str, str | None]:
        gloss = self._gloss(desk)
        shown = {way.kind: way.value.shown for way in desk.ways}
        phone = desk.way("phone")
        hours = self.hours(desk, phone) if phone else None
        return {
            "desk_name": desk.name,
            "desk_the": desk.the_name + gloss,
            "desk_the_plain": desk.the_name,
            "desk_of": desk.of_name + gloss,
            "form": shown.get("form"),
            "write": shown.get("write"),
            "phone": shown.get("phone"),
            "hours": hours,
            "phone_now": self._phone_now(desk, phone) if phone else None,
        }

    def hours(self, desk: Desk, way: Way) -> str | None:
        """The hours of a way, and until when it is open or when it opens; None when unknown."""
        told = way.hours.shown if way.hours else None
        now = self._opening(desk, way)
        return f"{told} ({now})" if told and now else told

    def _opening(self, desk: Desk, way: Way) -> str | None:
        if not (way.hours and way.hours.shown and way.week):
            return None
        return spoken_opening(opening(way.week, desk.closed, self.now), self.now)

    def _phone_now(self, desk: Desk, phone: Way) -> str:
        """The number, with its opening of the moment: short enough to stand in a sentence."""
        now = self._opening(desk, phone)
        return f"{phone.value.shown} ({now})" if now else f"{phone.value.shown}"

    def note(self, label: str, value: str) -> None:
        """Something to be known beside the answer."""
        self.notes.append(Fact(self.knowledge.labels[label], value))

    def _note_closed_school(self) -> None:
        """Who is sent to a school is told that it is closed today, and when it opens if that is sure."""
        shut = self.school
        told = readers.fold(" ".join(card.text for card in self.cards))
        if shut is None or not any(readers.says(told, word) for word in self.base.school_words):
            return
        labels = self.knowledge.labels
        value = labels[CLOSED_SCHOOL[shut.reason]]
        if shut.reopens:
            back = labels["school_resumes" if shut.reason == "vacation" else "school_reopens"]
            value += f", {back} {spoken_day(shut.reopens, self.now.date())}"
        self.note("school", value)

    def _relay(self) -> str:
        """Who at school can pass a request on: not the person, when they are the head or the office."""
        labels, traits = self.knowledge.labels, self.state.traits
        primary = self.state.structure == "ecole"
        if "role_head" in traits or "role_office" in traits:
            return labels["relay_circonscription" if primary else "relay_other"]
        return labels["relay_primary" if primary else "relay"]

    def _head(self) -> str:
        """Who is above: the circonscription, for the head of a primary school."""
        if "role_head" not in self.state.traits:
            return self.knowledge.labels["head"]
        primary = self.state.structure == "ecole"
        return self.knowledge.labels["relay_circonscription" if primary else "head_above"]

    def _bye(self) -> str:
        return "Bonne soirée" if self.now.hour >= 18 or self.now.hour < 4 else "Bonne journée"

    def _gloss(self, desk: Desk) -> str:
        return f" ({desk.gloss})" if desk.gloss and "gloss" not in self.state.told else ""

    def _place_in(self, department: str) -> str:
        inside = self.knowledge.places.department_name(department, "in")
        place = self.state.place
        bare = self.knowledge.places.department_name(department, "bare")
        if not place or place == bare:
            return f"Vous travaillez {inside}"
        return f"{place} est {inside}"

    def _gloss_once(self, card: Card) -> Card:
        """The gloss of « DSDEN » is said once in a conversation, wherever it is written."""
        text = card.text
        for gloss in {f" ({desk.gloss})" for desk in self.knowledge.desks.values() if desk.gloss}:
            head, found, tail = text.partition(gloss)
            if found and "gloss" in self.state.told:
                text = text.replace(gloss, "")
            elif found:
                self.state = self.state.tell("gloss")
                text = head + found + tail.replace(gloss, "")
        return replace(card, text=text)

    def finish(self) -> tuple[Card, ...]:
        """The Cards of the answer; the gloss is spent once it has been said."""
        self.cards = [self._gloss_once(card) for card in self.cards if card.text]
        self._note_closed_school()
        if self.cards and self.notes:
            last = self.cards[-1]
            self.cards[-1] = replace(last, facts=(*last.facts, *self.notes))
        digest = hashlib.sha256("\n".join(map(plain, self.cards)).encode()).hexdigest()[:12]
        if digest == self.state.last and self.cards:
            no_better = self.aside and "same_again" in self.state.told
            lead = self.message("no_better" if no_better else "same_again").text
            first = self.cards[0]
            self.cards[0] = replace(first, text=lead if no_better else f"{lead} {first.text}")
            digest = hashlib.sha256("\n".join(map(plain, self.cards)).encode()).hexdigest()[:12]
        self.change(last=digest, turns=self.state.turns + 1)
        return tuple(self.cards[:3])


def _capital(words: str | None) -> str | None:
    return words[:1].upper() + words[1:] if words else None
