"""The last component: decides between answer, clarify and fallback, and says so on the message.

Knows Rasa's message; the decision itself is in ``decision``, pure.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from aiguilleur.nlu.classifier import JUDGEMENT, PLACE_FOUND
from aiguilleur.nlu.decision import Thresholds, as_property, decide
from aiguilleur.nlu.understander import place_property

UNDERSTANDING = "understanding"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Guard(GraphComponent):
    """Writes ``understanding`` and the final intent: ``nlu_fallback`` for clarify and fallback."""

    def __init__(self, thresholds: Thresholds) -> None:
        self._thresholds = thresholds

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The thresholds; see :class:`aiguilleur.nlu.decision.Thresholds`."""
        defaults = Thresholds()
        return {name: getattr(defaults, name) for name in Thresholds.__dataclass_fields__}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Guard:
        return cls(Thresholds.from_config(config))

    def process(self, messages: list[Message]) -> list[Message]:
        """Nothing is written on a message the classifier did not judge."""
        for message in messages:
            judgement = message.get(JUDGEMENT)
            if judgement is None:
                continue
            decision = decide(judgement, self._thresholds)
            place = place_property(message.get(PLACE_FOUND))
            known = as_property(judgement, decision, place, self._thresholds)
            message.set(UNDERSTANDING, known, add_to_output=True)
            message.set(
                "intent",
                {"name": decision.rasa_intent, "confidence": decision.confidence},
                add_to_output=True,
            )
        return messages
