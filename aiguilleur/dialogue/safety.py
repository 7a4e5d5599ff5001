"""What is told before anything else: that this is a machine, what was masked, danger, incidents."""

from __future__ import annotations

from dataclasses import replace

from aiguilleur.dialogue import incidents, problems, wording
from aiguilleur.dialogue.talk import Talk

NOTICES = (
    ("password", "masked_password"),
    ("numen", "masked_numen"),
    ("code", "masked_code"),
    ("nir", "masked_number"),
    ("iban", "masked_number"),
    ("card", "masked_number"),
    ("email", "masked_contact"),
    ("phone", "masked_contact"),
)
"""The kind of a secret and the message that says it was masked, the gravest first."""


def first_words(talk: Talk, welcomed: bool) -> None:
    """One notice a turn: that this is a machine, what was masked, or both in one Card."""
    first = talk.state.turns == 0 and not welcomed and talk.heard.intent != "greet"
    key = next(
        (key for kind, key in NOTICES if kind in talk.heard.masked and key not in talk.state.told),
        None,
    )
    if key is None:
        if first:
            talk.say("notice")
        return
    card = talk.message(key)
    if first:
        lead = talk.message("notice_short").text
        card = replace(card, text=f"{lead} {card.text}")
    talk.cards.append(card)


def danger(talk: Talk) -> bool:
    """Explicit words of danger get the emergency numbers and nothing else."""
    if "attr_distress" not in talk.heard.concepts:
        return False
    facts = [
        wording.Fact(known.label, known.shown) for known in talk.knowledge.emergency if known.shown
    ]
    talk.say("distress", facts=facts)
    return True


def incident(talk: Talk) -> bool:
    """An incident in force that explains the message is told before any triage."""
    named = {*talk.heard.problems, talk.heard.intent or ""}
    return incidents.explained(talk, named, problems.told(talk))
