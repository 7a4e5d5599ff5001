"""The words of a message for Rasa, as French glues and elides them.

A graph component; knows no concept and no intent. Also where redaction is installed, so that Rasa's
own shell masks what is typed.
"""

from __future__ import annotations

import contextlib
import re
from functools import cache
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from aiguilleur.lexicon.text import fold

_CHUNK = re.compile(r"[?!;,…]|[^\s?!;,…]+")
"""What spaCy is handed at a time: it keeps « ok?jarrive » whole."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class FrenchTokenizer(Tokenizer):
    """« ok?j'arrive » is ok, ?, j', arrive."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FrenchTokenizer:
        """The component, for training and for service; installs the redaction first."""
        with contextlib.suppress(ImportError):
            from aiguilleur.engine.redaction_hook import install_redaction

            install_redaction()
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of ``attribute``, in order, with their place in the text."""
        text = message.get(attribute) or ""
        return [
            Token(word.text, chunk.start() + word.idx, lemma=fold(word.text))
            for chunk in _CHUNK.finditer(text)
            for word in _french()(chunk.group())
            if not word.is_space
        ]


@cache
def _french() -> Any:
    """spaCy's French tokenizer, without any model; loaded at the first message."""
    import spacy

    return spacy.blank("fr").tokenizer
