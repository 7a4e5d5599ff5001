"""What the classifier thinks of a message, as a whole and clause by clause, and how sure that is.

Knows probabilities and evidence; which decision follows is the guard's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from aiguilleur.lexicon import Lexicon, Reading
from aiguilleur.lexicon.text import STOPS
from aiguilleur.nlu.features import Context, Weights, vector
from aiguilleur.nlu.halves import halves
from aiguilleur.nlu.network import Network

OUT_OF_SCOPE, INFORM, FALLBACK_INTENT = "out_of_scope", "inform", "nlu_fallback"
SMALLTALK = frozenset(
    {"greet", "goodbye", "thank", "affirm", "deny", "cancel", "ask_capabilities", INFORM}
)
_IDENTIFIER = re.compile(r"[a-z][a-z-]{3,}\d{1,2}")
_FACTS = frozenset(
    [
        "info_time",
        "info_role",
        "info_place",
        "obj_thunderbird",
        "obj_outlook",
        "obj_apple_mail",
        "obj_iphone",
        "obj_android",
        "obj_client",
        "client",
        "device",
        "attr_primary_school",
        "attr_secondary_school",
    ]
)
_SERVICES = frozenset({"obj_support", "obj_dsden", "obj_rectorat", "v_contact"})
_FACT_PREFIXES = ("obj_mailbox", "obj_phone_device", "obj_computer", "attr_", "info_")

_SMALL = frozenset(
    [
        "le",
        "la",
        "l",
        "les",
        "un",
        "une",
        "mon",
        "ma",
        "c",
        "est",
        "sur",
        "j",
        "ai",
        "je",
        "suis",
        "d",
        "de",
        "du",
        "en",
        "au",
        "a",
        "avec",
        "et",
        "dans",
        "vers",
        "depuis",
    ]
)

Ranking = tuple[tuple[str, float], ...]
KEPT_QUESTIONS = 60
"""How many of the known questions a judgement keeps: the open topic will choose among its own."""


@dataclass(frozen=True)
class Part:
    """One clause and what it would be alone."""

    text: str
    ranking: Ranking


@dataclass(frozen=True)
class Judgement:
    """``chance``: how likely the first of ``ranking`` is right. ``certain``: known without scoring.

    ``acts``: what the message would do in the middle of a conversation, likeliest first.
    ``questions``: the known questions that it may ask there, likeliest first.
    ``halves``: the ways of cutting the message in two, both sides judged alone.
    """

    reading: Reading
    ranking: Ranking
    chance: float
    certain: str | None = None
    parts: tuple[Part, ...] = ()
    acts: Ranking = ()
    questions: Ranking = ()
    halves: tuple[tuple[Half, Half], ...] = ()


@dataclass(frozen=True)
class Half:
    """One half of a message that may hold two things, judged as if it were the message."""

    text: str
    judgement: Judgement


@dataclass(frozen=True)
class Calibration:
    """A logistic model on the evidence below; fitted on messages of writers not trained on."""

    weights: Mapping[str, float] = field(default_factory=dict)
    bias: float = 0.0

    def chance(self, evidence: Mapping[str, float]) -> float:
        score = self.bias + sum(self.weights.get(k, 0.0) * v for k, v in evidence.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def ranked(labels: Sequence[str], probabilities: np.ndarray, most: int = 5) -> Ranking:
    """The ``most`` likely labels with their probabilities, best first."""
    return tuple((labels[k], float(probabilities[k])) for k in np.argsort(-probabilities)[:most])


def certain_intent(reading: Reading, context: Context) -> str | None:
    """``inform`` when the text is wholly made of a place, a device, a date or an identifier."""
    tokens = [token for token in reading.tokens if token not in STOPS]
    if not tokens or "?" in reading.tokens or len(tokens) > 8:
        return None
    if reading.concepts & _SERVICES:
        return None
    if context.only_place or (len(tokens) == 1 and _IDENTIFIER.fullmatch(tokens[0])):
        return INFORM
    facts = {hit for hit in reading.hits if hit.concept in _FACTS}
    if not facts:
        return None
    if any(
        hit.concept not in _FACTS and not hit.concept.startswith(_FACT_PREFIXES)
        for hit in reading.hits
    ):
        return None
    covered = {i for hit in reading.hits for i in range(hit.start, hit.end)}
    loose = [
        at
        for at, token in enumerate(reading.tokens)
        if token not in STOPS and at not in covered and token not in _SMALL
    ]
    return INFORM if not loose else None


def known_share(reading: Reading, model: Network) -> float:
    """The share of the words of ``reading`` that the model has a weight for."""
    tokens = [token for token in reading.tokens if token not in STOPS]
    if not tokens:
        return 0.0
    return sum(f"={token}" in model.vocabulary for token in tokens) / len(tokens)


def evidence(
    reading: Reading, probabilities: np.ndarray, top: str, known: float = 1.0
) -> dict[str, float]:
    """What tells a sure judgement from a lucky one. ``known``: share of the words seen in training."""
    order = np.sort(probabilities)[::-1]
    tokens = [token for token in reading.tokens if token not in STOPS]
    size = max(1, len(tokens))
    entropy = float(-(order * np.log(order + 1e-12)).sum())
    first = float(order[0])
    foreign = "not_ours" in reading.concepts
    ours = "ours" in reading.concepts
    return {
        "logit": math.log((first + 1e-6) / (1.0 - first + 1e-6)),
        "first": first,
        "margin": first - float(order[1]),
        "entropy": entropy,
        "covered": reading.covered,
        "unknown": len(reading.unknown) / size,
        "concepts": min(len(reading.hits), 8) / 8,
        "no concept": float(not reading.hits),
        "one word": float(size == 1),
        "long": float(size > 25),
        "foreign": float(foreign and not ours),
        "product": float("only_product" in reading.concepts),
        "known": known,
        "mixed": float(foreign and ours),
        "neither": float(not foreign and not ours),
        "says foreign": float(top == OUT_OF_SCOPE),
        "denies foreign": float(foreign and top != OUT_OF_SCOPE),
        "small talk": float(top in SMALLTALK),
    }


@dataclass(frozen=True)
class Judge:
    """The lexicon, the networks of intents, acts and questions, and the calibration of the first."""

    lexicon: Lexicon
    intents: Network
    calibration: Calibration
    weights: Weights = field(default_factory=Weights)
    acts: Network | None = None
    questions: Network | None = None

    def judge(self, text: str, context: Context | None = None) -> Judgement:
        """The judgement on ``text`` (masked). ``context``: what the places said of it."""
        whole = self._alone(text, context or Context())
        if self.acts is None:
            return whole
        return replace(whole, halves=self._halves(text))

    def _halves(self, text: str) -> tuple[tuple[Half, Half], ...]:
        pairs = halves(text)
        seen = {half: Half(half, self._alone(half, Context())) for pair in pairs for half in pair}
        return tuple((seen[head], seen[tail]) for head, tail in pairs)

    def _alone(self, text: str, context: Context) -> Judgement:
        reading = self.lexicon.read(text)
        features = vector(reading, self.weights, context)
        probabilities = self.intents.probabilities(features)
        ranking = ranked(self.intents.labels, probabilities)
        certain = certain_intent(reading, context)
        chance = self.calibration.chance(
            evidence(reading, probabilities, ranking[0][0], known_share(reading, self.intents))
        )
        return Judgement(
            reading,
            ranking,
            chance,
            certain,
            self._parts(reading),
            self._acts(reading, features),
            self._questions(features),
        )

    def _questions(self, features: Mapping[str, float]) -> Ranking:
        if self.questions is None:
            return ()
        return ranked(self.questions.labels, self.questions.probabilities(features), KEPT_QUESTIONS)

    def _acts(self, reading: Reading, features: Mapping[str, float]) -> Ranking:
        words = [token for token in reading.tokens if token not in STOPS]
        if self.acts is None or len(reading.unknown) >= len(words):
            return ()
        return ranked(self.acts.labels, self.acts.probabilities(features), len(self.acts.labels))

    def _parts(self, reading: Reading) -> tuple[Part, ...]:
        clauses = [clause for clause in reading.clauses if clause.concepts]
        if len(clauses) < 2:
            return ()
        parts = []
        for clause in clauses:
            part = self.lexicon.part(reading, clause)
            probabilities = self.intents.probabilities(vector(part, self.weights))
            parts.append(Part(part.text, ranked(self.intents.labels, probabilities, 3)))
        return tuple(parts)
