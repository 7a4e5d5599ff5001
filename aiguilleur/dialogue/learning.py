"""What every message teaches besides its question: the device, the wait, the tries, the deadline…"""

from __future__ import annotations

from aiguilleur.dialogue import readers
from aiguilleur.dialogue.talk import Talk

CLIENTS = {
    "obj_thunderbird": "thunderbird",
    "obj_outlook": "outlook",
    "obj_iphone": "iphone",
    "obj_apple_mail": "apple_mail",
    "obj_android": "android",
}


def learn(talk: Talk) -> None:
    """Keep what the message says besides its question, in the state."""
    heard, state = talk.heard, talk.state
    for concept, client in CLIENTS.items():
        if concept in heard.concepts:
            talk.change(mail_client=client)
            break
    if "attr_for_other" in heard.concepts and state.for_whom is None:
        talk.change(for_whom="other")
    if "attr_functional_mailbox" in heard.concepts:
        talk.change(mailbox="functional")
    if "attr_contacted_dsden" in heard.concepts:
        lasts = "attr_waiting" in heard.concepts or state.waiting
        second = state.topic and state.problem in talk.knowledge.second_resort_problems
        asked = "dsden" if lasts and second else state.support_contacted or "asked"
        talk.change(support_contacted=asked)
    if "attr_waiting" in heard.concepts or "st_no_answer" in heard.concepts:
        talk.change(waiting=readers.duration(heard.text) or state.waiting)
    if named := readers.attempts(heard.text):
        talk.change(attempts=named)
    if named := readers.deadline(heard.text):
        talk.change(deadline=named)
    for concept, structure in (
        ("attr_primary_school", "ecole"),
        ("attr_secondary_school", "etablissement"),
    ):
        if concept in heard.concepts and state.structure is None:
            talk.change(structure=structure)
