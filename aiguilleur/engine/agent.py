"""The model, loaded once and tried before anybody is answered.

Puts our store, our actions and our ingress around Rasa's agent. Knows no channel and no address.
"""

from __future__ import annotations

import gc
import logging
from dataclasses import dataclass
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa_sdk import Action

from aiguilleur.card import Card
from aiguilleur.engine.database import Database
from aiguilleur.engine.in_process import InProcessActions
from aiguilleur.engine.ingress import Ingress
from aiguilleur.engine.redaction_hook import install_redaction
from aiguilleur.engine.runner import quicken
from aiguilleur.engine.store import ConversationStore
from aiguilleur.engine.training import model_to_serve
from aiguilleur.errors import ModelError
from aiguilleur.settings import Settings

logger = logging.getLogger(__name__)

FIRST_WORDS = "Bonjour, je n’arrive pas à ouvrir ma messagerie."

_LAST_RESORT = Card(
    text="Je n’ai pas pu traiter ce message. Réessayez dans un instant. "
    "Si cela se répète, adressez-vous à l’assistance informatique de votre département.",
    level="warning",
)


@dataclass(frozen=True)
class Engine:
    """A loaded model with what stands around it."""

    processor: MessageProcessor
    store: ConversationStore
    ingress: Ingress

    async def parse(self, text: str) -> dict[str, object]:
        """What the understanding makes of ``text``. Raises ModelError."""
        return await _parsed(self.processor, text)

    async def stop(self) -> None:
        """Close the store."""
        await self.store.close()


async def start(settings: Settings, model: Path | None = None) -> Engine:
    """Load the model and try it. Raises ModelError, KnowledgeError or StoreError with the remedy."""
    install_redaction()
    store = ConversationStore(Database(settings.database))
    await store.ping()
    path = model or model_to_serve(settings.models)
    try:
        agent = Agent.load(path, action_endpoint=InProcessActions(_actions(), apology))
    except Exception as error:
        raise ModelError(
            f"Le modèle {path.name} ne se charge pas ({type(error).__name__}).",
            "Entraînez-le de nouveau : aiguilleur train.",
        ) from error
    processor = agent.processor
    if processor is None:
        raise ModelError(f"Le modèle {path.name} est vide.", "Entraînez-le : aiguilleur train.")
    store.domain = processor.domain
    agent.tracker_store = processor.tracker_store = store
    quicken(processor)
    await _parsed(processor, FIRST_WORDS)
    gc.collect()
    gc.freeze()
    return Engine(processor, store, Ingress(processor, store, settings.secret))


def apology() -> Card:
    """The Card that answers when the assistant itself failed; it cannot fail."""
    try:
        from aiguilleur import dialogue, knowledge

        return dialogue.apology(knowledge.base().current())
    except Exception as error:
        logger.error("Excuse de secours : %s.", type(error).__name__)
        return _LAST_RESORT


def _actions() -> list[type[Action]]:
    import actions

    return list(actions.FAMILIES)


async def _parsed(processor: MessageProcessor, text: str) -> dict[str, object]:
    try:
        parsed = dict(await processor.parse_message(UserMessage(text=text)))
    except Exception as error:
        raise ModelError(
            f"Le modèle ne comprend pas une phrase d’essai ({type(error).__name__}).",
            "Entraînez-le de nouveau : aiguilleur train.",
        ) from error
    if not (parsed.get("intent") or {}).get("name"):
        raise ModelError(
            "Le modèle ne reconnaît rien dans une phrase d’essai.",
            "Entraînez-le de nouveau : aiguilleur train.",
        )
    return parsed
