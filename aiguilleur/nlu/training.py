"""Examples to a judge: the networks, then the calibration on writers they were not trained on.

Knows how the parts are fitted; neither files nor Rasa. Needs scikit-learn, at training time only.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context

import numpy as np

from aiguilleur.lexicon import Lexicon, Reading
from aiguilleur.nlu.features import Context, Weights, vector
from aiguilleur.nlu.judgement import Calibration, Judge, evidence, known_share
from aiguilleur.nlu.network import Network, Table, fit, softmax

logger = logging.getLogger(__name__)

SEEDS = (0, 1, 2)
FOLDS = 4
"""How many groups of writers are left out in turn."""

PROBLEM, FOREIGN = "problem", "foreign"
"""What opens a subject, ours or not, among the acts; beside them, ``question`` and ``detail``."""
ACT_OF_INTENT = {
    "affirm": "act_yes",
    "deny": "act_no",
    "thank": "act_thanks",
    "goodbye": "act_goodbye",
    "human_handoff": "act_human",
    "cancel": "act_cancel",
    "inform": "detail",
    "out_of_scope": FOREIGN,
}
UNTOLD_ACTS = frozenset({"greet", "ask_capabilities"})
QUESTION_UNITS, QUESTION_PASSES, QUESTION_RAREST, QUESTION_BATCH = 96, 6, 5, 2048
"""The network of questions and answers has many labels and few examples of each."""
ASIDE = 2000
"""From how many messages the networks of acts and questions have a process of their own."""
KEPT_PROBLEMS = 20
"""One first message in so many is shown to the network of acts as what opens a subject."""


@dataclass(frozen=True)
class Example:
    """A text, its intent, and who wrote it: folds are made by ``writer``."""

    text: str
    intent: str
    writer: str = ""


@dataclass(frozen=True)
class Unseen:
    """An example scored by a model that saw nothing of its writer."""

    example: Example
    reading: Reading
    probabilities: np.ndarray
    known: float = 1.0


def no_context(_: str) -> Context:
    """Nothing known of the text from elsewhere."""
    return Context()


def train(
    examples: Sequence[Example],
    lexicon: Lexicon,
    context_of: Callable[[str], Context] = no_context,
    *,
    replies: Sequence[Example] = (),
    questions: Sequence[Example] = (),
    calibrate: bool = True,
    weights: Weights | None = None,
) -> Judge:
    """The judge for ``examples``. ``replies``: messages of the middle of a conversation, whose
    ``intent`` is their act. ``questions``: messages whose ``intent`` is the name of the known
    question they ask. ``calibrate``: score each writer with the others first."""
    weights = weights or Weights()
    apart = Apart(tuple(_heard_midway(replies, examples)), tuple(questions), weights, context_of)
    with _meanwhile(apart, lexicon) as fitted:
        judge, _ = train_with_unseen(
            examples, lexicon, context_of, calibrate=calibrate, weights=weights
        )
        acts, asked = fitted()
    return replace(judge, acts=acts, questions=asked)


def train_with_unseen(
    examples: Sequence[Example],
    lexicon: Lexicon,
    context_of: Callable[[str], Context] = no_context,
    *,
    calibrate: bool = True,
    weights: Weights | None = None,
) -> tuple[Judge, list[Unseen]]:
    """The judge of intents, with the out-of-fold scores its calibration was made of."""
    weights = weights or Weights()
    readings = [lexicon.read(example.text) for example in examples]
    features = [
        vector(reading, weights, context_of(example.text))
        for reading, example in zip(readings, examples, strict=True)
    ]
    intents = [example.intent for example in examples]
    started = time.monotonic()
    table = Table.of(features)
    model = fit(table, intents, seeds=SEEDS)
    logger.info("intents fitted in %.0f s", time.monotonic() - started)
    unseen: list[Unseen] = []
    calibration, temperature = Calibration({"logit": 1.0}), 1.0
    if calibrate:
        scored, known = _out_of_fold(
            table, features, readings, intents, _folds(examples), model.labels
        )
        temperature = _temperature(scored, intents, model.labels)
        unseen = [
            Unseen(example, reading, softmax(scores / temperature), share)
            for example, reading, scores, share in zip(
                examples, readings, scored, known, strict=True
            )
        ]
        calibration = _calibration(unseen, model.labels)
    return Judge(lexicon, replace(model, temperature=temperature), calibration, weights), unseen


@dataclass(frozen=True)
class Apart:
    """What the networks of acts and of questions are fitted on; picklable, to be fitted by another process."""

    replies: tuple[Example, ...]
    questions: tuple[Example, ...]
    weights: Weights
    context_of: Callable[[str], Context]

    def fit(self, lexicon: Lexicon) -> tuple[Network | None, Network | None]:
        """The network of acts and that of questions; None for want of examples."""
        acts = asked = None
        if self.replies:
            said = [
                vector(lexicon.read(reply.text), self.weights, self.context_of(reply.text))
                for reply in self.replies
            ]
            acts = fit(said, [reply.intent for reply in self.replies], seeds=SEEDS)
        if self.questions:
            # A place says nothing of what is asked: not worth reading for each.
            asked = fit(
                [vector(lexicon.read(example.text), self.weights) for example in self.questions],
                [example.intent for example in self.questions],
                seeds=SEEDS[:1],
                rarest=QUESTION_RAREST,
                hidden=QUESTION_UNITS,
                passes=QUESTION_PASSES,
                batch=QUESTION_BATCH,
            )
        return acts, asked


@contextmanager
def _meanwhile(
    apart: Apart, lexicon: Lexicon
) -> Iterator[Callable[[], tuple[Network | None, Network | None]]]:
    """The two networks beside that of intents, fitted by another process when there is much to fit."""
    if len(apart.replies) + len(apart.questions) < ASIDE:
        yield lambda: apart.fit(lexicon)
        return
    # Spawned, not forked: what Rasa has loaded must not be shared by halves.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        yield pool.submit(_fit_apart, apart, lexicon.to_json()).result


def _fit_apart(apart: Apart, lexicon: str) -> tuple[Network | None, Network | None]:
    return apart.fit(Lexicon.from_json(lexicon))


def _heard_midway(replies: Sequence[Example], examples: Sequence[Example]) -> list[Example]:
    """What the network of acts learns: replies, and the first messages that a conversation also hears."""
    if not replies:
        return []
    heard = list(replies)
    for rank, example in enumerate(examples):
        act = ACT_OF_INTENT.get(example.intent, PROBLEM)
        rare = act in (PROBLEM, FOREIGN) and rank % KEPT_PROBLEMS
        if example.intent not in UNTOLD_ACTS and not rare:
            heard.append(replace(example, intent=act))
    return heard


def _folds(examples: Sequence[Example]) -> list[int]:
    """Which fold each example is left out in: with its writer, or by its rank when nobody signed."""
    writers = sorted({example.writer for example in examples})
    if len(writers) < 2:
        return [rank % FOLDS for rank in range(len(examples))]
    group = {writer: number % FOLDS for number, writer in enumerate(writers)}
    return [group[example.writer] for example in examples]


def _out_of_fold(
    table: Table,
    features: Sequence[Mapping[str, float]],
    readings: Sequence[Reading],
    intents: Sequence[str],
    folds: Sequence[int],
    labels: Sequence[str],
) -> tuple[np.ndarray, list[float]]:
    """Scores and shares of known words, each from a model that left the example's fold out."""
    known = [0.0] * len(features)
    scores = np.full((len(features), len(labels)), -20.0, np.float32)
    place = {label: column for column, label in enumerate(labels)}
    for fold in sorted(set(folds)):
        inside = [i for i, name in enumerate(folds) if name != fold]
        model = fit(table.part(inside), [intents[i] for i in inside], seeds=SEEDS[:1], rarest=5)
        columns = [place[label] for label in model.labels]
        for i in (i for i, name in enumerate(folds) if name == fold):
            scores[i, columns] = model.scores(features[i])
            known[i] = known_share(readings[i], model)
    return scores, known


