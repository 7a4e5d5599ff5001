"""What a message does in the middle of a conversation, as learned from replies: pure readers.

The lexicon knows the usual words of a yes, a « c’est fait », a pause; a reply that uses none of them is
read here from the probabilities of the acts (``data/replies.yml``). Without them nothing is read.
"""

from __future__ import annotations

from aiguilleur.dialogue.details import CLIENTS
from aiguilleur.knowledge.model import Edge, Node
from aiguilleur.understanding import Understanding

SUBJECT = 0.3
"""From which probability a message may open another subject while one is open."""
SURE, LIKELY = 0.7, 0.5
"""Least probability for an act to be added to those of the lexicon, and for an answer to a step."""
BEYOND_DOUBT = 0.95
"""From which confidence a message about the assistant, a person or another house is that, whatever is open."""
BARE_FACT = 0.99
"""From which confidence a message is nothing but a place, a device, a date."""
DEVICES = frozenset({*CLIENTS, "client", "device"})
"""What a bare name of gives no answer: « gmail »."""
SUBJECTS = ("problem", "foreign")
OF_A_STEP = frozenset({"act_yes", "act_no", "act_done", "act_works", "act_still"})
"""Acts that answer a step: read last, by :func:`answer`, since their words depend on the question."""

OF_THE_DIALOGUE = frozenset({"act_wait", "act_returned", "act_repeat", "act_back", "act_show_all"})
"""Acts about the conversation itself, not about the step."""

ANSWERS: dict[str, tuple[str, ...]] = {
    "yes": ("act_yes", "act_works", "act_done"),
    "no": ("act_no", "act_still"),
    "unknown": ("act_unknown",),
    "works": ("act_works", "act_yes", "act_done"),
    "still": ("act_still", "act_no"),
    "done": ("act_done", "act_yes", "act_works"),
    "sent": ("act_sent", "act_done"),
    "stuck": ("act_where", "act_cannot", "act_still", "act_no"),
}
"""The key of an answer, and the acts that give it."""
POSITIVE = frozenset({"yes", "works", "done", "sent"})
"""Answers that a question never gives: « j’ai un é dans mon nom, ça joue ? »."""


def told(heard: Understanding, *acts: str) -> float:
    """The probability that the message does one of ``acts``; 0 when nothing was learned of it."""
    return sum(heard.acts.get(act, 0.0) for act in acts)


def opens_subject(heard: Understanding) -> bool:
    """Whether the message may open a subject of its own. True when nothing is known of its acts."""
    return not heard.acts or told(heard, *SUBJECTS) >= SUBJECT


def act(heard: Understanding) -> str | None:
    """The act that is beyond doubt, if there is one: a name of the lexicon (``act_where``…)."""
    name, chance = max(heard.acts.items(), key=lambda item: item[1], default=("", 0.0))
    sure = chance >= SURE and name.startswith("act_") and name not in OF_A_STEP
    return name if sure else None


def bare_fact(heard: Understanding) -> bool:
    """Whether the message is nothing but a place, a device, a date."""
    if heard.intent == "inform" and heard.confidence >= BARE_FACT:
        return True
    return len(heard.text.split()) == 1 and bool(heard.concepts & DEVICES)


def answer(node: Node, heard: Understanding) -> Edge | None:
    """The answer to a yes or no, an action or a test that the acts give at this step.

    A bare fact (« thunderbird », a town) gives none, whatever replies it resembles.
    """
    if bare_fact(heard):
        return None
    asks = heard.text.rstrip().endswith("?") and len(heard.text.split()) > 3
    keys = ANSWERS.keys() - POSITIVE if asks else ANSWERS.keys()
    chances = [(told(heard, *ANSWERS[e.key]), e) for e in node.edges if e.key in keys]
    best = max(chances, key=lambda item: item[0], default=None)
    return best[1] if best and best[0] >= LIKELY else None
