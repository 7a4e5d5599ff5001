"""The output channel that collects: nothing is sent before the turn is stored.

Knows how a Card travels in an utterance of Rasa; knows no channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import OutputChannel

CARD, ERASE = "card", "erase"
"""Keys of an utterance's metadata: the Card, and « erase this conversation »."""


class Collected(OutputChannel):
    """Keeps the Cards of one turn, in order."""

    def __init__(self, channel: str) -> None:
        self.channel = channel
        self.cards: list[dict[str, Any]] = []
        self.erased = False

    def name(self) -> str:  # type: ignore[override]
        """The name of the channel that the Cards will leave by."""
        return self.channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one utterance; the single entry of Rasa's output channels."""
        self.erased = self.erased or bool(message.get(ERASE))
        card = card_of(message.get("text"), message.get("buttons"), message)
        if card:
            self.cards.append(card)


def card_of(
    text: str | None, buttons: list[dict[str, Any]] | None, metadata: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The Card of an utterance, made from its text and buttons when it carries none."""
    card = metadata.get(CARD)
    if isinstance(card, dict):
        return card
    if not text:
        return None
    plain: dict[str, Any] = {"text": text}
    if buttons:
        plain["buttons"] = [{"title": b.get("title"), "payload": b.get("payload")} for b in buttons]
    return plain


def erases(events: list[dict[str, Any]]) -> bool:
    """Whether these stored events say that the conversation is erased."""
    return any(event["event"] == "bot" and event["metadata"].get(ERASE) for event in events)


def cards_of(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The Cards of stored events, in order."""
    cards = (
        card_of(event.get("text"), (event.get("data") or {}).get("buttons"), event["metadata"])
        for event in events
        if event["event"] == "bot"
    )
    return [card for card in cards if card]
