"""Actions run in this process, behind the interface of Rasa's action endpoint.

An action that raises is answered with an apology; the log names its type and its turn, never what
the person wrote. Knows no action.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.actions.constants import SELECTIVE_DOMAIN
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.utils.schemas.events import EVENT_SCHEMA
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from aiguilleur.card import Card, plain
from aiguilleur.engine.output import CARD

logger = logging.getLogger(__name__)

_LISTEN = {"event": "followup", "name": ACTION_LISTEN_NAME}
_NEW_SESSION = [
    {"event": "session_started"},
    {"event": "action", "name": ACTION_LISTEN_NAME},
]


class InProcessActions(EndpointConfig):
    """Runs actions here. ``apology`` makes the Card that answers when one raises."""

    def __init__(self, actions: list[type[Action]], apology: Callable[[], Card]) -> None:
        super().__init__(url="in-process", **{SELECTIVE_DOMAIN: True})
        self._executor = ActionExecutor()
        for action in actions:
            self._executor.register_action(action)
        self._apology = apology
        self._events = _validators()
        _validate_once()

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Run one action; the answer of an action server, already validated."""
        call = kwargs["json"]
        name = call.get("next_action")
        try:
            result = await self._executor.run(call)
            for event in result["events"] if result else ():
                self._events[event["event"]].validate(event)
        except ActionExecutionRejection as rejection:
            text = json.dumps({"action_name": rejection.action_name, "error": rejection.message})
            raise ClientResponseError(400, rejection.message, text) from None
        except Exception as error:
            logger.error("%s : %s (tour %s).", name, type(error).__name__, _turn_of(call))
            return self._sorry(name)
        return result or {"events": [], "responses": []}

    def _sorry(self, name: str | None) -> dict[str, Any]:
        if name == ACTION_SESSION_START_NAME:
            return {"events": _NEW_SESSION, "responses": []}
        return {"events": [_LISTEN], "responses": [utterance(self._apology())]}


def utterance(card: Card) -> dict[str, Any]:
    """A Card as an action utters it."""
    shown = card.as_dict()
    return {"text": plain(card), "buttons": shown.get("buttons", []), CARD: shown}


def _validators() -> dict[str, Any]:
    """A validator for each kind of event, made once.

    Rasa's schema tries all the kinds on each event; they differ by the constant ``event``.
    """
    kinds = EVENT_SCHEMA["oneOf"]
    return {kind["properties"]["event"]["const"]: validator_for(kind)(kind) for kind in kinds}


def _turn_of(call: dict[str, Any]) -> str:
    for event in reversed(call.get("tracker", {}).get("events") or ()):
        if event.get("event") == "user":
            return str(event.get("message_id"))[:12]
    return "sans message"


def _validate_once() -> None:
    """What runs here is validated here: Rasa need not check the schema itself again each time."""
    original = RemoteAction._validate_action_result
    if getattr(original, "skips", False):
        return

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        return isinstance(self.action_endpoint, InProcessActions) or original(self, result)

    validate.skips = True  # type: ignore[attr-defined]
    RemoteAction._validate_action_result = validate
