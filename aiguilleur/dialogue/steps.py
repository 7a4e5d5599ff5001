"""The step in hand: the answer that a message gives to it, taking that answer, coming back to it."""

from __future__ import annotations

from aiguilleur.card import Card
from aiguilleur.dialogue import acts, readers, topics, wording
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide, Node


def answers_step(talk: Talk) -> bool:
    """Whether the message answers the step in hand, beyond doubt."""
    found = topics.current(talk)
    if found is None:
        return False
    sure = talk.heard.concepts & {"act_done", "act_works", "act_yes"}
    return named(talk, *found) is not None or (
        bool(sure) and readers.weak_answer(found[1], talk.heard) is not None
    )


def named(talk: Talk, guide: Guide, node: Node) -> str | None:
    """The key of the answer that the message names outright at this step."""
    labels = [edge.label or talk.knowledge.labels.get(edge.key, "") for edge in node.edges]
    edge = readers.strong_answer(node, talk.heard, labels)
    return edge.key if edge else None


def take(talk: Talk, guide: Guide, node: Node, key: str) -> None:
    """Take the answer ``key`` of a step: learn from it, then go where it leads."""
    edge = node.edge(key)
    if edge is None:
        return
    if key == "all":
        topics.show_all(talk, guide)
        return
    topics.learn(talk, node, edge)
    if edge.to.startswith("@"):
        if edge.say:
            talk.cards.append(Card(text=talk.words(edge.say)))
        acts.perform(talk, edge.to[1:])
    else:
        topics.follow(talk, guide, node, edge)


def remind(talk: Talk) -> None:
    """« Nous en sommes ici » : the step in hand again, shortly."""
    found = topics.current(talk)
    if found is None:
        talk.say("old_button")
        return
    card = talk.node(*found)
    lead = talk.message("here_we_are").text
    talk.cards.append(Card(text=f"{lead} {short(card)}", links=card.links, buttons=card.buttons))


def short(card: Card) -> str:
    """The last sentences of a step, enough to go on: its question, or what is to be done."""
    if card.text.startswith("Étape"):
        return card.text
    return wording.SENTENCE_END.split(card.text)[-1]
