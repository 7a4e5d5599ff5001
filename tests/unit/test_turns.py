"""From Rasa's tracker to the conversation and back."""

from __future__ import annotations

from datetime import timezone
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import turns
from aiguilleur import dialogue, knowledge
from aiguilleur.card import Button, Card
from aiguilleur.dialogue import State, Turn
from aiguilleur.understanding import ANSWER, FALLBACK, Choice, Understanding


def tracker(*events: dict[str, Any], slots: dict[str, Any] | None = None) -> Tracker:
    return Tracker("a", slots or {}, None, list(events), False, None, {}, None)


def user(text: str, intent: str | None, **more: Any) -> dict[str, Any]:
    parsed = {"intent": {"name": intent, "confidence": 0.7}, "entities": [], **more}
    return {"event": "user", "text": text, "parse_data": parsed, "metadata": {}}


def test_the_guard_is_believed_and_what_was_masked_is_told() -> None:
    message = user(
        "mon mot de passe est [MOT DE PASSE]",
        "reset_password",
        understanding={
            "decision": "clarify",
            "intent": "reset_password",
            "confidence": 0.5,
            "options": ["reset_password", "login_failure"],
            "concepts": ["password"],
        },
    )
    message["metadata"] = {"masked": ["password"], "academic_address": True}
    heard = turns.understood(message)
    assert heard.decision == "clarify"
    assert heard.options == ("reset_password", "login_failure")
    assert heard.masked == ("password",)
    assert heard.academic_address


@pytest.mark.parametrize(
    ("intent", "decision"), [("greet", ANSWER), ("nlu_fallback", FALLBACK), (None, FALLBACK)]
)
def test_without_a_guard_the_intent_decides(intent: str | None, decision: str) -> None:
    assert turns.understood(user("x", intent)).decision == decision


def test_a_button_is_a_choice_and_nothing_else() -> None:
    entities = [{"entity": "choice", "value": "yes"}, {"entity": "step", "value": "a#b"}]
    heard = turns.understood(user("/choose{}", "choose", entities=entities))
    assert heard == Understanding(choice=Choice("yes", "a#b"))


def test_a_turn_utters_every_card_sets_what_changed_and_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cards = (Card("Un."), Card("Deux.", buttons=(Button("Oui", "/choose{}"),)))
    seen: dict[str, Any] = {}

    def turn(state: State, understanding: Understanding, *args: Any, **kwargs: Any) -> Turn:
        seen.update(kwargs, state=state, now=args[1], text=understanding.text)
        return Turn(state.but(department="42", place=None), cards, erase=True)

    class Base:
        def current(self) -> Any:
            return SimpleNamespace(zone=timezone.utc)

    monkeypatch.setattr(dialogue, "turn", turn)
    monkeypatch.setattr(knowledge, "base", Base)
    message = user("bonjour", "greet")
    message["metadata"] = {"welcomed": True}
    slots = State(place="Feurs", step="x").to_slots()
    dispatcher = CollectingDispatcher()
    events = turns.take_turn(dispatcher, tracker(user("avant", "greet"), message, slots=slots))
    assert seen["state"] == State(place="Feurs", step="x")
    assert seen["welcomed"]
    assert seen["text"] == "bonjour"
    assert seen["now"].tzinfo is not None
    assert [said["card"]["text"] for said in dispatcher.messages] == ["Un.", "Deux."]
    assert dispatcher.messages[1]["buttons"] == [{"title": "Oui", "payload": "/choose{}"}]
    assert all(said["erase"] for said in dispatcher.messages)
    assert {e["name"]: e["value"] for e in events if e["event"] == "slot"} == {
        "department": "42",
        "place": None,
    }
    assert events[-1]["event"] == "followup"


def test_a_first_session_sets_nothing() -> None:
    events = turns.start_session(tracker())
    assert [event["event"] for event in events] == ["session_started", "action"]


def test_after_a_pause_the_département_stays() -> None:
    slots = State(department="42", place="Feurs", misses=2).to_slots()
    events = turns.start_session(tracker(slots=slots))
    assert events[0]["event"] == "session_started"
    carried = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    assert carried["department"] == "42"
    assert carried["dialogue"].get("misses") is None
