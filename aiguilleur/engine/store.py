"""Rasa's tracker store on our database: it raises instead of pretending, and keeps no secret.

A tracker is rebuilt from the slots as they are now and the last turns; a save writes the new events
as one turn. Knows nothing of what a conversation says.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from functools import partial
from typing import Any, TypeVar

from rasa.core.tracker_store import TrackerStore
from rasa.shared.constants import ASSISTANT_ID_KEY
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_SLOT_NAMES
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import METADATA_MODEL_ID

from aiguilleur.engine.database import Busy, Database, Event, Kept, NewTurn, Opening
from aiguilleur.engine.output import CARD, cards_of, erases
from aiguilleur.redaction import redact

Result = TypeVar("Result")

CLIENT_ID, BUTTON_TITLE = "client_id", "button"
"""Keys of a user message's metadata: the digest of the client's id, and the button's title."""

_PARSED = ("intent", "entities", "understanding")
_NOISE = (METADATA_MODEL_ID, ASSISTANT_ID_KEY)
_MAY_HIDE = re.compile(r"[\d@\s]")


class StoredTracker(DialogueStateTracker):
    """A tracker that knows how much of it is already stored."""

    stored_events: int = 0
    stored_turns: int = 0


class ConversationStore(TrackerStore):
    """Conversations turn by turn. Every method raises StoreError when the database does not answer.

    A call is made on the spot; when somebody else holds the file, it is made again in a thread,
    where it may wait without holding the server.
    """

    def __init__(self, database: Database, domain: Domain | None = None) -> None:
        super().__init__(domain)
        self.database = database
        self._prompt = Database(database.path, busy_milliseconds=0)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")

    # What Rasa calls

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of a conversation as a turn needs it, or None for an unknown one."""
        kept = await self._run(Database.read, sender_id)
        return None if kept is None else self._tracker(sender_id, kept)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """The tracker with every event that is kept."""
        kept = await self._aside(Database.read, conversation_id, None)
        return None if kept is None else self._tracker(conversation_id, kept)

    async def get_or_create_tracker(
        self,
        sender_id: str,
        max_event_history: int | None = None,
        append_action_listen: bool = True,
    ) -> DialogueStateTracker:
        """The tracker, or a new one that is not stored before it has lived a turn."""
        tracker = await self.retrieve(sender_id)
        if tracker is None:
            tracker = StoredTracker(sender_id, self.domain.slots)
            if append_action_listen:
                tracker.update(ActionExecuted(ACTION_LISTEN_NAME), self.domain)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the new events of the tracker as one turn, masked, in one transaction."""
        known = tracker.stored_events if isinstance(tracker, StoredTracker) else 0
        turns = tracker.stored_turns if isinstance(tracker, StoredTracker) else 0
        fresh = [event.as_dict() for event in list(tracker.events)[known:]]
        if not fresh:
            return
        await self._run(Database.write, tracker.sender_id, _turn(fresh, tracker, turns + 1))
        if isinstance(tracker, StoredTracker):
            tracker.stored_events, tracker.stored_turns = len(tracker.events), turns + 1

    async def keys(self) -> Iterable[str]:
        """Not offered: nobody needs the list of all conversations."""
        raise NotImplementedError

    # What the ingress calls

    async def open(self, sender: str, message: str | None, payload: str | None) -> Opening:
        """What is known of the conversation and of this message before it is handled."""
        return await self._run(Database.open, sender, message, payload)

    async def erase(self, sender: str, *, close: bool) -> None:
        """Erase a conversation; ``close``: its token is dead from now on."""
        await self._run(Database.erase, sender, time.time() if close else None)

    async def history(self, sender: str) -> list[dict[str, Any]]:
        """What was said, masked, in order: ``{"from", "text" or "card", "at"}``."""
        kept = await self._aside(Database.read, sender, None)
        said = (_said(event) for event in kept.tail) if kept else ()
        return [entry for entries in said for entry in entries]

    async def purge(self, *, days: int, closed_seconds: float) -> int:
        """Erase what has been silent for ``days``; how many conversations there were."""
        now = time.time()
        return await self._aside(Database.purge, now - days * 86400, now - closed_seconds)

    async def ping(self) -> None:
        """Raise StoreError when conversations can be neither read nor written."""
        await self._run(Database.ping)

    async def close(self) -> None:
        """Close the file and the thread."""
        self._prompt.close()
        await self._aside(Database.close)
        self._thread.shutdown(wait=False)

    async def _run(self, work: Callable[..., Result], *args: Any) -> Result:
        try:
            return work(self._prompt, *args)
        except Busy:
            return await self._aside(work, *args)

    async def _aside(self, work: Callable[..., Result], *args: Any) -> Result:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, partial(work, self.database, *args))

    def _tracker(self, sender_id: str, kept: Kept) -> StoredTracker:
        """Rebuild a tracker: the slots of now, then the last turns of the current session."""
        tracker = StoredTracker(sender_id, self.domain.slots)
        for name, value in kept.slots.items():
            if name in tracker.slots:
                tracker.update(SlotSet(name, value), self.domain)
        tail = [event for event in kept.tail if event["event"] != "slot"]
        starts = [at for at, event in enumerate(tail) if event["event"] == "session_started"]
        if starts:
            tail = tail[starts[-1] + 1 :]
        if tail and tail[0]["event"] != "action":
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME), self.domain)
        for event in deserialise_events(tail):
            tracker.update(event, self.domain)
        tracker.stored_events, tracker.stored_turns = len(tracker.events), kept.turns
        return tracker


