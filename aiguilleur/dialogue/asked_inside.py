"""Inside a guide: the questions asked about the step, the guide, or a request already made."""

from __future__ import annotations

from aiguilleur.dialogue import acting, asking, insisting, problems, readers, topics
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide, Node

CERTAIN, SPECIFIC = 0.9, 10
"""The probability that nothing has changed, and from how many letters a phrase outweighs it."""


def of_the_guide(talk: Talk, guide: Guide, node: Node) -> bool:
    """A question of the step or of the guide, unless a shared one is told by a longer phrase."""
    question = asking.question_for(talk, (*node.questions, *guide.questions))
    if question is None or asking.better_said(talk, question):
        return False
    asking.answer_question(talk, question)
    return True


def tells_how_it_went(talk: Talk, guide: Guide, node: Node) -> bool:
    """« Essayé avec Firefox et Chrome, pareil »: an answer, though a word of it begins a question."""
    if "?" in talk.heard.text or acting.answer(node, talk.heard) is None:
        return False
    if acting.told(talk.heard, "act_still") < CERTAIN:
        return False
    if asking.longest_asked(talk, node.questions):
        return False
    questions = (*guide.questions, *talk.knowledge.questions)
    return asking.longest_asked(talk, questions) < SPECIFIC


def plainly(talk: Talk, guide: Guide, node: Node) -> bool:
    """Whether a question of the step, of the guide or of no guide is asked in its own words, though another
    problem is heard with some doubt."""
    if talk.heard.confidence >= problems.GRAVELY:
        return False
    questions = (*node.questions, *guide.questions, *talk.knowledge.questions)
    return asking.longest_asked(talk, questions) >= asking.TELLING


def rather(talk: Talk, guide: Guide, node: Node, answer: str) -> bool:
    """« Et la mienne, elle est pleine aussi ? »: a question that holds the words of an answer.

    The longer phrase tells which; an answer told by its label alone stays one.
    """
    heard = talk.heard
    folded = readers.fold(heard.text)
    edge = node.edge(answer)
    if edge is None or (edge.label and folded == readers.fold(edge.label)):
        return False
    told = readers.longest(folded, edge.like)
    asks = acting.told(heard, "question", "act_not_understood", "act_why") >= acting.LIKELY
    if told and "?" not in heard.text and not asks:
        return False
    questions = (*node.questions, *guide.questions, *talk.knowledge.questions)
    question = asking.question_for(talk, questions)
    if question is None:
        return False
    if readers.longest(folded, question.like) <= told:
        return False
    asking.answer_question(talk, question)
    return True


def foresees_contact(talk: Talk, node: Node, answer: str | None) -> bool:
    """Whether the answer heard is said by its own phrase, or is made for a request already sent."""
    edge = node.edge(answer) if answer else None
    if edge is None:
        return False
    folded = readers.fold(talk.heard.text)
    by_label = bool(edge.label) and folded == readers.fold(edge.label or "")
    return (
        by_label
        or readers.longest(folded, edge.like) >= asking.TELLING
        or any("contacted" in item or "act_sent" in item for item in edge.when)
    )


def already_made(talk: Talk, guide: Guide, node: Node, other: Guide | None) -> bool:
    """« Je leur ai déjà écrit et ça ne bouge pas »: the request already made is the subject now."""
    name = talk.knowledge.guide_of_intent.get(insisting.STATUS_INTENT)
    if (
        name is None
        or name == guide.id
        or guide.family == problems.DESK_FAMILY
        or node.kind == "route"
    ):
        return False
    concepts = talk.heard.concepts
    if acting.told(talk.heard, "question", "act_where", "act_why") >= acting.LIKELY:
        return False
    written = concepts & insisting.ASKED
    if not written or (other and other.id != name and not problems.related(other, guide)):
        return False
    if insisting.made_before(talk) and insisting.second_is_due(talk):
        insisting.second(talk)
        return True
    status = talk.knowledge.guides[name]
    topics.interrupt(talk, status)
    topics.start(talk, status)
    return True
