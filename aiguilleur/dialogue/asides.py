"""Questions that may come anywhere, and the nearest known question when nothing else was read.

``knowledge/questions.yml`` holds those that belong to no guide. A phrase is first looked for as it is
written; only when the turn would otherwise end in « je n’ai pas compris » are its words accepted in
another order, with others between them, or most of them.
"""

from __future__ import annotations

from functools import lru_cache

from aiguilleur.dialogue import acting, asking, problems, readers, topics
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide, Knowledge, Question, every_question
from aiguilleur.understanding import ANSWER

_FIRST_WORDS, _LATER_WORDS = 12, 30
"""How long a message may be to be nothing but a question: at first, and once a topic is open."""
_PLAINLY = 16
"""From how many letters a phrase tells a question within a longer first message."""


def asked(talk: Talk) -> bool:
    """Whether the message asks, in so many words, a question known to belong to no guide."""
    open_topic = bool(talk.state.topic or talk.state.guide)
    words = readers.word_count(talk.heard.text)
    unsure = talk.heard.decision != ANSWER or talk.heard.intent == "out_of_scope"
    plainly = asking.longest_asked(talk, talk.knowledge.questions) >= _PLAINLY
    if words > (_LATER_WORDS if open_topic or unsure or plainly else _FIRST_WORDS):
        return False
    problem = problems.told(talk)
    if problems.is_grave(problem) and not (plainly and talk.heard.confidence < problems.GRAVELY):
        return False
    contact = (
        problem is not None and problem.family == problems.DESK_FAMILY and talk.place.department
    )
    desk = contact or problems.wants_its_desk(talk, problem)
    tells = problem is not None and not _asks_first(talk)
    if problems.complains(talk) or (not open_topic and (desk or tells or problems.error_in(talk))):
        return False
    question = asking.question_for(talk, talk.knowledge.questions)
    if question is None:
        return False
    if not open_topic:
        _spoken_of(talk, problem)
    asking.answer_aside(talk, question)
    return True


def _asks_first(talk: Talk) -> bool:
    """Whether a first message asks something; « impossible d’ouvrir » tells a problem."""
    told = acting.told(talk.heard, "question", "act_what_if", "act_why", "act_where")
    return "?" in talk.heard.text or told >= acting.LIKELY


def _spoken_of(talk: Talk, problem: Guide | None) -> None:
    """A first message that a question answers is still about a topic: its follow-ups are heard."""
    likely = [talk.knowledge.guide_of_intent.get(intent) for intent in talk.heard.options]
    topic = problem.id if problem else next(filter(None, likely), None)
    if topic:
        talk.change(topic=topic, problem=topic)


_ELSEWHERE = 10
"""From how many letters a phrase tells a question of a topic that is not the open one."""


def of_another(talk: Talk) -> Question | None:
    """The question that a topic near the message answers, though another one is open.

    The topics near it: the one heard, then those that would be offered, then those of the open one's
    family. The longest phrase wins.
    """
    heard, knowledge = talk.heard, talk.knowledge
    here = knowledge.guides.get(talk.state.guide or talk.state.topic or "")
    names = [knowledge.guide_of_intent.get(i or "") for i in (heard.intent, *heard.options)]
    near = [knowledge.guides[name] for name in names if name]
    if here is not None:
        near += [
            g for g in knowledge.guides.values() if g.id != here.id and problems.related(g, here)
        ]
    if heard.decision == ANSWER and near and names[0]:
        sure = asking.question_for(talk, near[0].questions)
        if sure is not None:
            return sure
    asked = tuple(q for guide in near if guide is not here for q in guide.questions)
    if asking.longest_asked(talk, asked) < _ELSEWHERE:
        return None
    return asking.question_for(talk, asked)


SHARE, MASS = 0.4, 0.06
"""Least share of the likeliest question, and probability of all those open, for it to be answered when
nothing else was read."""
SHARE_UNASKED, MASS_UNASKED, LEAST_WORDS = 0.7, 0.25, 3
"""The same when nothing tells that it asks at all, or no topic is open; a word or two ask nothing."""


def learned(talk: Talk) -> bool:
    """Whether the message asks, in other words than those written down, a known question."""
    question, share, mass = asking.likeliest(talk)
    if question is None or readers.word_count(talk.heard.text) < LEAST_WORDS:
        return False
    asks = asking.asks(talk)
    if talk.state.pending == "department" and not asks:
        return False
    if mass < (MASS if talk.state.topic and asks else MASS_UNASKED):
        return False
    if share < (SHARE if asks else SHARE_UNASKED):
        return False
    asking.answer_aside(talk, question)
    return True


def nearest(talk: Talk) -> bool:
    """Whether the message holds the words of a known question, in whatever order; then it is answered."""
    if readers.word_count(talk.heard.text) > _LATER_WORDS:
        return False
    question = _nearest(talk)
    if question is None:
        return learned(talk)
    asking.answer_aside(talk, question)
    return True


def _nearest(talk: Talk) -> Question | None:
    questions = asking.open_questions(talk)
    words = readers.stems(talk.heard.text)
    rarity = _rarity(talk.base)
    best, best_score = None, 0.0
    facts = topics.facts_of(talk)
    for question in questions:
        if not readers.holds(question.only, facts):
            continue
        for phrase in question.like:
            score = readers.resemblance(words, phrase, rarity)
            if score > best_score:
                best, best_score = question, score
    return best


@lru_cache(maxsize=2)
def _rarity(knowledge: Knowledge) -> dict[str, float]:
    """How telling each word is among all the questions known."""
    return readers.rarities(
        phrase for question in every_question(knowledge) for phrase in question.like
    )
