"""From Rasa's tracker to ``dialogue.turn`` and back: the one place where the two meet.

Reads the slots and the last message, utters the Cards, gives back the slots that changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, FollowupAction, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from aiguilleur import dialogue, knowledge
from aiguilleur.card import Card, plain
from aiguilleur.dialogue import State
from aiguilleur.understanding import ANSWER, FALLBACK, Choice, Understanding

Events = list[dict[str, Any]]

LISTEN = "action_listen"


def take_turn(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Take one turn: utter every Card of the answer; the slots that changed, and the turn's end."""
    state = State.from_slots(tracker.current_slot_values())
    known = knowledge.base().current()
    message = last_message(tracker)
    metadata = message.get("metadata") or {}
    turn = dialogue.turn(
        state,
        understood(message),
        known,
        datetime.now(known.zone),
        welcomed=bool(metadata.get("welcomed")),
    )
    for card in turn.cards:
        utter(dispatcher, card, erase=turn.erase)
    return [*changed(tracker, turn.state), FollowupAction(LISTEN)]


def start_session(tracker: Tracker) -> Events:
    """Open a session; after a pause, where the conversation was is offered again."""
    state = State.from_slots(tracker.current_slot_values())
    carried = dialogue.resumed(state).to_slots() if state != State() else {}
    slots = [SlotSet(name, value) for name, value in carried.items() if value is not None]
    return [SessionStarted(), *slots, ActionExecuted(LISTEN)]


def last_message(tracker: Tracker) -> Mapping[str, Any]:
    """The user's last message as an event, with its metadata; empty when there is none."""
    users = (event for event in reversed(tracker.events) if event.get("event") == "user")
    return next(users, {})


def understood(message: Mapping[str, Any]) -> Understanding:
    """What the message says: a button, what the guard wrote, or the bare intent."""
    parsed = message.get("parse_data") or {}
    intent = (parsed.get("intent") or {}).get("name")
    if intent == "choose":
        named = {entity["entity"]: str(entity["value"]) for entity in parsed.get("entities", ())}
        return Understanding(choice=Choice(named.get("choice", ""), named.get("step", "")))
    metadata = message.get("metadata") or {}
    bare = {
        "decision": FALLBACK if intent in (None, "nlu_fallback") else ANSWER,
        "intent": intent,
        "confidence": (parsed.get("intent") or {}).get("confidence") or 0.0,
        "problems": (intent,) if intent else (),
    }
    return Understanding.from_property(
        message.get("text") or "",
        parsed.get("understanding") or bare,
        masked=tuple(metadata.get("masked", ())),
        academic_address=bool(metadata.get("academic_address")),
    )


def utter(dispatcher: CollectingDispatcher, card: Card, *, erase: bool = False) -> None:
    """Utter one Card: text and buttons for stock channels, the Card itself for ours."""
    buttons = [{"title": button.title, "payload": button.payload} for button in card.buttons]
    extra = {"erase": True} if erase else {}
    dispatcher.utter_message(text=plain(card), buttons=buttons, card=card.as_dict(), **extra)


def changed(tracker: Tracker, state: State) -> Events:
    """One event for each slot whose value is no longer that of the tracker."""
    return [
        SlotSet(name, value)
        for name, value in state.to_slots().items()
        if value != tracker.get_slot(name)
    ]
