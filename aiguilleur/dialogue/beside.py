"""Inside a guide: what is no answer to the step, an act of the dialogue or something told beside it."""

from __future__ import annotations

from aiguilleur.card import Card
from aiguilleur.dialogue import (
    acting,
    acts,
    asides,
    asking,
    desk,
    details,
    problems,
    readers,
    steps,
    topics,
    unclear,
)
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide, Node
from aiguilleur.understanding import ANSWER

DEVICE_INTENT = "imap_failure"
"""The intent whose guide takes a device that is only named."""


def act(talk: Talk, guide: Guide, node: Node) -> bool:
    concepts = talk.heard.concepts
    if _of_another_house(talk):
        return unclear.near(talk)
    if "act_wait" in concepts:
        talk.say("wait", buttons=talk.node(guide, node).buttons)
    elif "act_returned" in concepts and not talk.place.department:
        steps.remind(talk)
    elif concepts & {"act_where", "act_not_understood"} and node.help:
        topics.help_with(talk, guide, node)
    elif concepts & {"act_repeat", "act_not_understood"}:
        topics.enter(talk, guide, node, again=True)
    elif "act_back" in concepts:
        _previous(talk, guide, node)
    elif "act_show_all" in concepts and guide.counted:
        topics.show_all(talk, guide)
    elif concepts & {"act_what_if", "act_which_first"}:
        acts.support(talk)
    elif not _tells_a_town(talk) and (
        talk.heard.decision == ANSWER
        and talk.heard.intent in problems.SMALL - {"affirm", "deny", "inform"}
    ):
        return _misheard(talk) and _reread(talk, guide, node)
    elif talk.place.department and (talk.place.whole or problems.told(talk) is None):
        desk.known(talk, talk.place.department, talk.place.place)
        if topics.place_awaited(talk):
            return True
        lead = talk.message("place_kept").text
        card = talk.node(guide, node)
        talk.cards.append(
            Card(text=f"{lead} {steps.short(card)}", links=card.links, buttons=card.buttons)
        )
    elif acting.told(talk.heard, "act_works") >= acting.BEYOND_DOUBT:
        talk.change(guide=None, step=None)
        talk.say("thanks")
    elif _something_else(talk, guide, node):
        return True
    elif "act_cannot" in concepts:
        talk.say("cannot_now", buttons=talk.node(guide, node).buttons)
    else:
        problem = problems.told(talk)
        if problem and problem.id == guide.id and readers.word_count(talk.heard.text) > 3:
            steps.remind(talk)
        else:
            topics.reask(talk, guide, node)
    return True


def _of_another_house(talk: Talk) -> bool:
    """« Et la mutuelle, c’est qui ? »: a near subject is named, and asked about."""
    asks = acting.told(talk.heard, "question", "problem", "foreign") >= acting.LIKELY
    return (asks or "?" in talk.heard.text) and unclear.names_near(talk) is not None


def _tells_a_town(talk: Talk) -> bool:
    """« L’un d’eux est rattaché à Trévoux »: a town told beside the step, whatever else it sounds like."""
    told = talk.place.department or talk.place.academy
    return bool(told) and acting.told(talk.heard, "detail") >= acting.LIKELY


def _something_else(talk: Talk, guide: Guide, node: Node) -> bool:
    """What is neither an answer to the step nor an act: a place, another house, another situation…"""
    return (
        _other_place(talk)
        or (_speaks_elsewhere(talk) and unclear.near(talk))
        or _other_situation(talk, guide, node)
        or _asked_of_another(talk)
        or asides.nearest(talk)
        or problems.opened_at_last(talk)
    )


def _speaks_elsewhere(talk: Talk) -> bool:
    """Whether another house is spoken of, not only named: « c’est mon fils qui a joué avec »."""
    asks = acting.told(talk.heard, "question", "problem", "foreign") >= acting.LIKELY
    return asks or talk.heard.intent == "out_of_scope" or "foreign_only" in talk.heard.concepts


def _asked_of_another(talk: Talk) -> bool:
    """A question that the guide of another topic answers: answered, and the step stays."""
    question = asides.of_another(talk)
    if question is None:
        return False
    asking.answer_question(talk, question)
    return True


def _other_place(talk: Talk) -> bool:
    """A place that no desk here serves, or two of them, told beside the step."""
    told = talk.place.whole or acting.told(talk.heard, "detail") >= acting.LIKELY
    return told and not talk.place.department and desk.read_place(talk, talk.place)


def _misheard(talk: Talk) -> bool:
    """« L’inspection m’a rien donné », taken for something foreign: here it only answers badly."""
    foreign = talk.heard.concepts & {"not_ours", "foreign_only", "only_foreign"}
    return talk.heard.intent == "out_of_scope" and not foreign and not unclear.names_near(talk)


def _reread(talk: Talk, guide: Guide, node: Node) -> bool:
    if not _other_situation(talk, guide, node) and not asides.nearest(talk):
        topics.reask(talk, guide, node)
    return True


def _previous(talk: Talk, guide: Guide, node: Node) -> None:
    if node.id in guide.counted and guide.counted.index(node.id) > 0:
        before = guide.nodes[guide.counted[guide.counted.index(node.id) - 1]]
        topics.enter(talk, guide, before)
    else:
        topics.enter(talk, guide, guide.nodes[guide.start], again=True)


def _other_situation(talk: Talk, guide: Guide, node: Node) -> bool:
    """« C’est ma première connexion », said in the middle of a guide that has a road for it."""
    entry = topics.told_by_attribute(talk, guide)
    if entry is None:
        return _other_device(talk, guide)
    there, step = topics.target_of(talk, guide, entry)
    if f"{there.id}#{step.id}" in talk.state.told or step.id == node.id:
        return False
    topics.enter(talk, there, step)
    return True


def _other_device(talk: Talk, guide: Guide) -> bool:
    """A bare « thunderbird » while the webmail was spoken of: it is about that device, then."""
    name = talk.knowledge.guide_of_intent.get(DEVICE_INTENT)
    device = (
        talk.heard.concepts & details.CLIENTS.keys() and readers.word_count(talk.heard.text) <= 3
    )
    if not device or name is None or guide.family == talk.knowledge.guides[name].family:
        return False
    topics.interrupt(talk, talk.knowledge.guides[name])
    topics.start(talk, talk.knowledge.guides[name])
    return True
