"""From a judgement to what is done with the message: answer, ask which, or own up.

Pure; knows thresholds, not how the numbers were made. The property it builds is the contract
between understanding and conversation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiguilleur.nlu.judgement import (
    FALLBACK_INTENT,
    INFORM,
    OUT_OF_SCOPE,
    SMALLTALK,
    Judgement,
    Ranking,
)
from aiguilleur.understanding import ANSWER, CLARIFY, FALLBACK

LEAST_ACT, LEAST_QUESTION = 0.02, 0.0001
LEAST_OF_HALF = 0.01
"""Least probability of a question asked by half a message, of which only a plain one is heard."""
TROUBLE = frozenset(
    ["obj_error", "st_refused", "st_blocked", "st_broken", "st_cannot_open", "st_wrong", "st_full"]
)
"""Concepts of what goes wrong."""
GRAVE = frozenset({"compromised_account", "numen_sharing"})


@dataclass(frozen=True)
class Thresholds:
    """``answer``: least chance of being right to answer; ``offer``: least probability to be offered.

    ``foreign``: least probability of out of scope to say so, or to own up rather than ask which.
    ``second``: least probability of a clause to count as a second problem, ``echoed`` that of the same
    intent in the whole message: « je mets mon adresse et il refuse » adds no address. ``product``: least
    probability of out of scope when the text names another product and nothing of ours.
    """

    answer: float = 0.66
    offer: float = 0.02
    foreign: float = 0.5
    second: float = 0.75
    echoed: float = 0.0002
    product: float = 0.005

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Thresholds:
        return cls(**{name: config[name] for name in cls.__dataclass_fields__ if name in config})


@dataclass(frozen=True)
class Decision:
    """``intent`` is None for clarify and fallback; ``problems`` starts with the one acted on."""

    kind: str
    intent: str | None
    confidence: float
    options: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def rasa_intent(self) -> str:
        return self.intent if self.kind == ANSWER and self.intent else FALLBACK_INTENT


def decide(judgement: Judgement, thresholds: Thresholds) -> Decision:
    """What to do with the message of ``judgement``."""
    if judgement.certain:
        return Decision(ANSWER, judgement.certain, 1.0, (), (judgement.certain,))
    if not judgement.reading.tokens:
        return Decision(FALLBACK, None, 0.0, (), ())
    judgement = _without_bare_fact(judgement)
    ranking = judgement.ranking
    top, first = ranking[0]
    if top != OUT_OF_SCOPE and _foreign_product(judgement, thresholds):
        return Decision(ANSWER, OUT_OF_SCOPE, judgement.chance, (), (OUT_OF_SCOPE,))
    if _mere_noise(judgement, top):
        return Decision(FALLBACK, None, judgement.chance, (), ())
    if judgement.chance >= thresholds.answer:
        problems = _problems(judgement, top, thresholds)
        return Decision(ANSWER, problems[0], judgement.chance, (), problems)
    clear = _clear_clauses(judgement, thresholds)
    if len(clear) > 1:
        told = tuple(sorted(clear, key=lambda intent: intent not in GRAVE))
        return Decision(ANSWER, told[0], min(clear.values()), (), told)
    ours = "ours_surely" in judgement.reading.concepts
    if top == OUT_OF_SCOPE and first >= thresholds.foreign and not ours:
        return Decision(FALLBACK, None, judgement.chance, (), ())
    options = _options(ranking, thresholds)
    if len(options) < 2 or _nothing_of_ours(judgement):
        return Decision(FALLBACK, None, judgement.chance, (), ())
    return Decision(CLARIFY, None, judgement.chance, options, options)


def _without_bare_fact(judgement: Judgement) -> Judgement:
    """« Secrétaire à Bourg, mon identifiant est refusé »: what tells a trouble is no bare fact."""
    (top, first), *others = judgement.ranking
    if top != INFORM or not others or not judgement.reading.concepts & TROUBLE:
        return judgement
    rest = max(1e-6, 1.0 - first)
    ranking = tuple((intent, p / rest) for intent, p in others)
    return replace(judgement, ranking=ranking, chance=min(judgement.chance, ranking[0][1]))


def _clear_clauses(judgement: Judgement, thresholds: Thresholds) -> dict[str, float]:
    """The problems that clauses tell plainly, each with its probability: the whole may be unsure."""
    return {
        part.ranking[0][0]: part.ranking[0][1]
        for part in judgement.parts
        if part.ranking[0][1] >= thresholds.second
        and part.ranking[0][0] not in SMALLTALK
        and part.ranking[0][0] not in (OUT_OF_SCOPE, "human_handoff")
    }


def _options(ranking: Ranking, thresholds: Thresholds) -> tuple[str, ...]:
    """Two or three topics worth offering; small talk is never a topic."""
    topics = [
        (intent, p)
        for intent, p in ranking
        if intent != OUT_OF_SCOPE and intent not in SMALLTALK - {"ask_capabilities"}
    ]
    if not topics or topics[0][1] < thresholds.offer:
        return ()
    offered = [intent for intent, p in topics if p >= thresholds.offer][:3]
    return tuple(offered if len(offered) > 1 else [intent for intent, _ in topics[:2]])


def _foreign_product(judgement: Judgement, thresholds: Thresholds) -> bool:
    """Another product is named, nothing of ours is, and no comparison is made."""
    if "surely_foreign" not in judgement.reading.concepts:
        return False
    return any(i == OUT_OF_SCOPE and p >= thresholds.product for i, p in judgement.ranking)


def _mere_noise(judgement: Judgement, top: str) -> bool:
    """A word or two that say nothing known, which short replies attract, or none of which is a word."""
    reading = judgement.reading
    if reading.hits or len(reading.tokens) > 3:
        return False
    wordless = len(reading.unknown) >= len(reading.tokens)
    return top in SMALLTALK or (top == OUT_OF_SCOPE and wordless)


def _nothing_of_ours(judgement: Judgement) -> bool:
    """Nothing in the text speaks of the mail, and the classifier leans to nothing in particular."""
    reading = judgement.reading
    return not reading.hits and judgement.ranking[0][1] < 0.3


def _problems(judgement: Judgement, top: str, thresholds: Thresholds) -> tuple[str, ...]:
    """All the problems told, the one to act on first: the grave one, else the first mentioned."""
    if top in SMALLTALK or top == OUT_OF_SCOPE:
        return (top,)
    others = []
    likely = {intent for intent, p in judgement.ranking if p >= thresholds.echoed}
    for part in judgement.parts:
        intent, probability = part.ranking[0]
        if (
            probability >= thresholds.second
            and intent in likely
            and intent not in SMALLTALK
            and intent not in (OUT_OF_SCOPE, INFORM, "human_handoff", top)
            and intent not in others
        ):
            others.append(intent)
    mentioned = [part.ranking[0][0] for part in judgement.parts]
    if top not in mentioned:
        return tuple(sorted([top, *others[:1]], key=lambda intent: intent not in GRAVE))
    return tuple(sorted([top, *others[:2]], key=lambda i: (i not in GRAVE, mentioned.index(i))))


def as_property(
    judgement: Judgement,
    decision: Decision,
    place: Mapping[str, Any] | None = None,
    thresholds: Thresholds | None = None,
) -> dict[str, Any]:
    """The message property ``understanding``. ``thresholds``: those by which its halves are decided."""
    known = _known(judgement, decision, LEAST_QUESTION)
    known["ranking"] = [
        {"intent": intent, "confidence": round(p, 4)} for intent, p in judgement.ranking
    ]
    known["place"] = dict(place) if place else None
    limits = thresholds or Thresholds()
    known["halves"] = [
        [{"text": half.text, **_half(half.judgement, limits)} for half in pair]
        for pair in judgement.halves
    ]
    return known


def _half(judgement: Judgement, thresholds: Thresholds) -> dict[str, Any]:
    return _known(judgement, decide(judgement, thresholds), LEAST_OF_HALF)


def _known(judgement: Judgement, decision: Decision, least: float) -> dict[str, Any]:
    """What is known of a message or half of one; ``least``: probability of a question worth keeping."""
    return {
        "decision": decision.kind,
        "intent": decision.intent,
        "confidence": round(decision.confidence, 4),
        "options": list(decision.options),
        "problems": list(decision.problems),
        "concepts": sorted(judgement.reading.concepts),
        "acts": {act: round(p, 3) for act, p in judgement.acts if p >= LEAST_ACT},
        "questions": {name: round(p, 5) for name, p in judgement.questions if p >= least},
    }
