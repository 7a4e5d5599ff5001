"""A question was asked outside a guide: is this message its answer?"""

from __future__ import annotations

import re

from aiguilleur.dialogue import (
    acting,
    acts,
    asides,
    desk,
    follow_up,
    incidents,
    problems,
    readers,
    steps,
    topics,
    wording,
)
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide
from aiguilleur.understanding import ANSWER


def answered(talk: Talk) -> bool:
    """Whether the message answers the question asked outside a guide; then it is acted on."""
    pending = talk.state.pending
    if pending == "department":
        return _place_asked(talk)
    if pending == "erase":
        talk.change(pending=None)
        if "act_yes" in talk.heard.concepts:
            acts.erase(talk)
            return True
        if "act_no" in talk.heard.concepts:
            talk.say("erase_no")
            return True
        return False
    if pending == incidents.PENDING:
        return incidents.answered(talk, problems.told(talk))
    if pending in {"queued", "resume", "clarify"}:
        return _offered(talk, pending)
    return False


def _tells_its_problem(talk: Talk) -> bool:
    """« J’ai écrit deux fois à la DSDEN du Rhône, zéro réponse », where only the town was known to be
    missing: the problem, told at last, comes before the desk."""
    place, problem = talk.place, problems.told(talk)
    if not place.department or place.whole or talk.state.topic or problem is None:
        return False
    if problem.family == problems.DESK_FAMILY:
        return False
    desk.known(talk, place.department, place.place)
    talk.change(pending=None)
    return True


def _place_asked(talk: Talk) -> bool:
    if _tells_its_problem(talk):
        return False
    if desk.read_place(talk, talk.place):
        if talk.state.pending is None:
            topics.closed(talk)
        return True
    if follow_up.follow_up(talk) or asides.asked(talk) or follow_up.aside(talk):
        return True
    if (
        "act_still" not in talk.heard.concepts
        and problems.told(talk)
        and not problems.same_topic(talk, problems.told(talk))
    ):
        talk.change(pending=None)
        return False
    hurried = talk.heard.concepts & {"attr_deadline", "attr_urgent"}
    if (
        talk.heard.decision == ANSWER
        and talk.heard.intent in {"thank", "out_of_scope", "ask_capabilities"}
        and not hurried
        and (talk.heard.intent == "thank" or acting.opens_subject(talk.heard))
    ):
        return False
    if ("act_no" in talk.heard.concepts and readers.word_count(talk.heard.text) <= 2) or (
        "act_end" in talk.heard.concepts
    ):
        acts.end(talk)
        return True
    if "act_repeat" in talk.heard.concepts:
        talk.say("ask_department_again", buttons=desk.department_buttons(talk))
        return True
    if not asides.nearest(talk):
        desk.unread_department(talk)
    return True


def _offered(talk: Talk, pending: str) -> bool:
    heard = talk.heard
    options = [talk.knowledge.guides[o] for o in talk.state.options if o in talk.knowledge.guides]
    folded = readers.fold(heard.text)
    talk.change(pending=None, options=())
    if pending == "resume":
        if "act_yes" in heard.concepts:
            acts.resume(talk)
            return True
        if "act_no" in heard.concepts:
            talk.change(guide=None, step=None)
            acts.other(talk)
            return True
        if problems.told(talk):
            talk.change(guide=None, step=None)
            return False
        found = topics.current(talk)
        talk.say(
            "resume",
            topic=topics.lower_first(found[0].title) if found else None,
            step=wording.count(*found).rstrip(". ").lower() or None if found else None,
        )
        return True
    for option in options:
        if folded == readers.fold(option.label):
            topics.start(talk, option)
            return True
    rank = readers.RANKS.get(folded)
    if rank is not None and rank < len(options):
        topics.start(talk, options[rank])
        return True
    if options and pending == "queued":
        if "act_yes" in heard.concepts:
            topics.start(talk, options[0])
            return True
        if "act_no" in heard.concepts and readers.word_count(heard.text) <= 4:
            acts.end(talk)
            return True
    situation = next((option for option in options if topics.told_by_attribute(talk, option)), None)
    if situation and not problems.told(talk):
        topics.start(talk, situation)
        return True
    if pending == "clarify" and _answers_a_topic(talk, options):
        return True
    if len(options) == 1 and "act_yes" in heard.concepts:
        topics.start(talk, options[0])
        return True
    if pending == "clarify":
        return _none_of_them(talk) or _likeliest(talk, options)
    return False


_NONE = re.compile(
    r"^(?:(?:non|nan|bah|ben|euh|pas|c'est) )*(?:autre chose|un autre sujet|autre sujet|rien de (?:tout )?(?:ca|cela)"
    r"|aucun(?:e)?(?: des (?:deux|trois))?|ni l'un ni l'autre|pas (?:du tout )?(?:ca|cela))(?: non plus)?$"
)
"""« Rien de tout ça »: none of the topics offered."""
_PLAUSIBLE, _TWICE = 0.15, 2.0
"""Least probability of a topic just offered to be taken for the one meant, and how far before the next."""


def _none_of_them(talk: Talk) -> bool:
    if not _NONE.search(readers.fold(talk.heard.text)):
        return False
    acts.other(talk)
    return True


def _likeliest(talk: Talk, options: list[Guide]) -> bool:
    """« Oui c’est le téléphone, le webmail ça va »: said again in doubt, but among the topics offered."""
    heard, named = talk.heard, talk.knowledge.guide_of_intent
    told = heard.decision == ANSWER and heard.intent not in problems.SMALL
    if told or readers.word_count(heard.text) < 2:
        return False
    chances = {option.id: 0.0 for option in options}
    for intent, chance in heard.likely.items():
        if named.get(intent) in chances:
            chances[named[intent]] += chance
    best, *others = sorted(options, key=lambda option: -chances[option.id])
    second = chances[others[0].id] if others else 0.0
    if chances[best.id] < max(_PLAUSIBLE, _TWICE * second):
        named_ones = [o for o in options if o.about and problems.speaks_of(talk, o)]
        if not named_ones or heard.intent in {"goodbye", "thank", "out_of_scope"}:
            return False
        best = named_ones[0]
    topics.start(talk, best)
    return True


_ANSWER = 4
"""From how many letters a phrase answers the first step of a topic that is only offered."""


def _answers_a_topic(talk: Talk, options: list[Guide]) -> bool:
    """« Bah mon adresse en entier »: the answer to what one of the topics offered would ask first."""
    folded = readers.fold(talk.heard.text)
    for option in options:
        node = option.nodes[option.start]
        key = steps.named(talk, option, node)
        edge = node.edge(key) if key else None
        if edge and readers.longest(folded, edge.like) >= _ANSWER:
            talk.change(guide=option.id, step=node.id, topic=option.id, problem=option.id)
            steps.take(talk, option, node, edge.key)
            return True
    return False