def _turn(fresh: list[Event], tracker: DialogueStateTracker, number: int) -> NewTurn:
    erase = erases(fresh)
    users = [event for event in fresh if event["event"] == "user"]
    kept = [event for event in fresh if event["event"] == "bot"] if erase else fresh
    slots = {
        name: masked(value)
        for name, value in tracker.current_slot_values().items()
        if value is not None and name not in DEFAULT_SLOT_NAMES
    }
    events = [_kept(event) for event in kept if not _inner(event)]
    return NewTurn(
        number=number,
        message=next((u["metadata"].get(CLIENT_ID) for u in users if u.get("metadata")), None),
        at=time.time(),
        events=events,
        slots={} if erase else slots,
        buttons=[
            (button["payload"], button["title"])
            for card in cards_of(events)
            for button in card.get("buttons", ())
        ],
        erase=erase,
    )


def _inner(event: Event) -> bool:
    """Whether an event only changes what the slots of now already say."""
    return event["event"] == "slot" and (
        event["name"] in DEFAULT_SLOT_NAMES or not isinstance(event["value"], str | None)
    )


def _kept(event: Event) -> Event:
    """An event as it is stored: masked, without what Rasa repeats in each."""
    metadata = event.get("metadata") or {}
    kept = {**event, "metadata": {k: v for k, v in metadata.items() if k not in _NOISE}}
    if event["event"] == "slot":
        kept["value"] = masked(event["value"])
    if event["event"] == "bot":
        told = kept["metadata"].get(CARD)
        kept["data"] = {} if told else {k: v for k, v in (event["data"] or {}).items() if v}
    if event["event"] == "user":
        parsed = event.get("parse_data") or {}
        kept["text"] = masked(event.get("text"))
        kept["parse_data"] = {key: parsed[key] for key in _PARSED if key in parsed}
    return kept


def masked(value: Any) -> Any:
    """The value with every text in it masked again, should one have come by another road."""
    if isinstance(value, str):
        return redact(value).text if _MAY_HIDE.search(value) else value
    if isinstance(value, dict):
        return {key: masked(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [masked(each) for each in value]
    return value


def _said(event: Event) -> list[dict[str, Any]]:
    at = datetime.fromtimestamp(event.get("timestamp") or 0, timezone.utc).isoformat("T", "seconds")
    if event["event"] == "user":
        text = event["metadata"].get(BUTTON_TITLE) or event.get("text") or ""
        return [{"from": "user", "text": text, "at": at}]
    return [{"from": "bot", "card": card, "at": at} for card in cards_of([event])]
