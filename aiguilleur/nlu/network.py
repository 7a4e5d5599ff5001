"""A small neural network over named features: how it is fitted, how it scores, how it is written down.

Knows features by name and labels by name; neither texts nor decisions. Fitting needs scikit-learn,
scoring only numpy. Several networks trained from different seeds are one wider network: their hidden
layers side by side, their scores averaged.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

HIDDEN, EPOCHS, BATCH, RATE, DECAY = 32, 8, 512, 1e-2, 1e-3
"""Units, passes over the data, examples a step, learning rate, weight decay; see docs/understanding.md."""
LEAST_STEPS = 100
"""Small data are passed over more often, to learn as much."""


@dataclass(frozen=True)
class Network:
    """``hidden``: features × units; ``output``: units × labels. One rectified layer."""

    labels: tuple[str, ...]
    vocabulary: dict[str, int]
    hidden: np.ndarray
    hidden_bias: np.ndarray
    output: np.ndarray
    output_bias: np.ndarray
    temperature: float = 1.0

    def scores(self, features: Mapping[str, float]) -> np.ndarray:
        """Raw scores, one per label."""
        vocabulary = self.vocabulary
        known = [
            (vocabulary[name], value) for name, value in features.items() if name in vocabulary
        ]
        inside = self.hidden_bias.astype(np.float32)
        if known:
            rows, values = zip(*known, strict=True)
            inside = inside + np.asarray(values, np.float32) @ self.hidden[list(rows)]
        scores: np.ndarray = np.maximum(inside, 0.0) @ self.output + self.output_bias
        return scores

    def probabilities(self, features: Mapping[str, float]) -> np.ndarray:
        return softmax(self.scores(features) / self.temperature)

    def with_temperature(self, temperature: float) -> Network:
        return replace(self, temperature=temperature)

    def tensors(self) -> dict[str, np.ndarray]:
        return {
            "hidden": self.hidden.astype(np.float16),
            "hidden_bias": self.hidden_bias.astype(np.float32),
            "output": self.output.astype(np.float32),
            "output_bias": self.output_bias.astype(np.float32),
        }

    def description(self) -> str:
        """All but the numbers, as JSON."""
        names = sorted(self.vocabulary, key=self.vocabulary.__getitem__)
        return json.dumps(
            {"labels": self.labels, "vocabulary": names, "temperature": self.temperature},
            ensure_ascii=False,
        )

    @classmethod
    def restore(cls, description: str, tensors: Mapping[str, np.ndarray]) -> Network:
        data = json.loads(description)
        return cls(
            tuple(data["labels"]),
            {name: row for row, name in enumerate(data["vocabulary"])},
            tensors["hidden"].astype(np.float32),
            tensors["hidden_bias"],
            tensors["output"],
            tensors["output_bias"],
            data["temperature"],
        )


def softmax(scores: np.ndarray) -> np.ndarray:
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: np.ndarray = exponents / exponents.sum(axis=-1, keepdims=True)
    return result


@dataclass(frozen=True)
class Table:
    """Examples as rows of a sparse matrix, their features as columns in the order of ``names``."""

    names: tuple[str, ...]
    matrix: Any

    @classmethod
    def of(cls, examples: Sequence[Mapping[str, float]]) -> Table:
        """The table of ``examples``, to be fitted on as a whole or in part."""
        from scipy.sparse import csr_matrix

        place: dict[str, int] = {}
        columns = [place.setdefault(name, len(place)) for example in examples for name in example]
        data = np.fromiter((v for example in examples for v in example.values()), np.float32)
        ends = np.cumsum([0, *(len(example) for example in examples)])
        matrix = csr_matrix((data, columns, ends), shape=(len(examples), len(place)))
        return cls(tuple(place), matrix)

    def part(self, rows: Sequence[int]) -> Table:
        """The same table with these rows only."""
        return Table(self.names, self.matrix[list(rows)])

    def without_rare(self, rarest: int) -> Table:
        """The same table without the features seen in fewer than ``rarest`` rows, sorted by name."""
        seen = self.matrix.getnnz(axis=0)
        kept = sorted(np.flatnonzero(seen >= rarest), key=self.names.__getitem__)
        return Table(tuple(self.names[column] for column in kept), self.matrix[:, kept])


def fit(
    examples: Table | Sequence[Mapping[str, float]],
    labels: Sequence[str],
    *,
    seeds: Sequence[int] = (0,),
    rarest: int = 3,
    hidden: int = HIDDEN,
    passes: int = EPOCHS,
    batch: int = BATCH,
) -> Network:
    """Fits one network per seed on ``examples`` and joins them; features seen in fewer than
    ``rarest`` examples are dropped. ``hidden``: units; ``passes``: over the data; ``batch``: examples a step.
    At least two labels."""
    from sklearn.neural_network import MLPClassifier

    table = examples if isinstance(examples, Table) else Table.of(examples)
    table = table.without_rare(rarest)
    members = []
    batch = min(batch, len(labels))
    epochs = max(passes, LEAST_STEPS * batch // len(labels))
    with warnings.catch_warnings():
        # Stopping before convergence is meant: it regularises better than more passes.
        warnings.simplefilter("ignore")
        for seed in seeds:
            member = MLPClassifier(
                (hidden,),
                alpha=DECAY,
                max_iter=epochs,
                learning_rate_init=RATE,
                batch_size=batch,
                random_state=seed,
            )
            members.append(member.fit(table.matrix, list(labels)))
    names = tuple(members[0].classes_)
    outputs = [_both_columns(member.coefs_[1], len(names)) for member in members]
    biases = [_both_columns(member.intercepts_[1], len(names)) for member in members]
    return Network(
        names,
        {name: row for row, name in enumerate(table.names)},
        _as_kept(np.hstack([member.coefs_[0] for member in members])),
        np.hstack([m.intercepts_[0] for m in members]).astype(np.float32),
        (np.vstack(outputs) / len(members)).astype(np.float32),
        (np.sum(biases, axis=0) / len(members)).astype(np.float32),
    )


def _as_kept(weights: np.ndarray) -> np.ndarray:
    """As precise as they are written down, so that a model answers the same before and after."""
    return np.ascontiguousarray(weights.astype(np.float16).astype(np.float32))


def _both_columns(weights: np.ndarray, labels: int) -> np.ndarray:
    """scikit-learn keeps one column for two labels, a logistic unit; the same as two of a softmax."""
    if weights.shape[-1] == labels:
        return weights
    return np.concatenate([np.zeros_like(weights), weights], axis=-1)
