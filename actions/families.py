"""The families of actions that ``data/rules`` maps intents to. They know nothing but their name."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.turns import start_session, take_turn

Events = list[dict[str, Any]]


class TurnAction(Action):
    """One turn of the conversation; each family below is one of these under its own name."""

    family = "action_answer"

    def name(self) -> str:
        """The name that the rules know."""
        return self.family

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Utter the Cards of the turn and return what changed."""
        return take_turn(dispatcher, tracker)


class ActionGuide(TurnAction):
    """A problem that a guide walks through."""

    family = "action_guide"


class ActionSupportContact(TurnAction):
    """Whom to contact, where, how."""

    family = "action_support_contact"


class ActionImapHelp(TurnAction):
    """Mail programs and phones."""

    family = "action_imap_help"


class ActionNumen(TurnAction):
    """The NUMEN: what it is, blocked, given away."""

    family = "action_numen"


class ActionAnswer(TurnAction):
    """A question answered at once, or a piece of information given."""

    family = "action_answer"


class ActionSmallTalk(TurnAction):
    """Greetings, thanks, goodbye, and what the assistant can do."""

    family = "action_small_talk"


class ActionFallback(TurnAction):
    """Not understood, doubtful, or not ours."""

    family = "action_fallback"


class ActionChoose(TurnAction):
    """A button."""

    family = "action_choose"


class ActionSessionStart(Action):
    """The first message, or the first after a pause."""

    def name(self) -> str:
        """The name that Rasa calls."""
        return "action_session_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Open the session with what is carried over from the one before."""
        return start_session(tracker)


FAMILIES: tuple[type[Action], ...] = (
    ActionGuide,
    ActionSupportContact,
    ActionImapHelp,
    ActionNumen,
    ActionAnswer,
    ActionSmallTalk,
    ActionFallback,
    ActionChoose,
    ActionSessionStart,
)
