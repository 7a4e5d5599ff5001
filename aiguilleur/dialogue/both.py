"""Two things in one message at a step: an answer to it, and a question or another problem beside it.

« Oui presque au bout, mais j’ai peur de supprimer des choses importantes » is answered and goes on:
the halves come from the understanding, each read as if it were alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from aiguilleur.card import Card, plain
from aiguilleur.dialogue import (
    acting,
    asking,
    desk,
    learning,
    problems,
    readers,
    steps,
    topics,
    wording,
)
from aiguilleur.dialogue.talk import Talk
from aiguilleur.knowledge.model import Guide, Node, Question
from aiguilleur.understanding import Understanding

MOST_LETTERS, MOST_WITH_TOWN = 640, 700
"""How much a turn says at most when it answers two things, and when one of them is a town."""
SHORT = 14
"""How many words the half that answers the step may have."""
PLAINLY = 0.7
"""Least probability of the answer to the step, when no phrase names it."""
SHARE, MASS = 0.5, 0.1
"""Least share of a question among those open now, and probability of these, when no phrase names it."""
OF_THE_STEP = ("act_where", "act_not_understood", "act_still", "act_cannot", "act_wait")
"""Acts that take back what the other half says was done."""
SAME = 0.6
"""From which share of its words an answer is already in the step that follows."""
POSITIVE = acting.POSITIVE - {"yes"}
"""Answers that tell something done or mended."""


@dataclass(frozen=True)
class Both:
    """The half that answers the step, with the key of its answer, and what the other half asks."""

    answer: Understanding
    key: str
    beside: Understanding
    question: Question | None
    problem: Guide | None


_THANKS = re.compile(
    r"(?:(?:ok|oki|super|parfait|d'accord|bon|bien|ah|tres|grand|beaucoup|mille|top|genial|merci|mrc) ?)*(?:merci|mrc)"
    r"(?: (?:beaucoup|bien|a vous|infiniment|pour tout|pour l'info|pour ca))?"
)


def beneath_thanks(heard: Understanding) -> Understanding:
    """« Merci. Je commence par téléphoner ? » without its thanks: what remains is what is to be heard."""
    for head, tail in heard.halves:
        if (
            _THANKS.fullmatch(readers.fold(head.text).strip(" ,!."))
            and readers.word_count(tail.text) > 2
        ):
            return replace(tail, masked=heard.masked, academic_address=heard.academic_address)
    return heard


def answered(talk: Talk) -> bool:
    """Whether the message answers the step in hand and says something else beside; both are taken."""
    found = topics.current(talk)
    if found is None or found[1].kind not in topics.OPEN_KINDS or not talk.heard.halves:
        return False
    both = next(
        (
            both
            for pair in talk.heard.halves
            for one, other, last in ((*pair, False), (*pair[::-1], True))
            if (both := _both(talk, *found, one, other, last)) is not None
        ),
        None,
    )
    if both is None:
        return False
    _take(talk, *found, both)
    return True


def with_town(talk: Talk) -> bool:
    """« À Feurs. Mais c’est internet de l’école ou nous ? »: the desk asked for, and the question too."""
    if talk.state.pending != "department" or not talk.place.department:
        return False
    asked = next(
        (
            question
            for pair in talk.heard.halves
            for half, other in (pair, pair[::-1])
            if not _tells_town(talk, half) and _tells_town(talk, other)
            if (question := _asked_beside(talk, learning.supplemented(half, talk.state)))
        ),
        None,
    )
    if asked is None or not desk.read_place(talk, talk.place):
        return False
    card = Card(
        text=talk.words(talk.question(asked)), facts=wording.facts(asked.facts, talk.knowledge)
    )
    cards = [card, *talk.cards]
    if _fit(cards, MOST_WITH_TOWN):
        talk.cards[:] = cards
    if talk.state.pending is None:
        topics.closed(talk)
    return True


def _tells_town(talk: Talk, half: Understanding) -> bool:
    return bool(talk.base.places.read(half.text, asked=True).department)


def _asked_beside(talk: Talk, half: Understanding) -> Question | None:
    guide = talk.knowledge.guides.get(talk.state.topic or "")
    return _question(talk, guide.questions if guide else (), half)


def _both(
    talk: Talk, guide: Guide, node: Node, one: Understanding, other: Understanding, last: bool
) -> Both | None:
    """``one`` as the answer to the step and ``other`` as what is beside it, if they are that.

    ``last``: the answer comes after the rest; « un zéro ou un O ? je sais jamais » is about the rest.
    """
    one, other = (learning.supplemented(half, talk.state) for half in (one, other))
    key = _answer(talk, guide, node, one)
    if key is None or (last and key not in POSITIVE | {"still"}):
        return None
    if key in POSITIVE and acting.told(other, *OF_THE_STEP) >= acting.LIKELY:
        return None
    named = steps.named(talk, guide, node)
    if named not in {None, key}:
        return None
    question = None
    if key not in POSITIVE or not _NEXT.fullmatch(readers.fold(other.text).strip("?! ")):
        question = _question(talk, (*node.questions, *guide.questions), other)
    problem = None if question else _problem(talk, guide, other)
    if question is None and problem is None:
        return None
    return Both(one, key, other, question, problem)


_NEXT = re.compile(
    r"(?:et |bon |ok |alors |du coup )*(?:ensuite|apres|maintenant|la suite|apres ca|quoi (?:maintenant|ensuite|apres)"
    r"|(?:je|on) fai[st] quoi(?: (?:maintenant|ensuite|apres|la))?|quoi d'autre)(?: (?:je|on) fai[st] quoi)?"
)
"""« Et ensuite ? » once a step is done: the next step is the answer."""


def _answer(talk: Talk, guide: Guide, node: Node, half: Understanding) -> str | None:
    if half.text.rstrip().endswith("?") or readers.word_count(half.text) > SHORT:
        return None
    if acting.told(half, *asking.ASKING) >= acting.LIKELY:
        return None
    key = steps.named(_hearing(talk, half), guide, node)
    if key:
        return key
    weak = readers.weak_answer(node, half)
    learned = acting.answer(node, half)
    if weak is None or learned is None or weak.key != learned.key:
        return None
    return weak.key if acting.told(half, *acting.ANSWERS.get(weak.key, ())) >= PLAINLY else None


def _question(talk: Talk, own: tuple[Question, ...], half: Understanding) -> Question | None:
    """The known question that a half asks: one of ``own`` or of no guide."""
    alone = _hearing(talk, half)
    questions = (*own, *talk.knowledge.questions)
    question = asking.question_for(alone, questions)
    if question is not None and asking.longest_asked(alone, (question,)) >= asking.TELLING:
        return question
    if not asking.asks(alone):
        return None
    likeliest, share, mass = asking.likeliest(alone)
    return question if share < SHARE or mass < MASS else likeliest


def _problem(talk: Talk, guide: Guide, half: Understanding) -> Guide | None:
    """Another problem of the mail, told by a half in words of its own."""
    told = problems.told(_hearing(talk, half))
    if told is None or told.id == guide.id or problems.related(told, guide):
        return None
    tells = acting.told(half, "problem") >= acting.LIKELY
    plain_words = tells and half.confidence >= problems.CLEAR and readers.word_count(half.text) > 3
    if not plain_words or told.family == problems.DESK_FAMILY or problems.is_grave(told):
        return None
    return told if problems.speaks_of(_hearing(talk, half), told) else None


def _hearing(talk: Talk, half: Understanding) -> Talk:
    """The same turn, as if the half were all that was said. To read from, never to say from."""
    return replace(talk, heard=half, cards=[], notes=[])


def _take(talk: Talk, guide: Guide, node: Node, both: Both) -> None:
    """Take the answer, and say what was asked: before the next step, or after the last word."""
    said = len(talk.cards)
    if both.problem:
        talk.change(queued=both.problem.id)
    with talk.hearing(both.answer):
        steps.take(talk, guide, node, both.key)
    if both.problem:
        _then(talk, both.problem, both.beside, said)
    if both.question is None:
        return
    goes_on = topics.current(talk) is not None or talk.state.pending is not None
    card = asking.answer_card(talk, both.question, () if goes_on else asking.ways_on(talk))
    cards = [*talk.cards]
    cards.insert(said if goes_on else len(cards), card)
    if not _said(card, talk.cards) and _fit(cards, MOST_LETTERS):
        talk.cards[:] = cards


def _fit(cards: list[Card], letters: int) -> bool:
    """Whether a turn may say all these Cards."""
    return len(cards) <= desk.MOST_CARDS and sum(len(plain(card)) for card in cards) <= letters


def _said(card: Card, cards: list[Card]) -> bool:
    """Whether the next step says most of what the question was to be answered."""
    words = set(readers.stems(card.text))
    told = {stem for other in cards for stem in readers.stems(other.text)}
    return len(words & told) >= SAME * len(words)


def _then(talk: Talk, problem: Guide, beside: Understanding, said: int) -> None:
    """The other problem: at once when the first is over, else kept, and the person is told so."""
    if topics.current(talk) is None and talk.state.pending in {None, "queued"}:
        talk.cards[:] = talk.cards[: said + 1]
        talk.change(queued=None, pending=None, options=())
        with talk.hearing(beside):
            topics.start(talk, problem)
    elif talk.state.queued == problem.id:
        lead = talk.message("kept_for_later", topic=topics.lower_first(problem.title)).text
        first = talk.cards[said]
        talk.cards[said] = replace(first, text=f"{lead} {first.text}")