def _temperature(scores: np.ndarray, intents: Sequence[str], labels: Sequence[str]) -> float:
    """The one number that makes the probabilities honest: least log loss on unseen writers."""
    columns = [labels.index(intent) for intent in intents]
    rows = np.arange(len(columns))

    def loss(temperature: float) -> float:
        return float(-np.log(softmax(scores / temperature)[rows, columns] + 1e-9).mean())

    return min((round(0.3 + 0.05 * step, 2) for step in range(40)), key=loss)


def _calibration(unseen: Sequence[Unseen], labels: Sequence[str]) -> Calibration:
    from sklearn.linear_model import LogisticRegression

    told = [
        (
            evidence(u.reading, u.probabilities, labels[int(u.probabilities.argmax())], u.known),
            labels[int(u.probabilities.argmax())] == u.example.intent,
        )
        for u in unseen
    ]
    names = sorted(told[0][0])
    matrix = np.array([[found[name] for name in names] for found, _ in told])
    right = np.array([is_right for _, is_right in told])
    if right.all() or not right.any():
        return Calibration({"logit": 1.0})
    model = LogisticRegression(C=1.0, max_iter=1000).fit(matrix, right)
    return Calibration(
        dict(zip(names, (float(w) for w in model.coef_[0]), strict=True)),
        float(model.intercept_[0]),
    )
