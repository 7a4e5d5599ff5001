"""Many people talk at once, each of a town, a subject and a word of their own: none hears another.

What a session is answered and what its history keeps must be its own, in order, and nothing in
them may hold what only another said. Loopback only; used by the tests, and by ``scripts/fuzz``:

    python -m tests.fuzz.crosstalk http://127.0.0.1:5005 --sessions 300
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

TOWNS = (
    *("Thoissey", "Oyonnax", "Belley", "Nantua", "Gex", "Lagnieu", "Meximieux", "Trévoux"),
    *("Feurs", "Charlieu", "Montbrison", "Firminy", "Boën", "Panissières", "Rive-de-Gier"),
    *("Tarare", "Givors", "Amplepuis", "Thizy", "Belleville", "Brignais", "Mornant", "Anse"),
)
SUBJECTS = (
    "ma boîte est pleine",
    "j’ai oublié mon mot de passe",
    "mon compte est bloqué",
    "je ne trouve pas mon NUMEN",
    "Thunderbird refuse de se connecter",
    "je n’ai plus accès à mon adresse de secours",
)
SYLLABLES = ("ba", "do", "fi", "gu", "ka", "lo", "mi", "nu", "po", "ri", "ta", "vo", "za", "xe")


@dataclass
class Talk:
    """One session: what only it says, and what it sent and was answered."""

    word: str
    town: str
    subject: str
    said: list[str] = field(default_factory=list)
    answered: list[Any] = field(default_factory=list)
    history: list[dict[str, Any]] = field(default_factory=list)


def talks(count: int, seed: int = 0) -> list[Talk]:
    """That many sessions, whose words are all different and none a part of another."""
    pick = random.Random(seed)
    words: set[str] = set()
    while len(words) < count:
        words.add("qu" + "".join(pick.choice(SYLLABLES) for _ in range(5)))
    return [
        Talk(word, TOWNS[number % len(TOWNS)], SUBJECTS[number % len(SUBJECTS)])
        for number, word in enumerate(sorted(words))
    ]


async def play(url: str, all_talks: list[Talk], turns: int, at_once: int) -> None:
    """Every session says its part, ``at_once`` of them at any moment. Fills the talks."""
    limits = httpx.Limits(max_connections=at_once)
    turn_taken = asyncio.Semaphore(at_once)
    async with httpx.AsyncClient(
        base_url=url, timeout=60, trust_env=False, limits=limits
    ) as client:

        async def one(talk: Talk, number: int) -> None:
            async with turn_taken:
                await _talk(client, talk, turns, random.Random(number))

        await asyncio.gather(*(one(talk, number) for number, talk in enumerate(all_talks)))


async def _talk(client: httpx.AsyncClient, talk: Talk, turns: int, pick: random.Random) -> None:
    token = (await client.post("/webhooks/web/session")).json()["token"]
    headers = {"Authorization": f"Bearer {token}"}
    lines = (
        f"{talk.subject}, signé {talk.word}",
        f"je travaille à {talk.town}",
        f"c’est {talk.word} qui écrit",
    )
    buttons: list[dict[str, Any]] = []
    for turn in range(turns):
        pressed = pick.choice(buttons) if buttons and turn >= len(lines) else None
        text = pressed["title"] if pressed else lines[turn % len(lines)]
        body = {"payload": pressed["payload"]} if pressed else {"text": text}
        response = await client.post("/webhooks/web/message", json=body, headers=headers)
        response.raise_for_status()
        answer = response.json()
        if answer.get("erased"):
            return
        talk.said.append(answer.get("text", text))
        talk.answered += answer["messages"]
        buttons = [b for card in answer["messages"] for b in card.get("buttons", ())]
        buttons = [button for button in buttons if "@erase" not in button["payload"]]
        await asyncio.sleep(pick.random() / 100)
    kept = await client.get("/webhooks/web/history", headers=headers)
    kept.raise_for_status()
    talk.history = kept.json()["messages"]


def faults(all_talks: list[Talk]) -> Iterator[str]:
    """What is not as it must be, in a sentence each; nothing when no session heard another."""
    for talk in all_talks:
        if not talk.history:
            yield f"la session {talk.word} n’a pas d’historique"
            continue
        texts = [entry["text"] for entry in talk.history if entry["from"] == "user"]
        cards = [entry["card"] for entry in talk.history if entry["from"] == "bot"]
        if texts != talk.said:
            yield f"l’historique de {talk.word} ne garde pas ce qu’elle a dit"
        if cards != talk.answered:
            yield f"l’historique de {talk.word} ne garde pas ce qui lui fut répondu"
        heard = json.dumps([talk.answered, talk.history], ensure_ascii=False)
        for other in all_talks:
            if other.word != talk.word and other.word in heard:
                yield f"{talk.word} lit le mot de {other.word}"
        for town in TOWNS:
            if town != talk.town and town in heard:
                yield f"{talk.word}, de {talk.town}, entend parler de {town}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url", help="un serveur d’essai, sur cette machine")
    parser.add_argument("--sessions", type=int, default=300)
    parser.add_argument("--turns", type=int, default=6)
    parser.add_argument("--at-once", type=int, default=40)
    options = parser.parse_args()
    if urlsplit(options.url).hostname not in ("127.0.0.1", "localhost", "::1"):
        parser.error("seulement un serveur de cette machine")
    all_talks = talks(options.sessions)
    asyncio.run(play(options.url, all_talks, options.turns, options.at_once))
    found = list(faults(all_talks))
    print("\n".join(found[:50]))
    turns = sum(len(talk.said) for talk in all_talks)
    print(
        f"{len(all_talks)} sessions mêlées, {turns} tours, {len(found)} fuites de l’une à l’autre."
    )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
