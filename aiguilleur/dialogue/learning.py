"""What every message teaches besides its question: the device, the wait, the tries, the deadline…"""

from __future__ import annotations

import re
from dataclasses import replace

from aiguilleur.dialogue import acting, details, readers, speaker, topics
from aiguilleur.dialogue.state import State
from aiguilleur.dialogue.talk import Talk
from aiguilleur.understanding import Understanding

PASSING = {
    "since": details.since,
    "attempts": details.attempts,
    "deadline": details.deadline,
    "stake": details.stake,
    "error_code": details.shown_message,
}
"""The field of the state, and the reader of what fills it."""

STANDING = (
    "attr_first_connection",
    "attr_from_other_academy",
    "attr_left_service",
    "attr_temporary",
    "attr_two_schools",
)
"""What stays true of the person: said once, it counts for every topic of the conversation."""

FUNCTIONAL = re.compile(r"\bce\.\d{7}[a-z](?=@|\b)", re.IGNORECASE)
"""The address of a school’s functional mailbox: « ce. » and its UAI code."""


def supplemented(heard: Understanding, state: State) -> Understanding:
    """The message with the concepts that its shape tells, whatever its words.

    In the middle of a conversation, the act learned from replies is added when the words tell none;
    « je tente les deux ? » asks and makes nobody wait.
    """
    more = set()
    if FUNCTIONAL.search(heard.text):
        more.add("attr_functional_mailbox")
    less = {"act_wait"} if heard.text.rstrip().endswith("?") else set()
    if heard.concepts & {"obj_forward", "obj_filter"}:
        less.add("act_human")  # « un transfert vers un gmail » transfers nobody
    if state.for_whom != "other" and speaker.speaks_of_own(readers.fold(heard.text)):
        less.add("attr_for_other")
    act = acting.act(heard) if state.guide or state.topic or state.pending else None
    told = any(name.startswith("act_") for name in heard.concepts)
    if act and act not in less and (not told or act == "act_sent"):
        more.add(act)
    return replace(heard, concepts=(heard.concepts | more) - less)


def learn(talk: Talk) -> None:
    """Keep what the message says besides its question, in the state."""
    heard, state = talk.heard, talk.state
    for concept, client in details.CLIENTS.items():
        if concept in heard.concepts:
            talk.change(mail_client=client)
            break
    talk.change(**speaker.whose(talk.state, heard))
    if "attr_functional_mailbox" in heard.concepts:
        talk.change(mailbox="functional")
    if "attr_contacted_dsden" in heard.concepts:
        lasts = "attr_waiting" in heard.concepts or state.waiting
        second = state.topic and state.problem in talk.knowledge.second_resort_problems
        asked = "dsden" if lasts and second else state.support_contacted or "asked"
        talk.change(support_contacted=asked)
    folded = readers.fold(heard.text)
    for system in talk.base.systems:
        if any(readers.says(folded, word) for word in system.like):
            talk.change(mail_system=system.id)
    _details(talk)
    known = {*heard.concepts, *state.traits, *speaker.roles(folded)}
    talk.change(traits=tuple(name for name in (*STANDING, *speaker.ROLES) if name in known))
    for concept, structure in (
        ("attr_primary_school", "ecole"),
        ("attr_secondary_school", "etablissement"),
    ):
        if concept in heard.concepts and state.structure is None:
            talk.change(structure=structure)


def _details(talk: Talk) -> None:
    """What a technician would ask anyway: since when, how often, by when, what is shown, for whom."""
    heard, state = talk.heard, talk.state
    text = heard.text
    if heard.concepts & {"attr_waiting", "st_no_answer"}:
        talk.change(waiting=details.duration(text) or state.waiting)
    for name, read in PASSING.items():
        if found := read(text):
            talk.change(**{name: found})
    if _speaks_of_a_request(talk) and (sent := details.sent_on(text)):
        talk.change(sent=sent)
    if talk.state.for_whom == "other" and (who := details.someone(text)):
        talk.change(who=who)


def _speaks_of_a_request(talk: Talk) -> bool:
    """Dates are those of a request when the message says so, or the question in hand does."""
    if talk.heard.concepts & {"attr_contacted_dsden", "obj_dsden", "obj_request"}:
        return True
    found = topics.current(talk)
    return found is not None and any("support_contacted" in edge.sets for edge in found[1].edges)
