"""The judge as a component of Rasa's graph: trained on the NLU data, kept as JSON and safetensors.

Knows Rasa's storage and messages; everything about French and intents is in the pure modules.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

import aiguilleur.lexicon
from aiguilleur.errors import ModelError
from aiguilleur.lexicon import Lexicon
from aiguilleur.nlu.judgement import Judge, Judgement
from aiguilleur.nlu.training import Example, train
from aiguilleur.nlu.understander import (
    context_of,
    context_reader,
    default_places,
    knowledge_folder,
    load_judge,
    read_answers,
    read_phrases,
    read_questions,
    read_replies,
    save_judge,
)

JUDGEMENT = "judgement"
"""Message property from the classifier to the guard, in memory only."""
PLACE_FOUND = "place_found"
_ROOT = Path(__file__).resolve().parents[2]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ConceptClassifier(GraphComponent):
    """Concepts and n-grams to a calibrated ranking of intents."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        judge: Judge | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._judge = judge
        self._place_of = default_places()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``lexicon``, ``replies``, ``questions``, ``answers``: paths from the project's root; ``calibrate``:
        leave writers out."""
        return {
            "lexicon": "data/lexicon.yml",
            "replies": "data/replies.yml",
            "questions": "data/questions.yml",
            "answers": "data/answers.yml",
            "calibrate": True,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ConceptClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ConceptClassifier:
        """The trained component. Raises ModelError: an untrained one must never serve."""
        try:
            with model_storage.read_from(resource) as folder:
                return cls(config, model_storage, resource, load_judge(folder))
        except ValueError as error:
            raise ModelError(
                "Le modèle de compréhension manque.", "Entraînez-le\u00a0: aiguilleur train."
            ) from error

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A digest of the lexicon, the files learned from and the modules the component is made of."""
        digest = hashlib.sha256()
        lexicon = Path(aiguilleur.lexicon.__file__).parent
        modules = [*Path(__file__).parent.glob("*.py"), *lexicon.glob("*.py")]
        files = [_path(config, name) for name in ("lexicon", "replies", "questions", "answers")]
        files += [knowledge_folder() / "questions.yml", *knowledge_folder().glob("guides/*.yml")]
        for path in [*sorted(files), *sorted(modules)]:
            digest.update(path.name.encode())
            if path.is_file():
                digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the intent examples; the writer comes from their metadata."""
        examples = [
            Example(message.get(TEXT), message.get(INTENT), _writer(message))
            for message in training_data.intent_examples
            if message.get(TEXT) and message.get(INTENT)
        ]
        # The same data give the same model, in whatever order the files were read.
        examples.sort(key=lambda example: (example.writer, example.intent, example.text))
        lexicon = Lexicon.load(_path(self._config, "lexicon"))
        self._judge = train(
            examples,
            lexicon,
            context_reader(self._place_of),
            replies=read_replies(_path(self._config, "replies")),
            questions=[
                *read_questions(_path(self._config, "questions")),
                *read_answers(_path(self._config, "answers")),
                *read_phrases(knowledge_folder()),
            ],
            calibrate=bool(self._config["calibrate"]),
        )
        with self._storage.write_to(self._resource) as folder:
            save_judge(self._judge, folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing to add: no later component learns from what is predicted here."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set ``intent``, ``intent_ranking`` and the judgement for the guard."""
        for message in messages:
            found = self._place_of(message.get(TEXT) or "")
            judgement = self._judgement(message.get(TEXT) or "", found)
            ranking = [{"name": name, "confidence": p} for name, p in judgement.ranking]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
            message.set(JUDGEMENT, judgement)
            message.set(PLACE_FOUND, found)
        return messages

    def _judgement(self, text: str, found: Any) -> Judgement:
        if self._judge is None:
            raise ModelError(
                "Le modèle de compréhension n’est pas entraîné.",
                "Entraînez-le\u00a0: aiguilleur train.",
            )
        return self._judge.judge(text, context_of(found))


def _path(config: dict[str, Any], name: str) -> Path:
    path = Path(config.get(name) or ConceptClassifier.get_default_config()[name])
    return path if path.is_absolute() or path.is_file() else _ROOT / path


def _writer(message: Message) -> str:
    metadata = message.get("metadata") or {}
    inner = metadata.get("intent") or metadata.get("example") or metadata
    return str(inner.get("writer", "")) if isinstance(inner, dict) else ""
