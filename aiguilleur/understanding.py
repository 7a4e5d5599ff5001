"""What the understanding of a message hands to the conversation. Data only.

Written by the guard of ``nlu`` as the message property ``understanding``; absent for button payloads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ANSWER, CLARIFY, FALLBACK = "answer", "clarify", "fallback"


@dataclass(frozen=True)
class Choice:
    """A button that was pressed: the ``step`` it was offered at and what it chose."""

    choice: str
    step: str


@dataclass(frozen=True)
class Understanding:
    """One message, understood.

    ``text`` is masked. ``problems``: all intents found, first the one acted on. ``likely``: the
    five likeliest intents, each with its probability, whatever was decided. ``concepts``:
    names of the lexicon found in the text. ``acts``: what the message would do in the middle of a
    conversation (an answer, a pause, a question…) with its probability. ``questions``: the known
    questions that it may ask there, by name, each with its probability among all.
    ``halves``: the ways of cutting the message in two, each half understood as if it were alone.
    ``masked``: kinds of secrets that were masked.
    ``academic_address``: an address of the academy was typed (and masked).
    ``choice``: set for a button, in which case everything else is empty.
    """

    text: str = ""
    decision: str = FALLBACK
    intent: str | None = None
    confidence: float = 0.0
    options: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    likely: Mapping[str, float] = field(default_factory=dict)
    concepts: frozenset[str] = frozenset()
    acts: Mapping[str, float] = field(default_factory=dict)
    questions: Mapping[str, float] = field(default_factory=dict)
    halves: tuple[tuple[Understanding, Understanding], ...] = ()
    masked: tuple[str, ...] = ()
    academic_address: bool = False
    choice: Choice | None = None

    @classmethod
    def from_property(
        cls,
        text: str,
        value: Mapping[str, Any],
        *,
        masked: tuple[str, ...] = (),
        academic_address: bool = False,
    ) -> Understanding:
        """From the message property (a JSON object) written by the guard."""
        return cls(
            text=text,
            decision=value.get("decision", FALLBACK),
            intent=value.get("intent"),
            confidence=float(value.get("confidence", 0.0)),
            options=tuple(value.get("options", ())),
            problems=tuple(value.get("problems", ())),
            likely={item["intent"]: item["confidence"] for item in value.get("ranking") or ()},
            concepts=frozenset(value.get("concepts", ())),
            acts=dict(value.get("acts") or {}),
            questions=dict(value.get("questions") or {}),
            halves=tuple(
                (cls.from_property(head["text"], head), cls.from_property(tail["text"], tail))
                for head, tail in value.get("halves") or ()
            ),
            masked=masked,
            academic_address=academic_address,
        )
