"""What is told before anything else: that this is a machine, what was masked, danger, incidents."""

from __future__ import annotations

from aiguilleur.card import Card
from aiguilleur.dialogue import wording
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
    """The notice of the first message, or the one measured to what was masked: one a turn."""
    if talk.state.turns == 0 and not welcomed and talk.heard.intent != "greet":
        talk.say("notice")
    for kind, key in NOTICES:
        if kind in talk.heard.masked and key not in talk.state.told:
            talk.cards.clear()
            talk.say(key)
            return


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
    """An incident in force that explains the problem told: said once, before any triage."""
    problems = set(talk.heard.problems) | {talk.heard.intent}
    for known in talk.knowledge.incidents:
        key = f"incident:{known.id}"
        over = known.end is not None and talk.now > known.end
        if talk.now < known.start or over or key in talk.state.told:
            continue
        if problems & set(known.intents):
            talk.state = talk.state.tell(key)
            labels = talk.knowledge.labels
            talk.cards.append(
                Card(
                    text=known.text,
                    level="warning",
                    buttons=(
                        wording.button(labels["incident_yes"], "@end"),
                        wording.button(labels["incident_no"], f"guide:{_guide_id(talk)}"),
                    ),
                )
            )
            return True
    return False


def _guide_id(talk: Talk) -> str:
    return talk.knowledge.guide_of_intent.get(talk.heard.intent or "", talk.knowledge.menu[0])
