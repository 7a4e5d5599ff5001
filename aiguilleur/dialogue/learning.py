"""What every message teaches besides its question: the device, the wait, the tries, the deadline…"""

from __future__ import annotations

import re
from dataclasses import replace

from aiguilleur.dialogue import acting, details, readers, topics
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
    act = acting.act(heard) if state.guide or state.topic or state.pending else None
    if act and act not in less and not any(name.startswith("act_") for name in heard.concepts):
        more.add(act)
    return replace(heard, concepts=(heard.concepts | more) - less)


def learn(talk: Talk) -> None:
    """Keep what the message says besides its question, in the state."""
    heard, state = talk.heard, talk.state
    for concept, client in topics.CLIENTS.items():
        if concept in heard.concepts:
            talk.change(mail_client=client)
            break
    _whose(talk)
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
    roles = {name for name, said in ((HEAD, _HEAD), (OFFICE, _OFFICE)) if said.search(folded)}
    known = {*heard.concepts, *state.traits, *roles}
    talk.change(traits=tuple(name for name in (*STANDING, HEAD, OFFICE) if name in known))
    for concept, structure in (
        ("attr_primary_school", "ecole"),
        ("attr_secondary_school", "etablissement"),
    ):
        if concept in heard.concepts and state.structure is None:
            talk.change(structure=structure)


_SPEAKS = r"(?:^|^(?:bonjour|bonsoir|bjr|slt|salut|ici) |\b(?:je suis|moi|c'?est moi|moi c'?est|c'?est) (?:le |la |l'|un |une )?)"
_HEAD = re.compile(
    _SPEAKS
    + r"(?:directrice|directeur|principale?|proviseure?|direction|chef d'etablissement|principale? adjointe?"
    r"|proviseure? adjointe?)\b(?! (?:est|m'|me|ne|n'|veut|dit|demande|part|arrive|peut|qui est|qui a))"
    r"|\b(?:la direction|la directrice|le directeur|le principal|la principale) c'?est moi\b"
)
_OFFICE = re.compile(
    _SPEAKS + r"(?:secretaire|gestionnaire|secretariat|intendante?|referente? numerique|erun)\b"
    r"(?! (?:est|m'|me|ne|n'|veut|dit|demande|part|arrive|peut))|\bref(?:erente?)? num(?:erique)? (?:= ?|c'?est )moi\b"
)
"""Who says to be the head of the school, or its office: neither is sent to oneself."""
HEAD, OFFICE = "role_head", "role_office"

_MINE = re.compile(
    r"\b(?:c'?est|pour|non|sur) (?:bien |juste )?(?:mon (?:compte|mdp|mot de passe|mail|adresse|probleme)|ma (?:boite|messagerie))"
    r"|\b(?:non |mais )(?:c'?est )?(?:pour )?moi(?: meme)?(?:$| qui| et)|\bc'?est (?:pour )?moi (?:qui|le|la|la concernee)"
)
"""« Non, c’est MON compte »: the person is the one concerned."""
_NOT_HEAD = re.compile(
    r"(?:^|\b(?:bonjour|bonsoir|bjr|slt|salut|suis|moi|ici|c'est)[ ,]+)(?:(?:bien|aussi|justement) )?(?:madame |monsieur )?"
    r"(?:(?:moi|le|la|l')[ ]?)?(?:directrice|directeur|dir|principal|principale|proviseur|proviseure|direction|chef d'etablissement"
    r"|principale? adjointe?|proviseure? adjointe?|adjointe?)\b(?! (?:a|est|m'|me|ne|n'|veut|dit|demande|part|arrive|peut|qui est|qui a))"
    r"|\b(?:la direction|la directrice|le directeur|le principal|la principale) c'?est moi\b"
)
_OFFICE = re.compile(
    r"(?:^|\b(?:bonjour|bonsoir|bjr|suis|moi|ici)[ ,]+)(?:(?:moi|le|la|l')[ ]?)?"
    r"(?:secretaire|gestionnaire|secretariat|intendante?|referent numerique|referente numerique|erun)\b"
    r"(?! (?:a|est|m'|me|ne|n'|veut|dit|demande|part|arrive|peut))|\bref(?:erent)? num(?:erique)? (?:= ?|c'?est )moi\b"
)
"""Who says to be the head of the school, or its office: neither is sent to oneself."""
HEAD, OFFICE = "role_head", "role_office"

_MINE = re.compile(
    r"\bpas (?:pour )?(?:moi|(?:le|la) mien(?:ne)?|ma boite|mon compte|mon mdp|mon mot de passe)\b"
    r"(?:,? ?(?:mais )?(?:c'?est|elle|il|qui|celui|celle|la|le|hein)|$)"
    r"|\bc'?est (?:celui|celle) d(?:e|u|'|es)"
)
"""« C’est pas moi, c’est elle »: somebody else is."""


def _whose(talk: Talk) -> None:
    """Whose mailbox it is about: said outright at any time, else told by the first message that does."""
    folded = readers.fold(talk.heard.text)
    if _NOT_MINE.search(folded):
        talk.change(for_whom="other")
    elif talk.state.for_whom == "other" and _MINE.search(folded):
        talk.change(for_whom="self", who=None)
    elif "attr_for_other" in talk.heard.concepts and talk.state.for_whom is None:
        talk.change(for_whom="other")


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
