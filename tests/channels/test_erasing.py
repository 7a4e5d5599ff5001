"""Erasing, by the word and by DELETE, while a turn is being answered: nothing comes back."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from aiguilleur import server
from aiguilleur.errors import StoreError
from tests.conftest import Site

pytestmark = pytest.mark.rasa

MESSAGE, SESSION, HISTORY = (
    "/webhooks/web/message",
    "/webhooks/web/session",
    "/webhooks/web/history",
)
WITNESS = "une phrase-repère à oublier"


@pytest.fixture
def headers(client: httpx.Client) -> dict[str, str]:
    return {"Authorization": f"Bearer {client.post(SESSION).json()['token']}"}


@pytest.fixture
def slowly(site: Site, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Every message waits before it is understood; the event says that one has begun."""
    begun = threading.Event()
    understand = site.engine.processor.parse_message

    async def slow(*args: Any, **kwargs: Any) -> Any:
        begun.set()
        await asyncio.sleep(0.6)
        return await understand(*args, **kwargs)

    monkeypatch.setattr(site.engine.processor, "parse_message", slow)
    return begun


def _written(site: Site) -> bytes:
    folder = site.settings.database.parent
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def _send(site: Site, headers: dict[str, str], body: dict[str, str]) -> httpx.Response:
    with site.client() as client:
        return client.post(MESSAGE, json=body, headers=headers)


def test_a_turn_in_flight_does_not_bring_a_deleted_conversation_back(
    site: Site, client: httpx.Client, headers: dict[str, str], slowly: threading.Event
) -> None:
    with ThreadPoolExecutor(2) as pool:
        turn = pool.submit(_send, site, headers, {"text": WITNESS})
        assert slowly.wait(10)
        waiting = pool.submit(_send, site, headers, {"text": WITNESS})
        assert client.delete(SESSION, headers=headers).status_code == 204
        assert turn.result().status_code == 200
        assert waiting.result().status_code in (200, 401)
    assert client.get(HISTORY, headers=headers).status_code == 401
    assert _send(site, headers, {"text": WITNESS}).status_code == 401
    assert "phrase-repère".encode() not in _written(site)


def test_a_turn_in_flight_does_not_bring_an_erased_conversation_back(
    site: Site, client: httpx.Client, headers: dict[str, str], slowly: threading.Event
) -> None:
    asked = client.post(MESSAGE, json={"text": "effacer"}, headers=headers).json()
    yes = {"payload": asked["messages"][0]["buttons"][0]["payload"]}
    slowly.clear()
    with ThreadPoolExecutor(2) as pool:
        turn = pool.submit(_send, site, headers, {"text": WITNESS})
        assert slowly.wait(10)
        erased = pool.submit(_send, site, headers, yes)
        assert turn.result().status_code == 200
        assert erased.result().json()["erased"] is True
    assert "phrase-repère".encode() not in _written(site)
    said = client.get(HISTORY, headers=headers).json()["messages"]
    assert [entry["from"] for entry in said] == ["bot"]


async def test_the_server_erases_what_is_old_by_itself_and_outlives_a_failing_store(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, float]] = []
    enough = asyncio.Event()

    async def purge(**kwargs: float) -> int:
        asked.append(kwargs)
        if len(asked) == 1:
            raise StoreError("La base ne répond pas.", "Réessayez.")
        enough.set()
        return 0

    monkeypatch.setattr(site.engine.store, "purge", purge)
    monkeypatch.setattr(server, "PURGE_EVERY", 0)
    erasing = asyncio.create_task(server._purge(site.app, site.settings))
    await asyncio.wait_for(enough.wait(), 10)
    erasing.cancel()
    assert asked[0]["days"] == 30
    assert asked[0]["closed_seconds"] >= site.settings.session_seconds
