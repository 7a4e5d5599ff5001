"""A multinomial logistic regression: how it is fitted, how it scores, how it is written down.

Knows features by name and labels by name; neither texts nor decisions. Fitting needs scikit-learn,
scoring only numpy.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Linear:
    """``weights``: one row per feature of ``vocabulary``, one column per label."""

    labels: tuple[str, ...]
    vocabulary: dict[str, int]
    weights: np.ndarray
    bias: np.ndarray
    temperature: float = 1.0

    def scores(self, features: Mapping[str, float]) -> np.ndarray:
        """Raw scores, one per label."""
        vocabulary = self.vocabulary
        known = [
            (vocabulary[name], value) for name, value in features.items() if name in vocabulary
        ]
        if not known:
            return self.bias.copy()
        rows, values = zip(*known, strict=True)
        scores: np.ndarray = np.asarray(values, np.float32) @ self.weights[list(rows)] + self.bias
        return scores

    def probabilities(self, features: Mapping[str, float]) -> np.ndarray:
        return softmax(self.scores(features) / self.temperature)

    def with_temperature(self, temperature: float) -> Linear:
        return replace(self, temperature=temperature)

    def tensors(self) -> dict[str, np.ndarray]:
        return {"weights": self.weights.astype(np.float32), "bias": self.bias.astype(np.float32)}

    def description(self) -> str:
        """All but the numbers, as JSON."""
        names = sorted(self.vocabulary, key=self.vocabulary.__getitem__)
        return json.dumps(
            {"labels": self.labels, "vocabulary": names, "temperature": self.temperature},
            ensure_ascii=False,
        )

    @classmethod
    def restore(cls, description: str, tensors: Mapping[str, np.ndarray]) -> Linear:
        data = json.loads(description)
        return cls(
            tuple(data["labels"]),
            {name: row for row, name in enumerate(data["vocabulary"])},
            tensors["weights"],
            tensors["bias"],
            data["temperature"],
        )


def softmax(scores: np.ndarray) -> np.ndarray:
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: np.ndarray = exponents / exponents.sum(axis=-1, keepdims=True)
    return result


def fit(
    examples: Sequence[Mapping[str, float]],
    labels: Sequence[str],
    strength: float,
    sample_weights: Sequence[float] | None = None,
    rarest: int = 2,
    steps: int = 150,
) -> Linear:
    """Fits on ``examples``; ``strength`` is scikit-learn's C; features seen in fewer than
    ``rarest`` examples are dropped. Classes are balanced."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    seen = Counter(name for example in examples for name in example)
    vocabulary = {
        name: row for row, name in enumerate(sorted(n for n, c in seen.items() if c >= rarest))
    }
    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    for example in examples:
        for name, value in example.items():
            if name in vocabulary:
                columns.append(vocabulary[name])
                data.append(value)
        ends.append(len(data))
    matrix = csr_matrix(
        (np.asarray(data, np.float32), columns, ends), shape=(len(examples), len(vocabulary))
    )
    model = LogisticRegression(
        C=strength, class_weight="balanced", max_iter=steps, tol=2e-3, solver="lbfgs"
    )
    model.fit(matrix, list(labels), sample_weight=sample_weights)
    return Linear(
        tuple(model.classes_),
        vocabulary,
        np.ascontiguousarray(model.coef_.T, dtype=np.float32),
        model.intercept_.astype(np.float32),
    )
