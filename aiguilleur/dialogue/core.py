"""``turn(state, understanding, knowledge, now)``: the conversation, decided here and nowhere else.

Pure: no clock, no file, no Rasa. The order of decisions is that of :func:`_heard`, first that applies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from aiguilleur.card import Card
from aiguilleur.dialogue import (
    asides,
    both,
    correction,
    denied,
    desk,
    follow_up,
    in_guide,
    insisting,
    learning,
    pending,
    pressed,
    problems,
    returning,
    safety,
    spoken,
    topics,
    unclear,
    wording,
)
from aiguilleur.dialogue.state import State
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide, Knowledge
from aiguilleur.understanding import Understanding

DECISIONS = (
    safety.danger,
    safety.incident,
    pressed.by_label,
    problems.alarmed,
    denied.denied,
    spoken.asked,
    both.with_town,
    pending.answered,
    correction.corrected,
    returning.returned,
    insisting.wants_the_second,
    both.answered,
    in_guide.stepped,
    returning.reopened,
    insisting.asked_before,
    follow_up.after,
    asides.asked,
    unclear.vague,
    problems.opened,
    unclear.small_talk,
    unclear.unclear,
)
"""What a message may be, in order; the first that recognises it answers and returns True."""


@dataclass(frozen=True)
class Turn:
    """What a turn gives: the new state, the Cards, and whether the conversation is to be erased."""

    state: State
    cards: tuple[Card, ...]
    erase: bool = False


def turn(
    state: State,
    understanding: Understanding,
    knowledge: Knowledge,
    now: datetime,
    *,
    welcomed: bool = False,
) -> Turn:
    """Decide one turn. ``now`` is aware of its time zone; ``welcomed``: the notice was already shown."""
    place = knowledge.places.read(
        understanding.text,
        asked=state.pending == "department",
        former="attr_left_service" in {*understanding.concepts, *state.traits},
    )
    heard = learning.supplemented(both.beneath_thanks(understanding), state)
    talk = Talk(state, heard, knowledge, now, place)
    _mend(talk)
    if understanding.choice is not None:
        pressed.pressed(talk, understanding.choice.choice, understanding.choice.step)
    else:
        safety.first_words(talk, welcomed)
        learning.learn(talk)
        if not denied.mine(talk, state.for_whom):
            _heard(talk)
        desk.acknowledge(talk, state.department)
    stayed = talk.state.at() is not None and talk.state.at() == state.at()
    talk.change(stayed=stayed and not talk.noted)
    if not any(card.text for card in talk.cards):
        talk.say("not_understood_again")
    cards = talk.finish()
    return Turn(talk.state, cards, talk.erase)


def _mend(talk: Talk) -> None:
    """A guide or a step that has vanished from the knowledge since the last turn."""
    found = topics.current(talk)
    if found is None:
        talk.change(guide=None, step=None)
    else:
        talk.change(step=found[1].id)


def _heard(talk: Talk) -> None:
    for decide in DECISIONS:
        if decide(talk):
            return


def welcome(knowledge: Knowledge) -> Card:
    """The first Card, when the chat is opened."""
    return _unheard(knowledge, "welcome")


def subjects(knowledge: Knowledge) -> tuple[Guide, ...]:
    """Every guide, those of the menu first: what may be asked without typing."""
    menu = [knowledge.guides[name] for name in knowledge.menu]
    return (*menu, *(guide for guide in knowledge.guides.values() if guide not in menu))


def from_the_start(knowledge: Knowledge) -> dict[str, str]:
    """Payload to title of the buttons valid before anything was said: the welcome's, the subjects'."""
    guides = {wording.button(g.title, f"guide:{g.id}") for g in subjects(knowledge)}
    return {button.payload: button.title for button in (*guides, *welcome(knowledge).buttons)}


def apology(knowledge: Knowledge) -> Card:
    """What is said when the assistant itself has failed."""
    return _unheard(knowledge, "apology")


def _unheard(knowledge: Knowledge, key: str) -> Card:
    """A message that answers nothing said; none of its values depends on the hour."""
    now = datetime.now(knowledge.zone)
    return Talk(State(), Understanding(), knowledge, now, knowledge.places.read("")).message(key)


def resumed(state: State) -> State:
    """The state after a pause: where we were is offered again, once."""
    if state.guide:
        return state.but(pending="resume", frames=(), misses=0, misread=0, last="")
    return State(
        department=state.department, place=state.place, turns=state.turns, topic=state.topic
    )
