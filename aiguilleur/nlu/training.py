"""Examples to a judge: the linear model, then its calibration on writers it was not trained on.

Knows how the parts are fitted; neither files nor Rasa. Needs scikit-learn, at training time only.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aiguilleur.lexicon import Lexicon, Reading
from aiguilleur.nlu.features import Context, Weights, vector
from aiguilleur.nlu.judgement import Calibration, Judge, evidence, known_share
from aiguilleur.nlu.linear import Linear, fit, softmax

logger = logging.getLogger(__name__)

STRENGTH, RAREST, STEPS = 4.0, 3, 50
FOLDS_WITHOUT_WRITERS = 4


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


def train(
    examples: Sequence[Example],
    lexicon: Lexicon,
    context_of: Callable[[str], Context] = lambda _: Context(),
    *,
    calibrate: bool = True,
    weights: Weights | None = None,
) -> Judge:
    """The judge for ``examples``. ``calibrate``: score each writer with the others first."""
    judge, _ = train_with_unseen(
        examples, lexicon, context_of, calibrate=calibrate, weights=weights
    )
    return judge


def train_with_unseen(
    examples: Sequence[Example],
    lexicon: Lexicon,
    context_of: Callable[[str], Context] = lambda _: Context(),
    *,
    calibrate: bool = True,
    weights: Weights | None = None,
) -> tuple[Judge, list[Unseen]]:
    """As :func:`train`, with the out-of-fold scores the calibration was made of."""
    weights = weights or Weights()
    readings = [lexicon.read(example.text) for example in examples]
    features = [
        vector(reading, weights, context_of(example.text))
        for reading, example in zip(readings, examples, strict=True)
    ]
    intents = [example.intent for example in examples]
    started = time.monotonic()
    linear = _fit(features, intents)
    logger.info("intents fitted in %.0f s", time.monotonic() - started)
    unseen: list[Unseen] = []
    calibration, temperature = Calibration({"logit": 1.0}), 1.0
    if calibrate:
        scored, known = _out_of_fold(features, readings, intents, _folds(examples), linear.labels)
        temperature = _temperature(scored, intents, linear.labels)
        unseen = [
            Unseen(example, reading, softmax(scores / temperature), share)
            for example, reading, scores, share in zip(
                examples, readings, scored, known, strict=True
            )
        ]
        calibration = _calibration(unseen, linear.labels)
    return Judge(lexicon, replace(linear, temperature=temperature), calibration, weights), unseen


def _fit(features: Sequence[Mapping[str, float]], intents: Sequence[str]) -> Linear:
    with warnings.catch_warnings():
        # Stopping early is meant: it regularises better than more steps.
        warnings.simplefilter("ignore")
        return fit(features, intents, STRENGTH, rarest=RAREST, steps=STEPS)


def _folds(examples: Sequence[Example]) -> list[str]:
    """Which fold each example is left out in: its writer, or its rank when nobody signed."""
    writers = {example.writer for example in examples}
    if len(writers) > 1:
        return [example.writer for example in examples]
    return [str(rank % FOLDS_WITHOUT_WRITERS) for rank in range(len(examples))]


def _out_of_fold(
    features: Sequence[Mapping[str, float]],
    readings: Sequence[Reading],
    intents: Sequence[str],
    folds: Sequence[str],
    labels: Sequence[str],
) -> tuple[np.ndarray, list[float]]:
    """Scores and shares of known words, each from a model that left the example's fold out."""
    known = [0.0] * len(features)
    scores = np.full((len(features), len(labels)), -20.0, np.float32)
    place = {label: column for column, label in enumerate(labels)}
    for fold in sorted(set(folds)):
        inside = [i for i, name in enumerate(folds) if name != fold]
        model = _fit([features[i] for i in inside], [intents[i] for i in inside])
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
