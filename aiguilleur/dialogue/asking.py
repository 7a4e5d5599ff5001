"""The known questions: which one a message asks, by its words or as learned, and its short answer."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from aiguilleur.card import Button, Card
from aiguilleur.dialogue import acting, desk, readers, topics, wording
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Edge, Question
from aiguilleur.understanding import ANSWER

LETTER, UNLIKELY = 0.6, 0.001
"""What a letter of a phrase weighs beside the learned share of a question, and the least of these;
measured on tests/questions."""
TELLING = 8
"""From how many letters a phrase says more than a word such as « rien », and needs no learning beside it."""
STRONG_SHARE, STRONG_MASS = 0.8, 0.3
"""From which share of the questions open now, themselves so likely together, one needs no phrase."""
ASKING = ("question", "act_what_if", "act_why", "act_where", "act_not_understood", "act_cannot")
"""Acts that ask something, if only by an objection."""


def asks(talk: Talk) -> bool:
    """Whether the message asks something, by its mark or by what replies have taught."""
    return "?" in talk.heard.text or acting.told(talk.heard, *ASKING) >= acting.LIKELY


def open_questions(talk: Talk) -> tuple[Question, ...]:
    """The questions that may be asked now: of the step, the guide, the topic, of no guide."""
    found = topics.current(talk)
    topic = talk.knowledge.guides.get(talk.state.topic or "")
    return (
        *(found[1].questions if found else ()),
        *(found[0].questions if found else ()),
        *(topic.questions if topic and (found is None or topic.id != found[0].id) else ()),
        *talk.knowledge.questions,
    )


def learned(talk: Talk) -> tuple[dict[str, float], float]:
    """What whole messages have taught of this one: the share of each question open now and of each
    answer of the step, by name, and the probability of all of them together among all those known."""
    chances, facts = talk.heard.questions, topics.facts_of(talk)
    names = {
        question.asks
        for question in open_questions(talk)
        if question.asks in chances and readers.holds(question.only, facts)
    }
    names |= answers_of_the_step(talk).keys() & chances.keys()
    mass = sum(chances[name] for name in names if name)
    return {name: chances[name] / mass for name in names if name}, mass


def answers_of_the_step(talk: Talk) -> dict[str, Edge]:
    """The answers that the step in hand takes, by the name under which they are learned."""
    found = topics.current(talk)
    if found is None:
        return {}
    guide, node = found
    return {name: edge for edge in node.edges if (name := guide.answer_name(edge))}


ANSWER_SHARE, ANSWER_MASS, ANSWER_MASS_BESIDE = 0.35, 0.1, 0.6
"""Least share of an answer among what may be said now, and probability of all of it, to be taken; more of
the latter when the message also says yes, no, done… beyond doubt. Measured on tests/answers."""
FEW_WORDS = 5
"""Up to how many words a plain yes or no is nothing else."""


def answer_told(talk: Talk) -> str | None:
    """The key of the answer to the step that the message gives in words of its own, as learned from
    whole messages; none when a question is asked in its known words. Answers that lead the same way
    count together."""
    heard = talk.heard
    if acting.act(heard) in acting.OF_THE_DIALOGUE or acting.bare_fact(heard):
        return None
    plain = acting.told(heard, *acting.OF_A_STEP) >= acting.BEYOND_DOUBT
    if plain and readers.word_count(heard.text) <= FEW_WORDS:
        return None
    shares, mass = learned(talk)
    if mass < (ANSWER_MASS_BESIDE if plain else ANSWER_MASS):
        return None
    answers = answers_of_the_step(talk)
    given = {name: share for name, share in shares.items() if name in answers}
    roads: dict[str, float] = {}
    for name, share in given.items():
        roads[answers[name].to] = roads.get(answers[name].to, 0.0) + share
    road = max(roads, key=lambda to: roads[to], default=None)
    asked = max((share for name, share in shares.items() if name not in answers), default=0.0)
    asks_where = acting.told(heard, "act_where", "act_not_understood") >= acting.SURE
    least = STRONG_SHARE if asks_where or asks(talk) else ANSWER_SHARE
    if road is None or roads[road] <= asked or roads[road] < least:
        return None
    if longest_asked(talk, open_questions(talk)) >= TELLING:
        return None
    alike = [name for name in given if answers[name].to == road]
    return answers[max(alike, key=lambda name: given[name])].key


def likeliest(talk: Talk) -> tuple[Question | None, float, float]:
    """The question most likely asked of those open now, its share of them and the probability of all."""
    shares, mass = ({}, 0.0) if turns_elsewhere(talk) else learned(talk)
    best = max(shares, key=lambda name: shares[name], default=None)
    facts = topics.facts_of(talk)
    question = next(
        (q for q in open_questions(talk) if q.asks == best and readers.holds(q.only, facts)), None
    )
    return question, shares[best] if best and question else 0.0, mass


PLAINLY = 0.9
"""From which confidence a message is heard for another topic than the open one."""


def turns_elsewhere(talk: Talk) -> bool:
    """Whether the message plainly tells another topic than the open one: no question is guessed then."""
    heard = talk.heard
    other = talk.knowledge.guide_of_intent.get(heard.intent or "")
    here = {talk.state.guide, talk.state.topic}
    return (
        heard.decision == ANSWER
        and bool(other)
        and other not in here
        and heard.confidence >= PLAINLY
    )


def question_for(talk: Talk, questions: tuple[Question, ...]) -> Question | None:
    """The follow-up that the message asks: by one of its phrases, as learned beyond doubt, else the
    first by concepts. Of several the longest phrase tells, unless the messages learned from say otherwise."""
    folded, concepts = readers.fold(talk.heard.text), topics.facts_of(talk)
    open_now = [question for question in questions if readers.holds(question.only, concepts)]
    said = [(readers.longest(folded, question.like), question) for question in open_now]
    length, best = max(said, key=lambda pair: pair[0], default=(0, None))
    if length >= TELLING:
        return best
    shares, mass = ({}, 0.0) if turns_elsewhere(talk) else learned(talk)
    sure = mass >= STRONG_MASS and asks(talk) and bool(talk.state.topic)
    told = [
        (math.log(share + UNLIKELY) + LETTER * length, question)
        for length, question in said
        for share in (shares.get(question.asks or "", 0.0),)
        if length or (sure and share >= STRONG_SHARE)
    ]
    if told:
        return max(told, key=lambda pair: pair[0])[1]
    if turns_elsewhere(talk):
        open_now = [question for question in open_now if not set(question.when) <= set(ASKING)]
    return next((q for q in open_now if q.when and readers.holds(q.when, concepts)), None)


def longest_asked(talk: Talk, questions: Iterable[Question]) -> int:
    """The length of the longest phrase of ``questions`` that the message holds; 0 without any."""
    folded = readers.fold(talk.heard.text)
    return max((readers.longest(folded, question.like) for question in questions), default=0)


def better_said(talk: Talk, question: Question) -> bool:
    """Whether a question of no guide is asked rather than this one of a guide: by a longer phrase."""
    shared = question_for(talk, talk.knowledge.questions)
    folded = readers.fold(talk.heard.text)
    told = readers.longest(folded, question.like)
    return bool(shared and readers.longest(folded, shared.like) > told)


def answer_card(talk: Talk, question: Question, buttons: tuple[Button, ...] = ()) -> Card:
    """What a question is answered today, with its links and facts."""
    return Card(
        text=talk.words(talk.question(question)),
        links=wording.links(question.links, talk.knowledge),
        facts=wording.facts(question.facts, talk.knowledge),
        buttons=buttons,
    )


def answer_question(talk: Talk, question: Question) -> None:
    """A short answer, then the step in hand stays as it is, its buttons in reach."""
    found = topics.current(talk)
    buttons = talk.node(*found).buttons if found else ways_on(talk)
    talk.cards.append(answer_card(talk, question, buttons))
    talk.aside = True
    talk.change(misses=0)


def answer_aside(talk: Talk, question: Question) -> None:
    """A short answer, and the question about the place again if it was open."""
    answer_question(talk, question)
    still_asked(talk)


def still_asked(talk: Talk) -> None:
    """The question about the place stays open under the answer: its buttons are those to press."""
    if talk.state.pending == "department":
        card = talk.cards.pop()
        buttons = tuple(desk.department_buttons(talk))
        talk.cards.append(replace(card, buttons=buttons))


def ways_on(talk: Talk) -> tuple[Button, ...]:
    """What can be done after an answer outside a guide: never a dead end."""
    labels = talk.knowledge.labels
    first = ("prepare", "@prepare") if talk.state.routed else ("support", "@support")
    return (
        wording.button(labels[first[0]], first[1]),
        wording.button(labels["end"], "@end"),
    )
