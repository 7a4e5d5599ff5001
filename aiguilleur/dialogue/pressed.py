"""A button, or its label typed: what it chooses, and a step that is no longer the one in hand."""

from __future__ import annotations

from aiguilleur.dialogue import acts, desk, incidents, readers, steps, topics
from aiguilleur.dialogue.talk import Talk

OFTEN_TYPED = ("prepare", "cannot_write", "why_desk", "end")
"""Acts whose label people type after the Card that offered it is gone."""


def pressed(talk: Talk, choice: str, step: str) -> None:
    """Do what a button offered at ``step`` chooses (``*``: valid at any time)."""
    if choice.startswith("dept:"):
        desk.known(talk, choice.removeprefix("dept:"), None)
        desk.resume_purpose(talk)
        if talk.state.pending is None:
            topics.closed(talk)
    elif step == "ask:department":
        if choice == "unknown":
            _unknown_place(talk)
    elif step == "ask:erase" and choice == "no":
        talk.change(pending=None)
        talk.say("erase_no")
    elif choice.startswith("guide:"):
        _open(talk, choice)
    elif choice.startswith("@"):
        acts.perform(talk, choice[1:])
    elif step == talk.state.at():
        here = topics.current(talk)
        if here and here[1].edge(choice):
            steps.take(talk, *here, choice)
    else:
        steps.remind(talk)


def _unknown_place(talk: Talk) -> None:
    """« Je ne sais pas » to the question about the place: the school's town, then every desk."""
    if talk.state.misread:
        desk.all_desks(talk)
    else:
        talk.say("unknown_place", buttons=desk.department_buttons(talk)[:-1])
    talk.change(pending="department", misread=talk.state.misread + 1)


def _open(talk: Talk, target: str) -> None:
    guide, node = topics.place_of(talk, target, None)
    if incidents.explained(talk, guide.intents, guide):
        return
    if talk.state.guide:
        topics.interrupt(talk, guide)
    queued = None if talk.state.queued == guide.id else talk.state.queued
    talk.change(pending=None, queued=queued)
    topics.start(talk, guide, node=node)


def by_label(talk: Talk) -> bool:
    """A button's label, typed outside any step: the same as the button."""
    folded = readers.fold(talk.heard.text)
    found = topics.current(talk)
    inside = found is not None and found[1].kind in topics.OPEN_KINDS
    if not folded or inside or readers.word_count(talk.heard.text) > 6 or steps.answers_step(talk):
        return False
    labels = talk.knowledge.labels
    known = {labels[name]: f"@{name}" for name in OFTEN_TYPED}
    known[labels["other"]] = "@topics"
    if talk.state.department:
        known[desk.not_this_one(talk)] = "@other_department"
    for message in talk.knowledge.messages.values():
        known |= dict(message.buttons)
    choice = next((c for label, c in known.items() if readers.fold(label) == folded), None)
    if choice is None:
        return False
    pressed(talk, choice, "*")
    return True
