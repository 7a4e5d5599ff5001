"""Canaries: secrets sent by every way in, then looked for in every byte that was written.

The logs are read at their most talkative, as a handler that an operator would add receives them.
"""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from rasa.core.channels.channel import UserMessage

from aiguilleur import dialogue
from aiguilleur.engine.redaction_hook import install_redaction

MESSAGE = "/webhooks/web/message"

CANARIES = {
    "mon numen c’est 27Z8890143QXJ il est refusé": "27Z8890143QXJ",
    "mon mot de passe est Kw9!ztRp41 et ça refuse": "Kw9!ztRp41",
    "login zquexant pass brindezingue et rien": "brindezingue",
    "j’ai mis Farfadet!5512 et ça marche pas": "Farfadet!5512",
    "le code reçu est 918273, il ne passe pas": "918273",
    "joignez-moi au 06 39 98 47 15 svp": "0639984715",
    "écrivez à zoe.quexant@exemple.org c’est mon adresse perso": "zoe.quexant",
    "mon iban FR22 9783 4615 2094 7138 2650 418": "9783461520947138",
    "ma carte 4970 1012 3456 7890 expire bientôt": "4970101234567890",
    "n° de sécu 2 85 05 99 341 042 57": "2850599341042",
}


OURS_TO_SEND = ("httpx", "httpcore")
"""The loggers of the client of these tests, which lives in the same process as the server."""


class Everything(logging.Handler):
    """Keeps every record whole: message, arguments, extra fields and traceback."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(OURS_TO_SEND):
            return
        # Clocks and counters are left out: among thousands of random decimals, six may be a code's.
        fields = {k: v for k, v in vars(record).items() if not isinstance(v, (int, float))}
        self.kept.append(f"{record.getMessage()} {fields}")
        if record.exc_info:
            self.kept.append(logging.Formatter().formatException(record.exc_info))


@pytest.fixture
def logs() -> Iterator[Everything]:
    """Every logger of the process at its lowest level."""
    handler, root = Everything(), logging.getLogger()
    levels = {root: root.level}
    for name in list(logging.Logger.manager.loggerDict):
        levels[logging.getLogger(name)] = logging.getLogger(name).level
    for logger in levels:
        logger.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    for logger, level in levels.items():
        logger.setLevel(level)


@pytest.fixture
def headers(client: httpx.Client) -> dict[str, str]:
    token = client.post("/webhooks/web/session").json()["token"]
    return {"Authorization": f"Bearer {token}"}


def _written(site: Any) -> bytes:
    """Every byte of the database, its log included."""
    folder = site.settings.database.parent
    return b"\n".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


CHANCE = re.compile(r"\b\d+\.\d{4,}(?:e-?\d+)?|\b(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{16,}\b")
"""Clocks, probabilities and random numbers, written by the thousand: in time they spell anything."""


def _holds(haystack: str, secret: str) -> bool:
    """Whether a run of eight letters or digits of the secret is there (the whole of a shorter one)."""
    kept = "".join(c for c in CHANCE.sub(" ", haystack).casefold() if c.isalnum())
    wanted = "".join(c for c in secret.casefold() if c.isalnum())
    run = min(8, len(wanted))
    return any(wanted[i : i + run] in kept for i in range(len(wanted) - run + 1))


def _nowhere(site: Any, logs: Everything, capfd: Any, shown: str = "") -> None:
    everything = {
        "base": _written(site).decode("utf-8", "replace"),
        "journaux": "\n".join(logs.kept),
        "sortie": "".join(capfd.readouterr()),
        "réponse": shown,
    }
    found = [
        f"{secret} dans {where}"
        for where, text in everything.items()
        for secret in CANARIES.values()
        if _holds(text, secret)
    ]
    assert not found


def test_typed(site: Any, client: httpx.Client, headers: Any, logs: Everything, capfd: Any) -> None:
    shown = ""
    for text in CANARIES:
        shown += client.post(MESSAGE, json={"text": text}, headers=headers).text
    shown += client.get("/webhooks/web/history", headers=headers).text
    _nowhere(site, logs, capfd, shown)


def test_as_a_payload_an_id_an_unknown_field_a_header_and_an_address(
    site: Any, client: httpx.Client, headers: Any, logs: Everything, capfd: Any
) -> None:
    shown = ""
    for text, secret in CANARIES.items():
        choose = "/choose" + json.dumps({"choice": text, "step": "*"}, ensure_ascii=False)
        for body in (
            {"payload": text},
            {"payload": choose},
            {"text": "bonjour", "id": secret},
            {"text": "bonjour", "metadata": {"note": text}, "sender": secret},
        ):
            shown += client.post(MESSAGE, json=body, headers=headers).text
        shown += client.get(f"/aide/{secret}", headers={"X-Note": secret}).text
        forged = {"Authorization": f"Bearer {secret}".encode()}
        shown += client.post(MESSAGE, json={"text": "bonjour"}, headers=forged).text
        shown += client.post(MESSAGE, content=text.encode(), headers=headers).text
    _nowhere(site, logs, capfd, shown)


def test_while_an_action_raises(
    site: Any,
    client: httpx.Client,
    headers: Any,
    logs: Everything,
    capfd: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(state: Any, heard: Any, *args: Any, **kwargs: Any) -> Any:
        raise ValueError(f"action cassée sur {heard.text}")

    monkeypatch.setattr(dialogue, "turn", broken)
    shown = "".join(
        client.post(MESSAGE, json={"text": text}, headers=headers).text for text in CANARIES
    )
    _nowhere(site, logs, capfd, shown)


def test_while_the_store_fails(
    site: Any, client: httpx.Client, headers: Any, logs: Everything, capfd: Any
) -> None:
    other = sqlite3.connect(site.settings.database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        text = next(iter(CANARIES))
        answer = client.post(MESSAGE, json={"text": text}, headers=headers)
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert answer.status_code == 503
    _nowhere(site, logs, capfd, answer.text)


@pytest.mark.parametrize("text", CANARIES)
def test_whatever_rasa_channel_brings_it(text: str) -> None:
    """``rasa shell`` and every stock channel build a ``UserMessage``: it is masked from its birth."""
    install_redaction()
    message = UserMessage(text, sender_id="x", metadata={"channel": "shell"})
    assert not _holds(str(vars(message)), CANARIES[text])


@pytest.mark.parametrize("text", CANARIES)
def test_what_a_channel_adds_to_a_message_is_masked_too(text: str) -> None:
    install_redaction()
    added = {"subject": text, "quoted": [{"text": text}], "thread": "1764000000.497010", "n": 7}
    message = UserMessage("bonjour", sender_id="x", metadata=added)
    assert not _holds(str(vars(message)), CANARIES[text])
    assert message.metadata["thread"] == "1764000000.497010"
    assert message.metadata["n"] == 7


def test_the_search_finds_what_is_there() -> None:
    assert _holds("… 06.39.98.47.15 …", "0639984715")
    assert not _holds("le 06 octobre", "0639984715")
    assert not _holds('{"timestamp": 1763968054.9182731}', "918273")
    assert _holds('{"timestamp": 1763968054.2, "text": "918273"}', "918273")


@pytest.mark.parametrize(
    ("written", "held"),
    [
        ("carte 4970 1012 3456 7890", True),
        ("n° 4970101234", True),
        ('{"timestamp": 1764000000.497010123456}', False),
        ('{"message_id": "a4970101234567890b"}', False),
    ],
)
def test_the_search_itself(written: str, held: bool) -> None:
    assert _holds(written, "4970101234567890") is held
