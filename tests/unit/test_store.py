"""The store: whole turns, masked; it raises instead of pretending, and costs the same at each turn."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aiguilleur.engine.database import Database, NewTurn
from aiguilleur.engine.store import ConversationStore
from aiguilleur.errors import StoreError

pytestmark = pytest.mark.rasa

SLOTS = ("department", "step", "dialogue")


@pytest.fixture(scope="module")
def domain() -> Any:
    from rasa.shared.core.domain import Domain

    return Domain.from_dict(
        {
            "version": "3.1",
            "intents": ["greet", "choose"],
            "slots": {
                name: {
                    "type": "any" if name == "dialogue" else "text",
                    "influence_conversation": False,
                    "mappings": [{"type": "custom"}],
                }
                for name in SLOTS
            },
            "actions": ["action_guide"],
        }
    )


@pytest.fixture
def store(tmp_path: Path, domain: Any) -> Iterator[ConversationStore]:
    store = ConversationStore(Database(tmp_path / "c.db", busy_milliseconds=50), domain)
    yield store
    store.database.close()


async def say(
    store: ConversationStore,
    sender: str,
    text: str,
    *,
    client_id: str | None = None,
    slots: dict[str, Any] | None = None,
    card: dict[str, Any] | None = None,
    erase: bool = False,
) -> Any:
    """One turn as the processor would make it; the tracker that was saved."""
    from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    metadata = {"client_id": client_id} if client_id else {}
    answer = card or {"text": "Une réponse."}
    parsed = {"text": text, "intent": {"name": "greet"}, "entities": [], "text_tokens": [(0, 3)]}
    events = [
        UserUttered(text, parsed["intent"], [], parsed, metadata=metadata),
        ActionExecuted("action_guide"),
        BotUttered(
            "Une réponse.",
            {"buttons": answer.get("buttons")},
            {"card": answer, **({"erase": True} if erase else {})},
        ),
        *(SlotSet(name, value) for name, value in (slots or {}).items()),
        ActionExecuted("action_listen"),
    ]
    for event in events:
        tracker.update(event, store.domain)
    await store.save(tracker)
    return tracker


def written(folder: Path, words: str) -> bool:
    """Whether a file of the folder holds these words."""
    return any(words.encode() in path.read_bytes() for path in folder.iterdir())


def remove_all(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


async def test_an_unknown_conversation_is_new_and_nothing_is_written_for_it(
    store: ConversationStore,
) -> None:
    tracker = await store.get_or_create_tracker("a")
    assert tracker.sender_id == "a"
    assert await store.retrieve("a") is None


async def test_slots_and_history_come_back(store: ConversationStore) -> None:
    await say(store, "a", "bonjour", slots={"department": "42", "dialogue": {"misses": 1}})
    await say(store, "a", "et ensuite", slots={"step": "has_backup"})
    again = await store.retrieve("a")
    assert again is not None
    values = again.current_slot_values()
    assert {name: values[name] for name in SLOTS} == {
        "department": "42",
        "step": "has_backup",
        "dialogue": {"misses": 1},
    }
    said = await store.history("a")
    assert [entry.get("text") or entry["card"]["text"] for entry in said] == [
        "bonjour",
        "Une réponse.",
        "et ensuite",
        "Une réponse.",
    ]
    assert said[0]["at"].endswith("+00:00")


async def test_only_new_events_are_saved_and_saving_again_adds_nothing(
    store: ConversationStore,
) -> None:
    await say(store, "a", "un")
    tracker = await say(store, "a", "deux")
    await store.save(tracker)
    assert len([entry for entry in await store.history("a") if entry["from"] == "user"]) == 2


async def test_a_turn_does_not_cost_more_as_the_conversation_grows(
    store: ConversationStore,
) -> None:
    for number in range(60):
        await say(store, "a", f"message {number}", slots={"step": f"étape {number}"})
    tracker = await store.retrieve("a")
    assert tracker is not None
    assert len(tracker.events) < 20
    assert tracker.get_slot("step") == "étape 59"
    full = await store.retrieve_full_tracker("a")
    assert full is not None
    assert len([event for event in full.events if event.type_name == "user"]) == 60


async def test_slots_survive_a_new_session_and_the_tail_begins_with_it(
    store: ConversationStore,
) -> None:
    from rasa.shared.core.events import ActionExecuted, SessionStarted, SlotSet

    await say(store, "a", "avant", slots={"department": "69", "step": "x"})
    tracker = await store.retrieve("a")
    assert tracker is not None
    for event in (SessionStarted(), SlotSet("department", "69"), ActionExecuted("action_listen")):
        tracker.update(event, store.domain)
    await store.save(tracker)
    again = await store.retrieve("a")
    assert again is not None
    assert again.get_slot("department") == "69"
    assert again.get_slot("step") is None
    assert not [event for event in again.events if event.type_name == "user"]


async def test_a_message_id_finds_its_answer_and_a_button_its_title(
    store: ConversationStore,
) -> None:
    card = {"text": "Que voulez-vous ?", "buttons": [{"title": "Oui", "payload": "/choose{}"}]}
    await say(store, "a", "bonjour", client_id="m1", card=card)
    opening = await store.open("a", "m1", None)
    assert opening.answer is not None
    assert (await store.open("a", "m2", "/choose{}")).title == "Oui"
    assert (await store.open("a", None, "/autre")).title is None
    assert (await store.open("b", "m1", "/choose{}")).title is None
    assert (await store.open("b", "m1", None)).answer is None


async def test_a_secret_that_reached_the_store_is_masked_there(
    store: ConversationStore, tmp_path: Path
) -> None:
    secret = "06 39 98 12 34"
    await say(store, "a", f"rappelez-moi au {secret}", slots={"dialogue": {"waiting": secret}})
    store.database.close()
    assert not written(tmp_path, secret)


async def test_erased_is_gone_from_the_file_and_closed_stays_closed(
    store: ConversationStore, tmp_path: Path
) -> None:
    await say(store, "a", "phrase-temoin", slots={"department": "01"})
    await say(store, "b", "bonjour")
    await store.erase("a", close=True)
    assert (await store.open("a", None, None)).closed
    assert await store.retrieve("a") is None
    assert await store.history("a") == []
    assert await store.retrieve("b") is not None
    assert not written(tmp_path, "phrase-temoin")


async def test_a_turn_that_erases_keeps_only_its_answer(
    store: ConversationStore, tmp_path: Path
) -> None:
    await say(store, "a", "phrase-temoin", slots={"department": "01"})
    await say(
        store, "a", "oui", client_id="m9", card={"text": "C’est effacé."}, erase=True,
        slots={"department": "01"},
    )  # fmt: skip
    said = await store.history("a")
    assert [entry.get("card") for entry in said] == [{"text": "C’est effacé."}]
    assert (await store.open("a", "m9", None)).answer is not None
    tracker = await store.retrieve("a")
    assert tracker is not None
    assert tracker.get_slot("department") is None
    assert not written(tmp_path, "phrase-temoin")
    await say(store, "a", "bonjour de nouveau")
    assert len(await store.history("a")) == 3


async def test_two_writers_of_the_same_turn_do_not_overwrite_each_other(
    store: ConversationStore,
) -> None:
    await say(store, "a", "un")
    one = await store.retrieve("a")
    other = await store.retrieve("a")
    from rasa.shared.core.events import UserUttered

    for tracker in (one, other):
        assert tracker is not None
        tracker.update(UserUttered("deux"), store.domain)
    await store.save(one)
    with pytest.raises(StoreError):
        await store.save(other)
    assert len([entry for entry in await store.history("a") if entry["from"] == "user"]) == 2


async def test_a_locked_database_raises_keeps_nothing_and_recovers(
    store: ConversationStore, tmp_path: Path
) -> None:
    await say(store, "a", "un")
    other = sqlite3.connect(tmp_path / "c.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    started = time.monotonic()
    with pytest.raises(StoreError, match="ne répond pas"):
        await say(store, "a", "deux")
    assert time.monotonic() - started < 2
    other.execute("ROLLBACK")
    other.close()
    await say(store, "a", "deux, encore")
    users = [entry["text"] for entry in await store.history("a") if entry["from"] == "user"]
    assert users == ["un", "deux, encore"]


@pytest.mark.parametrize("what", ["garbage", "directory"])
async def test_a_file_that_is_no_database_raises_at_reading_and_at_writing(
    tmp_path: Path, domain: Any, what: str
) -> None:
    path = tmp_path / "c.db"
    path.mkdir() if what == "directory" else path.write_bytes(b"ceci n'est pas une base" * 200)
    store = ConversationStore(Database(path), domain)
    for attempt in (store.retrieve("a"), store.ping(), store.open("a", None, None)):
        with pytest.raises(StoreError):
            await attempt


async def test_a_file_replaced_under_us_is_opened_again(
    store: ConversationStore, tmp_path: Path
) -> None:
    await say(store, "a", "un")
    remove_all(tmp_path)
    await say(store, "a", "deux")
    fresh = ConversationStore(Database(tmp_path / "c.db"), store.domain)
    assert [e["text"] for e in await fresh.history("a") if e["from"] == "user"] == ["deux"]


async def test_what_is_older_than_the_retention_is_erased(store: ConversationStore) -> None:
    await say(store, "b", "récent")
    old = time.time() - 40 * 86400
    store.database.write("a", NewTurn(1, None, old, [], {}))
    assert await store.purge(days=30, closed_seconds=3600) == 1
    assert await store.retrieve("a") is None
    assert await store.retrieve("b") is not None


def test_only_the_owner_can_read_the_file(store: ConversationStore, tmp_path: Path) -> None:
    store.database.ping()
    assert (tmp_path / "c.db").stat().st_mode & 0o077 == 0
