"""A message's way, shared by all channels: clean, mask, lock, look up, decide, store, then answer.

What was not stored was not said. Knows no channel's format; what is said is decided by the actions.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
import time
from dataclasses import dataclass
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME

from aiguilleur import dialogue, knowledge
from aiguilleur.engine.cleaning import clean, without_slash
from aiguilleur.engine.in_process import utterance
from aiguilleur.engine.lock import ConversationLocks
from aiguilleur.engine.output import CARD, Collected, cards_of, erases
from aiguilleur.engine.redaction_hook import noted
from aiguilleur.engine.store import BUTTON_TITLE, CLIENT_ID, ConversationStore
from aiguilleur.errors import AiguilleurError, ModelError, StoreError
from aiguilleur.redaction import redact

logger = logging.getLogger(__name__)

CardDict = dict[str, Any]
_CHOOSE = re.compile(r"/choose(\{.*\})", re.DOTALL)


class ConversationClosed(AiguilleurError):
    """The conversation was ended for good; nothing is read or written under its id any more."""


@dataclass(frozen=True)
class Answered:
    """What a message got. ``text``: the typed text as it was kept; ``erased``: nothing else is left."""

    cards: list[CardDict]
    text: str | None = None
    erased: bool = False


class Ingress:
    """Handles messages one at a time per conversation."""

    def __init__(self, processor: MessageProcessor, store: ConversationStore, secret: str) -> None:
        self._processor = processor
        self._store = store
        self._key = hmac.digest(secret.encode(), b"pseudonym", "sha256")
        self._locks = ConversationLocks()

    async def handle(
        self,
        conversation_id: str,
        *,
        channel: str,
        text: str | None = None,
        payload: str | None = None,
        message_id: str | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> Answered:
        """Handle one message; its Cards come back once the turn is stored, at least one.

        ``payload`` counts only if it equals a button offered in this conversation or to everybody
        from the start (the welcome's, the topics'), otherwise it is read as text. ``message_id``: the client's; the same one is answered again from the store.
        Raises MessageRefused, ConversationClosed, StoreError or ModelError: then nothing was kept.
        """
        typed = clean(text if text is not None else payload or "")
        sender = self.pseudonym(channel, conversation_id)
        client_id = self._digest(sender, message_id) if message_id is not None else None
        async with self._locks.hold(sender):
            opening = await self._store.open(sender, client_id, payload)
            if opening.closed:
                raise ConversationClosed("Cette conversation est terminée.", "Ouvrez-en une autre.")
            if opening.answer is not None:
                shown = redact(typed).text if text is not None else None
                return Answered(
                    cards_of(opening.answer) or [_sorry()], shown, erases(opening.answer)
                )
            known = {**(metadata or {}), **({CLIENT_ID: client_id} if client_id else {})}
            try:
                title = opening.title or _offered_to_all(payload)
                if payload is not None and title is not None:
                    message = self._pressed(payload, title, known)
                else:
                    message = await self._typed(typed, known)
                output = await self._turn(message, sender, channel, client_id)
                shown = message.text if text is not None else None
                return Answered(output.cards or [_sorry()], shown, output.erased)
            except (StoreError, ModelError):
                raise
            except Exception as error:
                logger.error("Tour abandonné : %s (tour %s).", type(error).__name__, client_id)
                raise ModelError("Le tour n’a pas abouti.", "Réessayez dans un instant.") from None

    async def history(self, conversation_id: str, *, channel: str) -> list[dict[str, Any]]:
        """What was said in the conversation, masked. Raises as :meth:`handle`."""
        sender = self.pseudonym(channel, conversation_id)
        async with self._locks.hold(sender):
            if (await self._store.open(sender, None, None)).closed:
                raise ConversationClosed("Cette conversation est terminée.", "Ouvrez-en une autre.")
            return await self._store.history(sender)

    async def close(self, conversation_id: str, *, channel: str) -> None:
        """Erase the conversation, for good. Raises StoreError."""
        sender = self.pseudonym(channel, conversation_id)
        async with self._locks.hold(sender):
            await self._store.erase(sender, close=True)

    def pseudonym(self, channel: str, conversation_id: str) -> str:
        """The name under which a conversation is stored: it says nothing of who speaks."""
        named = f"{channel}\0{conversation_id}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, named, hashlib.sha256).hexdigest()[:40]

    def _digest(self, sender: str, message_id: str) -> str:
        named = f"{sender}\0{message_id}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, named, hashlib.sha256).hexdigest()[:32]

    async def _typed(self, text: str, metadata: dict[str, Any]) -> UserMessage:
        """The message of a typed text: masked, and understood as text whatever it begins with."""
        redacted = redact(text)
        if redacted.secrets:
            metadata = noted(metadata, redacted.kinds, redacted.academic_address)
        read = without_slash(redacted.text)
        parsed: dict[str, Any]
        if read:
            parsed = dict(await self._processor.parse_message(UserMessage(text=read)))
        else:
            intent = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": 1.0}
            parsed = {"intent": intent, "entities": []}
        return UserMessage(
            text=redacted.text, parse_data={**parsed, "text": redacted.text}, metadata=metadata
        )

    def _pressed(self, payload: str, title: str, metadata: dict[str, Any]) -> UserMessage:
        """The message of a button: its payload says the intent, nothing has to be understood."""
        match = _CHOOSE.fullmatch(payload)
        parsed = None
        if match:
            parsed = {
                "text": payload,
                "intent": {"name": "choose", "confidence": 1.0},
                "entities": [
                    {"entity": name, "value": value} for name, value in json.loads(match[1]).items()
                ],
            }
        return UserMessage(
            text=payload, parse_data=parsed, metadata={**metadata, BUTTON_TITLE: title}
        )

    async def _turn(
        self, message: UserMessage, sender: str, channel: str, client_id: str | None
    ) -> Collected:
        output = Collected(channel)
        message.sender_id, message.input_channel, message.output_channel = sender, channel, output
        if client_id:
            message.message_id = client_id
        started = time.perf_counter()
        await self._processor.handle_message(message)
        logger.debug("Tour en %.1f ms.", 1000 * (time.perf_counter() - started))
        return output


def _offered_to_all(payload: str | None) -> str | None:
    return dialogue.from_the_start(knowledge.base().current()).get(payload) if payload else None


def _sorry() -> CardDict:
    from aiguilleur.engine.agent import apology

    card: CardDict = utterance(apology())[CARD]
    return card
