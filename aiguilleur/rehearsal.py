"""Dialogues written by others, played over the web channel of a running server, limits on.

A dialogue is a JSON line: ``title`` and ``turns`` of ``user``, ``must`` and ``must_not`` (regular
expressions on the lower-cased text of all Cards), ``expect`` (for whoever reads the transcript).
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from aiguilleur.card import Button, Card, Fact, Link, plain
from aiguilleur.errors import AiguilleurError

MAX_CHARACTERS, MAX_CARDS = 700, 3
TIMEOUT = httpx.Timeout(20.0)
TRIES = 5
DEPARTMENTAL_DESK = re.compile(r"dsden d(?:e l['’]ain|e la loire|u rh[oô]ne)")


@dataclass(frozen=True)
class Expected:
    """One turn: what the person writes, what the answer must and must not say."""

    user: str
    expect: str
    must: tuple[re.Pattern[str], ...]
    must_not: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Scene:
    """One dialogue."""

    title: str
    turns: tuple[Expected, ...]


@dataclass(frozen=True)
class Played:
    """A turn as it went: the Cards of the answer and what does not hold."""

    turn: Expected
    cards: tuple[Card, ...]
    faults: tuple[str, ...]


def read(path: Path) -> tuple[Scene, ...]:
    """The dialogues of a JSON-lines file. Raises AiguilleurError with the line that cannot be read."""
    scenes = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AiguilleurError(f"« {path} » illisible.", "Donnez un fichier JSON-lines.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            scenes.append(_scene(json.loads(line)))
        except (ValueError, KeyError, TypeError, re.error) as error:
            raise AiguilleurError(
                f"{path.name}, ligne {number} : dialogue illisible ({error}).",
                "Attendu : {title, turns: [{user, must, must_not}]}.",
            ) from error
    if not scenes:
        raise AiguilleurError(f"{path.name} ne contient aucun dialogue.")
    return tuple(scenes)


def _scene(raw: Mapping[str, Any]) -> Scene:
    turns = tuple(
        Expected(
            user=turn["user"],
            expect=turn.get("expect", ""),
            must=tuple(map(re.compile, turn.get("must", ()))),
            must_not=tuple(map(re.compile, turn.get("must_not", ()))),
        )
        for turn in raw["turns"]
    )
    if not turns:
        raise ValueError("aucun tour")
    return Scene(raw["title"], turns)


def play(scene: Scene, url: str) -> Iterator[Played]:
    """Play a dialogue in a session of its own. Raises AiguilleurError when the server fails."""
    with httpx.Client(base_url=url, timeout=TIMEOUT, trust_env=False) as client:
        token = _call(client, "/webhooks/web/session", {}, {})["token"]
        headers = {"Authorization": f"Bearer {token}"}
        before = ""
        for turn in scene.turns:
            answer = _call(client, "/webhooks/web/message", {"text": turn.user}, headers)
            cards = tuple(map(_card, answer["messages"]))
            yield Played(turn, cards, tuple(_faults(turn, cards, before)))
            before = _text(cards)


def _call(
    client: httpx.Client, path: str, body: Mapping[str, str], headers: Mapping[str, str]
) -> Any:
    for _ in range(TRIES):
        try:
            response = client.post(path, json=body, headers=dict(headers))
        except httpx.HTTPError as error:
            raise AiguilleurError(
                f"le serveur ne répond pas ({type(error).__name__}).", "Lancez « make run »."
            ) from error
        if response.status_code != httpx.codes.TOO_MANY_REQUESTS:
            break
        time.sleep(float(response.headers.get("Retry-After", "1")))
    if response.is_error:
        raise AiguilleurError(f"le serveur a répondu {response.status_code} à {path}.")
    return response.json()


def _card(raw: Mapping[str, Any]) -> Card:
    return Card(
        text=raw["text"],
        title=raw.get("title"),
        steps=tuple(raw.get("steps", ())),
        facts=tuple(Fact(**fact) for fact in raw.get("facts", ())),
        links=tuple(Link(**link) for link in raw.get("links", ())),
        buttons=tuple(Button(**button) for button in raw.get("buttons", ())),
    )


def _text(cards: tuple[Card, ...]) -> str:
    return "\n".join(map(plain, cards))


def _faults(turn: Expected, cards: tuple[Card, ...], before: str) -> Iterator[str]:
    """What does not hold: the expectations, then what holds of every answer."""
    text = _text(cards)
    low = text.lower()
    yield from (f"attendu : {p.pattern}" for p in turn.must if not p.search(low))
    yield from (f"interdit : {p.pattern}" for p in turn.must_not if p.search(low))
    if not text.strip():
        yield "réponse vide"
    if len(cards) > MAX_CARDS:
        yield f"{len(cards)} cartes"
    copied = sum(len(fact.value) for card in cards for fact in card.facts if fact.copy)
    if len(text) - copied > MAX_CHARACTERS:
        yield f"{len(text) - copied} caractères sans ce qui est à copier"
    if text == before:
        yield "même réponse que la précédente"
    if len(set(DEPARTMENTAL_DESK.findall(low))) == 2:
        yield "deux services départementaux dans une réponse"
