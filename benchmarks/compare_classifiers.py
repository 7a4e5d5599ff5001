"""Classifiers compared on the same messages, folds by writer: a table for docs/understanding.md.

Rasa's own LogisticRegression and DIET on words and pieces of words, through `rasa train nlu`, then
our features with a logistic regression, concepts alone, and the network in service. Each is trained
on the writers that are kept and asked for the first choice on the messages of those left out.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import os
import random
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
warnings.simplefilter("ignore")

import numpy as np  # noqa: E402
import structlog  # noqa: E402
import yaml  # noqa: E402

from aiguilleur.lexicon import Lexicon  # noqa: E402
from aiguilleur.nlu.features import Weights, vector  # noqa: E402
from aiguilleur.nlu.network import fit  # noqa: E402
from aiguilleur.nlu.training import SEEDS, Example  # noqa: E402
from aiguilleur.nlu.understander import (  # noqa: E402
    context_reader,
    default_places,
    read_examples,
)

ROOT = Path(__file__).resolve().parents[1]
NGRAMS = [
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer", "strip_accents": "unicode", "max_ngram": 2},
    {
        "name": "CountVectorsFeaturizer",
        "analyzer": "char_wb",
        "strip_accents": "unicode",
        "min_ngram": 3,
        "max_ngram": 5,
    },
]
Predict = Callable[[Sequence[str]], list[str]]


def rasa_model(classifier: dict[str, object], examples: Sequence[Example], folder: Path) -> Predict:
    """A pipeline of Rasa's own components, trained as `rasa train nlu` does."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    by_intent: dict[str, list[str]] = {}
    for example in examples:
        by_intent.setdefault(example.intent, []).append(example.text)
    data = {
        "version": "3.1",
        "nlu": [
            {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
            for intent, texts in by_intent.items()
        ],
    }
    config = {"recipe": "default.v1", "language": "fr", "pipeline": [*NGRAMS, classifier]}
    (folder / "nlu.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    (folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    with contextlib.redirect_stdout(sys.stderr):
        model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
    agent = Agent.load(model)

    def predict(texts: Sequence[str]) -> list[str]:
        async def every() -> list[str]:
            return [(await agent.parse_message(text))["intent"]["name"] for text in texts]

        return asyncio.run(every())

    return predict


def our_model(examples: Sequence[Example], weights: Weights, *, network: bool) -> Predict:
    """Our features with the network in service, or with a logistic regression."""
    lexicon = Lexicon.cached(ROOT / "data" / "lexicon.yml")
    context = context_reader(default_places())

    def features(text: str) -> dict[str, float]:
        return vector(lexicon.read(text), weights, context(text))

    seen = [features(example.text) for example in examples]
    intents = [example.intent for example in examples]
    if network:
        model = fit(seen, intents, seeds=SEEDS)
        return lambda texts: [
            model.labels[int(np.argmax(model.scores(features(text))))] for text in texts
        ]
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = vectorizer.fit_transform(seen)
    linear = LogisticRegression(C=4.0, class_weight="balanced", max_iter=50, tol=2e-3)
    linear.fit(matrix, intents)
    return lambda texts: list(linear.predict(vectorizer.transform([features(t) for t in texts])))


def systems(epochs: int) -> dict[str, Callable[[Sequence[Example], Path], Predict]]:
    """What is compared, by the name it has in the table."""
    logistic = {"name": "LogisticRegressionClassifier"}
    concepts = Weights(words=0.0, letters=0.0)
    compared: dict[str, Callable[[Sequence[Example], Path], Predict]] = {
        "LogisticRegression de Rasa, n-grammes": lambda e, f: rasa_model(logistic, e, f),
    }
    if epochs:
        diet = {
            "name": "DIETClassifier",
            "epochs": epochs,
            "entity_recognition": False,
            "constrain_similarities": True,
        }
        compared[f"DIET, {epochs} passes, n-grammes"] = lambda e, f: rasa_model(diet, e, f)
    compared |= {
        "concepts seuls, régression logistique": lambda e, _: our_model(e, concepts, network=False),
        "concepts et n-grammes, régression logistique": lambda e, _: our_model(
            e, Weights(), network=False
        ),
        "concepts et n-grammes, réseau (en service)": lambda e, _: our_model(
            e, Weights(), network=True
        ),
    }
    return compared


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--folds", default="w8+w12", help="groups of writers left out: w8+w12,w1+w9"
    )
    parser.add_argument("--diet-epochs", type=int, default=0, help="0: DIET is left out")
    parser.add_argument(
        "--sample", type=int, default=0, help="train on so many messages only; 0: all"
    )
    options = parser.parse_args()
    # Not the quiet of our engine: it takes TensorFlow away, which DIET needs.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    examples = read_examples(sorted((ROOT / "data" / "nlu").glob("*.yml")))
    groups = [set(group.split("+")) for group in options.folds.split(",")]
    print(f"| classement | {' | '.join('+'.join(sorted(g)) for g in groups)} | entraînement |")
    print("| --- |" + " --- |" * (len(groups) + 1))
    for name, build in systems(options.diet_epochs).items():
        shares, spent = [], []
        for group in groups:
            kept = [example for example in examples if example.writer not in group]
            if options.sample:
                kept = random.Random(0).sample(kept, options.sample)
            asked = [example for example in examples if example.writer in group]
            with tempfile.TemporaryDirectory() as folder:
                started = time.perf_counter()
                predict = build(kept, Path(folder))
                spent.append(time.perf_counter() - started)
                found = predict([example.text for example in asked])
            right = sum(f == e.intent for f, e in zip(found, asked, strict=True))
            shares.append(f"{right / len(asked):.1%}")
        print(f"| {name} | {' | '.join(shares)} | {np.median(spent):.0f} s |", flush=True)


if __name__ == "__main__":
    main()
