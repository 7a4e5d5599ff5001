"""« Mais je ne parlais pas du NUMEN », « je ne suis pas piratée ! »: the open topic is not the right one.

It is left at once, whatever step was in hand; what the rest of the message tells is taken instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aiguilleur.dialogue import asking, problems, readers, steps, topics, wording
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide
from aiguilleur.understanding import ANSWER, CLARIFY, Understanding

_PLAINLY = re.compile(
    r"\b(?:parl(?:e|ais|ait|ons) (?:meme )?pas (?:de|d'|du|des)"
    r"|(?:demande|demandais|demandait|cherche|cherchais) pas (?:le|la|les|l'|mon|ma|mes|un|une|ca|cela|de)"
    r"|(?:est|c) pas (?:du tout )?(?:mon|le|ma|la) (?:probleme|souci|sujet|question)"
    r"|(?:rien|aucun) (?:a voir|rapport)|hors[- ]sujet|a cote de la plaque"
    r"|(?:mal|pas|rien) compris (?:ma|mon|ce que|le) \w+|vous (?:m'avez|avez) (?:mal|rien|pas) compris"
    r"|ai (?:jamais|pas) (?:dit|demande|parle) (?:ca|cela|que|de)"
    r"|(?:suis|etais|ai|est|a) pas (?:du tout )?(?:ete )?(?:pirate|hacke)e?s?"
    r"|(?:me |m'en |on s'en |)(?:fiche|fous|moque) (?:du|de la|des) \w+"
    r"|(?:laisse[rz]?|laissons) (?:donc |un peu )?tomber (?:le|la|les|l'|mon|ma|mes|cette|ce|cet) ?\w+"
    r"|(?:^|bon |ok |non |mais )oublie[rz] (?:le|la|les|l'|mon|ma|mes|cette|ce|cet) ?\w+)"
)
"""Words that put the open topic aside."""
_TURNED = re.compile(
    r"(?<!pas )(?<!pour )(?<!avec )\bmoi,? c(?:'est| est)? (?:le|la|l'|les|mon|ma|mes) ?\w+"
)
"""« Moi c’est la boîte que je cherche »: what it is about instead."""
LONG = 40
"""From how many words a message tells a story rather than a denial."""


def denied(talk: Talk) -> bool:
    """Whether the message says that the open topic is not what was meant; then it is left."""
    here = talk.knowledge.guides.get(talk.state.guide or talk.state.topic or "")
    if here is None or readers.word_count(talk.heard.text) > LONG or not _denies(talk, here):
        return False
    other = next(_others(talk, here), None)
    for_later = talk.knowledge.guides.get(talk.state.queued or "")
    _leave(talk, here)
    if other is not None:
        guide, half = other
        with talk.hearing(half):
            topics.start(talk, guide, talk.message("denied_lead").text)
    elif for_later is not None and for_later.id != here.id:
        topics.start(talk, for_later, talk.message("denied_lead").text)
    else:
        offered = [wording.button(g.label, f"guide:{g.id}") for g in _likely(talk, here)]
        talk.say("denied", buttons=offered or None)
    return True


def _denies(talk: Talk, here: Guide) -> bool:
    folded = readers.fold(talk.heard.text)
    found = _PLAINLY.search(folded)
    if found is None:
        return _turns_from_a_question(talk, here, folded)
    current = topics.current(talk)
    if current is not None:
        key = steps.named(talk, *current)
        edge = current[1].edge(key) if key else None
        if edge and readers.longest(folded, edge.like) > len(found[0]):
            return False
    questions = (*here.questions, *(current[1].questions if current else ()))
    return not any(
        found[0] in phrase or phrase in found[0]
        for question in questions
        for phrase in map(readers.fold, question.like)
        if len(phrase) >= asking.TELLING and readers.says(folded, phrase)
    )


def _turns_from_a_question(talk: Talk, here: Guide, folded: str) -> bool:
    """« C’est quoi le NUMEN ? Moi c’est la boîte mail que je cherche »."""
    turns = folded.startswith(("non non c", "mais moi c")) or _TURNED.search(folded)
    return bool(turns) and next(_others(talk, here), None) is not None


def _others(talk: Talk, here: Guide) -> Iterator[tuple[Guide, Understanding]]:
    """The topics that the rest of the message tells, best first."""
    halves = [half for pair in talk.heard.halves for half in reversed(pair)]
    for half in (*halves, talk.heard):
        if half is not talk.heard and _PLAINLY.search(readers.fold(half.text)):
            continue
        names = [half.intent] if half.decision == ANSWER else []
        names += half.options if half.decision == CLARIFY and half is not talk.heard else ()
        for name in names:
            guide = talk.knowledge.guides.get(talk.knowledge.guide_of_intent.get(name or "") or "")
            if guide is None or guide.id == here.id or guide.family == problems.DESK_FAMILY:
                continue
            if problems.is_grave(guide) and half.confidence < problems.GRAVELY:
                continue
            if half is talk.heard and (problems.related(guide, here) or not _speaks(half, guide)):
                continue
            yield guide, half


def _speaks(half: Understanding, guide: Guide) -> bool:
    denied = {name.removeprefix("not_") for name in half.concepts if name.startswith("not_")}
    return not guide.about or bool((half.concepts - denied) & set(guide.about))


def _likely(talk: Talk, here: Guide) -> list[Guide]:
    """What may have been meant instead, to be offered."""
    named = talk.knowledge.guide_of_intent
    guides = [talk.knowledge.guides[named[i]] for i in talk.heard.options if i in named]
    return [guide for guide in guides if guide.id != here.id][:3]


def _leave(talk: Talk, here: Guide) -> None:
    """Close the topic and all that waited for it."""
    frames = tuple(f for f in talk.state.frames if not f.startswith(f"{here.id}#"))
    talk.change(
        guide=None,
        step=None,
        topic=None,
        problem=None,
        purpose=None,
        pending=None,
        routed=None,
        frames=frames,
        queued=None,
        misread=0,
    )


def mine(talk: Talk, before: str | None) -> bool:
    """« Quelle personne ? C’est moi, c’est ma boîte »: the guide begins again, for the one who writes.

    ``before``: whose mailbox it was about when the turn began.
    """
    guide = talk.knowledge.guides.get(talk.state.guide or talk.state.topic or "")
    if before != "other" or talk.state.for_whom != "self" or guide is None:
        return False
    there, node = topics.beginning(talk, guide)
    if talk.state.routed or talk.state.at() == f"{there.id}#{node.id}":
        return False
    topics.start(talk, guide, talk.message("denied_lead").text)
    return True
