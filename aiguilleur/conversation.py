"""A conversation in this process, without Rasa: redact, understand, decide.

For the terminal, the tests and the measures. Stores nothing; the server's way is in ``engine``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiguilleur import dialogue
from aiguilleur.card import Button, Card
from aiguilleur.dialogue import State
from aiguilleur.knowledge import Knowledge
from aiguilleur.redaction import redact
from aiguilleur.understanding import Choice, Understanding

CHOOSE = "/choose"


def choice_of(payload: str) -> Choice:
    """What a button's payload chooses. Raises ValueError when it is no such payload."""
    if not payload.startswith(CHOOSE):
        raise ValueError("not a choice")
    entities = json.loads(payload.removeprefix(CHOOSE))
    return Choice(str(entities["choice"]), str(entities["step"]))


@dataclass
class Conversation:
    """One person's conversation. ``understand`` maps a masked text to the message property."""

    knowledge: Knowledge
    understand: Callable[[str], Mapping[str, Any]]
    clock: Callable[[], datetime] | None = None
    welcomed: bool = True
    state: State = field(default_factory=State)
    cards: tuple[Card, ...] = ()

    def buttons(self) -> tuple[Button, ...]:
        """The buttons of the last answer, in order."""
        return tuple(button for card in self.cards for button in card.buttons)

    def say(self, text: str) -> tuple[Card, ...]:
        """What the assistant answers to a text."""
        clean = redact(text)
        masked = tuple(dict.fromkeys(secret.kind for secret in clean.secrets))
        heard = Understanding.from_property(
            clean.text,
            self.understand(clean.text),
            masked=masked,
            academic_address=clean.academic_address,
        )
        return self._turn(heard)

    def press(self, payload: str) -> tuple[Card, ...]:
        """What the assistant answers to a button."""
        return self._turn(Understanding(choice=choice_of(payload)))

    def _turn(self, heard: Understanding) -> tuple[Card, ...]:
        now = self.clock() if self.clock else datetime.now(self.knowledge.zone)
        done = dialogue.turn(self.state, heard, self.knowledge, now, welcomed=self.welcomed)
        self.state, self.cards = done.state, done.cards
        return done.cards
