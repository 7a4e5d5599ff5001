"""The web channel over real HTTP: its contract, its limits, and everything a client may do wrong."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from aiguilleur.channels.tokens import Tokens
from tests.conftest import ORIGIN, SECRET, Site

pytestmark = pytest.mark.rasa

MESSAGE, SESSION, HISTORY = (
    "/webhooks/web/message",
    "/webhooks/web/session",
    "/webhooks/web/history",
)
PROBLEM = "j'ai oublié mon mot de passe"


class Person:
    """Somebody who chats with one session."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.opening = client.post(SESSION).json()
        self.headers = {"Authorization": f"Bearer {self.opening['token']}"}

    def send(self, **body: Any) -> httpx.Response:
        return self.client.post(MESSAGE, json=body, headers=self.headers)

    def say(self, text: str) -> list[dict[str, Any]]:
        response = self.send(text=text)
        assert response.status_code == 200, response.text
        return list(response.json()["messages"])

    def history(self) -> list[dict[str, Any]]:
        response = self.client.get(HISTORY, headers=self.headers)
        assert response.status_code == 200, response.text
        return list(response.json()["messages"])

    def said(self) -> list[str]:
        return [entry["text"] for entry in self.history() if entry["from"] == "user"]

    def offered(self) -> dict[str, Any]:
        """A button of a first answer."""
        buttons = [b for card in self.say(PROBLEM) for b in card.get("buttons", ())]
        assert buttons
        return dict(buttons[0])


@pytest.fixture
def person(client: httpx.Client) -> Person:
    return Person(client)


def assert_problem(response: httpx.Response, status: int, *never: str) -> None:
    """A French problem of that status, which echoes nothing."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    for words in never:
        assert words not in response.text


# The contract -----------------------------------------------------------------------------------


def test_a_session_opens_with_a_welcome_and_stores_nothing(
    client: httpx.Client, site: Site
) -> None:
    def stored() -> int:
        with sqlite3.connect(site.settings.database) as database:
            return int(database.execute("SELECT count(*) FROM conversations").fetchone()[0])

    before = stored()
    response = client.post(SESSION)
    assert response.status_code == 201
    body = response.json()
    assert body["expires_in"] > 0
    assert [card["text"] for card in body["messages"]]
    assert stored() == before


def test_two_sessions_never_share_a_conversation(client: httpx.Client) -> None:
    one, other = Person(client), Person(client)
    one.say(PROBLEM)
    assert other.history() == []


def test_a_message_is_answered_with_cards_and_kept_in_the_history(person: Person) -> None:
    cards = person.say(PROBLEM)
    assert 1 <= len(cards) <= 3
    assert all(card["text"] for card in cards)
    history = person.history()
    assert history[0]["from"] == "user"
    assert history[0]["text"] == PROBLEM
    assert [entry["card"] for entry in history[1:]] == cards
    assert all(re.match(r"\d{4}-\d\d-\d\dT", entry["at"]) for entry in history)


def test_a_button_is_pressed_and_shows_its_title_in_the_history(person: Person) -> None:
    button = person.offered()
    response = person.send(payload=button["payload"])
    assert response.status_code == 200
    assert response.json()["messages"]
    assert person.said() == [PROBLEM, button["title"]]


def test_the_buttons_of_the_welcome_may_be_pressed_first(person: Person) -> None:
    for button in person.opening["messages"][0]["buttons"]:
        assert person.send(payload=button["payload"]).status_code == 200
    assert person.said() == [b["title"] for b in person.opening["messages"][0]["buttons"]]


def test_a_topic_of_the_list_opens_before_anything_was_said(
    person: Person, client: httpx.Client
) -> None:
    topics = client.get("/webhooks/web/topics").json()["topics"]
    topic = next(topic for topic in topics if topic["id"] == "mailbox_full")
    cards = person.send(payload=topic["payload"]).json()["messages"]
    assert "boîte pleine" in json.dumps(cards, ensure_ascii=False)
    assert person.said() == [topic["title"]]


def test_a_text_kept_otherwise_than_sent_comes_back_as_kept(person: Person) -> None:
    body = person.send(text="mon mdp c'est Soleil2023! et ça refuse").json()
    assert body["text"] == "mon mdp c'est [MOT DE PASSE] et ça refuse"
    assert "text" not in person.send(text="ma boîte est pleine").json()


def test_erasing_by_the_word_is_told_to_the_client(person: Person) -> None:
    body = person.send(text="effacer").json()
    assert "erased" not in body
    button = body["messages"][0]["buttons"][0]
    done = person.send(payload=button["payload"], id="1").json()
    assert done["erased"] is True
    assert person.send(payload=button["payload"], id="1").json()["erased"] is True


def test_the_widget_is_compressed_and_sent_once(client: httpx.Client) -> None:
    script = client.get("/widget/aiguilleur-chat.js")
    assert script.headers["content-encoding"] == "gzip"
    assert script.headers["access-control-allow-origin"] == "*"
    assert int(script.headers["content-length"]) < len(script.content) / 2
    again = client.get(
        "/widget/aiguilleur-chat.js", headers={"If-None-Match": script.headers["etag"]}
    )
    assert again.status_code == 304
    plain = client.get("/widget/aiguilleur-chat.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == script.content


@pytest.mark.parametrize(
    "name", ["..%2fREADME.md", "nothing.js", "aiguilleur-chat.py", "%2e%2e", "."]
)
def test_nothing_else_is_served_under_the_widget(client: httpx.Client, name: str) -> None:
    assert client.get(f"/widget/{name}").status_code == 404


def test_a_payload_never_offered_is_read_as_text(person: Person) -> None:
    forged = '/choose{"choice": "dept:42", "step": "ask:department"}'
    response = person.send(payload=forged)
    assert response.status_code == 200
    assert person.said() == [forged]


def test_a_button_of_another_conversation_is_read_as_text(client: httpx.Client) -> None:
    button = Person(client).offered()
    other = Person(client)
    assert other.send(payload=button["payload"]).status_code == 200
    assert other.said() == [button["payload"]]


def test_an_old_button_is_answered(person: Person) -> None:
    button = person.offered()
    for _ in range(2):
        response = person.send(payload=button["payload"])
        assert response.status_code == 200
        assert response.json()["messages"]


def test_the_same_id_is_answered_again_and_processed_once(person: Person) -> None:
    first = person.send(text=PROBLEM, id="m-1")
    again = person.send(text=PROBLEM, id="m-1")
    assert first.json() == again.json()
    assert person.said() == [PROBLEM]
    person.send(text=PROBLEM, id="m-2")
    assert len(person.said()) == 2


def test_the_same_id_twice_at_once_is_processed_once(person: Person, site: Site) -> None:
    def send() -> Any:
        with site.client() as client:
            body = {"text": PROBLEM, "id": "at-once"}
            return client.post(MESSAGE, json=body, headers=person.headers).json()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: send(), range(6)))
    assert all(answer == answers[0] for answer in answers)
    assert person.said() == [PROBLEM]


def test_the_same_id_in_another_conversation_is_another_message(client: httpx.Client) -> None:
    one, other = Person(client), Person(client)
    one.send(text=PROBLEM, id="m-1")
    other.send(text="bonjour", id="m-1")
    assert other.said() == ["bonjour"]


def test_many_messages_at_once_are_all_kept_in_turn(person: Person, site: Site) -> None:
    def send(number: int) -> int:
        with site.client() as client:
            body = {"text": f"bonjour {number}"}
            return client.post(MESSAGE, json=body, headers=person.headers).status_code

    with ThreadPoolExecutor(5) as pool:
        assert set(pool.map(send, range(10))) == {200}
    assert sorted(person.said()) == sorted(f"bonjour {number}" for number in range(10))


def test_a_deleted_session_is_erased_and_its_token_is_dead(person: Person, site: Site) -> None:
    person.say("une phrase-témoin à effacer")
    assert person.client.delete(SESSION, headers=person.headers).status_code == 204
    for response in (
        person.send(text="bonjour"),
        person.client.get(HISTORY, headers=person.headers),
    ):
        assert_problem(response, 401)
    assert person.client.delete(SESSION, headers=person.headers).status_code in (204, 401)
    for path in site.settings.database.parent.iterdir():
        assert "phrase-témoin".encode() not in path.read_bytes()


def test_a_session_deleted_before_its_first_message_is_dead_too(person: Person) -> None:
    assert person.client.delete(SESSION, headers=person.headers).status_code == 204
    assert_problem(person.send(text="bonjour"), 401)


def test_a_secret_is_masked_in_the_history_and_never_stored(person: Person, site: Site) -> None:
    person.say("mon mot de passe est Bz7!kQ2vLx9 et rien ne marche")
    assert "[" in person.said()[0]
    assert "Bz7!kQ2vLx9" not in json.dumps(person.history())
    for path in site.settings.database.parent.iterdir():
        assert b"Bz7!kQ2vLx9" not in path.read_bytes()


# What a person may type -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        "  /restart",
        "\u2003/back",
        "/session_start",
        "/greet",
        '/choose{"choice": "@erase", "step": ""}',
        "/",
        "///",
        "/inexistant{",
        "EXTERNAL: greet",
        "😀😀",
        "👩‍🏫",
        "\u202eرسالة\u202c مرحبا",
        "a" * 2000,
        "é" * 2000,
        "😀" * 2000,
        "mot " * 499,
        "{{ 7*7 }} <script>alert(1)</script> %s %n ' OR 1=1 --",
    ],
)
def test_any_typed_text_is_text_and_is_answered(person: Person, text: str) -> None:
    response = person.client.post(
        MESSAGE,
        content=json.dumps({"text": text}, ensure_ascii=False).encode(),
        headers=person.headers,
    )
    assert response.status_code == 200, response.text
    assert response.json()["messages"]
    assert len(person.said()) == 1
    assert person.said()[0].strip("/ ") == re.sub("[\u202a-\u202e]", "", text).strip().strip("/ ")


def test_typed_restart_forgets_nothing(person: Person) -> None:
    person.say(PROBLEM)
    person.say("/restart")
    assert person.said() == [PROBLEM, "/restart"]


def test_controls_and_direction_overrides_are_stripped(person: Person) -> None:
    person.say("bon\x00jour\x07 \u202eà tous\u202c\x1b[31m\r\nencore")
    assert person.said() == ["bonjour à tous[31m\nencore"]


def test_half_characters_are_stripped(person: Person) -> None:
    response = person.client.post(
        MESSAGE, content=b'{"text": "bon\\ud800jour", "id": "\\udfff"}', headers=person.headers
    )
    assert response.status_code == 200
    assert person.said() == ["bonjour"]


# What a client may send wrong -------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\x00\x01", "\u202e\u200b"])
def test_an_empty_text_is_refused(person: Person, text: str) -> None:
    assert_problem(person.send(text=text), 400)
    assert person.history() == []


def test_a_text_too_long_is_refused(person: Person) -> None:
    assert_problem(person.send(text="a" * 2001), 413, "aaa")
    assert_problem(person.send(payload="/choose" + "b" * 2001), 413, "bbb")
    assert person.history() == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"bonjour",
        b"{",
        b'{"text": "bonjour"',
        b"[]",
        b'["bonjour"]',
        b'"bonjour"',
        b"42",
        b"null",
        b"NaN",
        b"\xff\xfe\x00",
        b'{"text": "\xe9t\xe9"}',
        b"[" * 9000,
        b'{"text":' * 1500,
        b'{"text": ' + b"9" * 9000 + b"}",
        b"{}",
        b'{"text": null}',
        b'{"texte": "bonjour"}',
    ],
)
def test_a_malformed_body_is_refused(person: Person, body: bytes) -> None:
    response = person.client.post(MESSAGE, content=body, headers=person.headers)
    assert_problem(response, 400, "bonjour")
    assert person.history() == []


@pytest.mark.parametrize("field", ["text", "payload", "id"])
@pytest.mark.parametrize("value", [True, 1.5, ["x"], {"x": "y"}, [[[]]]])
def test_a_wrong_type_is_refused(person: Person, field: str, value: Any) -> None:
    assert_problem(person.send(**{"text": "bonjour", field: value}), 400, "bonjour")
    assert person.history() == []


def test_an_id_too_long_is_refused(person: Person) -> None:
    assert_problem(person.send(text="bonjour", id="i" * 1000), 400)


def test_unknown_fields_are_ignored(person: Person) -> None:
    response = person.send(
        text="bonjour", sender="autre", metadata={"masked": ["numen"]}, conversation_id="x", a=[1]
    )
    assert response.status_code == 200
    assert person.said() == ["bonjour"]


@pytest.mark.parametrize("size", [16 * 1024 + 1, 40_000, 3_000_000])
def test_a_body_too_heavy_is_refused(person: Person, size: int) -> None:
    body = json.dumps({"text": "bonjour", "x": "a" * size}).encode()
    try:
        response = person.client.post(MESSAGE, content=body, headers=person.headers)
    except httpx.TransportError:
        assert size > 100_000
        return
    assert_problem(response, 413, "aaa")


def test_a_body_just_light_enough_is_read(person: Person) -> None:
    head = json.dumps({"text": "bonjour", "x": ""})
    body = json.dumps({"text": "bonjour", "x": "a" * (16 * 1024 - len(head))}).encode()
    assert len(body) == 16 * 1024
    response = person.client.post(MESSAGE, content=body, headers=person.headers)
    assert response.status_code == 200


def test_a_heavy_body_in_chunks_is_refused(person: Person) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(20):
            yield b"a" * 2000

    try:
        response = person.client.post(MESSAGE, content=chunks(), headers=person.headers)
    except httpx.TransportError:
        return
    assert_problem(response, 413)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Basic abc",
        "Bearer abc",
        "Bearer a.b.c",
        "Bearer " + "x" * 3000,
        Tokens("un-autre-secret-que-le-bon", 60).new(),
        "Bearer " + Tokens("un-autre-secret-que-le-bon", 60).new(),
    ],
)
def test_a_missing_or_forged_token_is_refused(client: httpx.Client, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    for response in (
        client.post(MESSAGE, json={"text": "bonjour"}, headers=headers),
        client.get(HISTORY, headers=headers),
        client.delete(SESSION, headers=headers),
    ):
        assert_problem(response, 401)
        assert "Bearer" in response.headers["www-authenticate"]


def test_an_expired_token_is_refused(client: httpx.Client) -> None:
    from itsdangerous import TimestampSigner

    class Yesterday(TimestampSigner):
        def get_timestamp(self) -> int:
            return super().get_timestamp() - 24 * 3600

    tokens = Tokens(SECRET, 60)
    tokens._serializer.signer = Yesterday
    headers = {"Authorization": f"Bearer {tokens.new()}"}
    assert_problem(client.post(MESSAGE, json={"text": "bonjour"}, headers=headers), 401)


def test_a_token_that_is_not_ours_in_bytes_is_refused(site: Site) -> None:
    request = b"GET %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\xe9.\xc3\r\n\r\n"
    assert raw(site, request % HISTORY.encode()).startswith(b"HTTP/1.1 401")


def test_too_many_messages_are_told_when_to_come_back(client: httpx.Client, site: Site) -> None:
    person = Person(client)
    statuses = [person.send(text="").status_code for _ in range(site.settings.messages_per_minute)]
    assert set(statuses) == {400}
    response = person.send(text="bonjour")
    assert_problem(response, 429)
    assert 1 <= int(response.headers["retry-after"]) <= 60
    assert Person(client).send(text="bonjour").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", MESSAGE, 405),
        ("PUT", SESSION, 405),
        ("PUT", "/model", 404),
        ("POST", "/model/parse", 404),
        ("GET", "/conversations/x/tracker", 404),
        ("POST", "/webhooks/rest/webhook", 404),
        ("GET", "/nulle-part", 404),
        ("GET", "/%ff%fe", 404),
    ],
)
def test_what_does_not_exist_is_a_problem_too(
    client: httpx.Client, method: str, path: str, status: int
) -> None:
    assert_problem(client.request(method, path), status)


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"n'importe quoi\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /webhooks/web/message HTTP/1.1\r\nContent-Length: moult\r\n\r\n",
        b"POST /webhooks/web/message HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n\r\n",
    ],
)
def test_broken_http_never_makes_a_500(site: Site, request_bytes: bytes) -> None:
    answer = raw(site, request_bytes)
    assert not answer or re.match(rb"HTTP/1\.1 4\d\d", answer), answer[:200]


def raw(site: Site, request: bytes) -> bytes:
    address = urlsplit(site.url)
    with socket.create_connection((address.hostname, address.port), timeout=15) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        try:
            return connection.recv(65536)
        except ConnectionResetError:
            return b""


# When something fails ---------------------------------------------------------------------------


def test_an_unavailable_store_is_told_nothing_is_half_kept_and_all_goes_on_after(
    person: Person, site: Site
) -> None:
    person.say("bonjour")
    other = sqlite3.connect(site.settings.database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        response = person.send(text=PROBLEM, id="m-7")
        assert_problem(response, 503, PROBLEM)
        assert response.headers["retry-after"]
        assert person.client.get("/healthz").status_code == 200
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert person.said() == ["bonjour"]
    assert person.send(text=PROBLEM, id="m-7").status_code == 200
    assert person.said() == ["bonjour", PROBLEM]


def test_an_action_that_raises_is_answered_with_an_apology(
    person: Person, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from aiguilleur import dialogue

    def broken(*args: Any, **kwargs: Any) -> Any:
        raise ValueError("phrase-témoin")

    person.say("bonjour")
    monkeypatch.setattr(dialogue, "turn", broken)
    cards = person.say(PROBLEM)
    assert len(cards) == 1
    assert cards[0]["text"]
    monkeypatch.undo()
    assert person.say(PROBLEM) != cards
    assert "phrase-témoin" not in "".join(capfd.readouterr())


def test_an_understanding_that_raises_keeps_nothing(
    person: Person, site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    async def broken(*args: Any, **kwargs: Any) -> Any:
        raise ValueError("phrase-témoin")

    monkeypatch.setattr(site.engine.processor, "parse_message", broken)
    assert_problem(person.send(text="phrase-témoin"), 503, "phrase-témoin")
    monkeypatch.undo()
    assert person.history() == []
    assert "phrase-témoin" not in "".join(capfd.readouterr())


def test_what_people_write_is_never_logged(
    person: Person, capfd: pytest.CaptureFixture[str]
) -> None:
    for text in ("phrase-témoin", "/phrase-témoin{", '/choose{"phrase-témoin'):
        person.say(text)
    person.send(payload="/phrase-témoin")
    assert "phrase-témoin" not in "".join(capfd.readouterr())


async def test_after_a_pause_the_session_starts_again_and_the_history_stays(
    person: Person, site: Site
) -> None:
    person.say(PROBLEM)
    with sqlite3.connect(site.settings.database) as database:
        sender = database.execute(
            "SELECT id FROM conversations ORDER BY last DESC LIMIT 1"
        ).fetchone()[0]
        (events,) = database.execute(
            "SELECT events FROM turns WHERE conversation = ?", (sender,)
        ).fetchone()
        older = [{**event, "timestamp": event["timestamp"] - 7200} for event in json.loads(events)]
        database.execute(
            "UPDATE turns SET events = ? WHERE conversation = ?", (json.dumps(older), sender)
        )
    assert person.say("oui")
    assert person.said() == [PROBLEM, "oui"]


# Pages, health, other sites ---------------------------------------------------------------------


def test_alive_and_ready(client: httpx.Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").status_code == 200
    assert client.head("/healthz").status_code == 200


def test_pages_are_html_with_strict_headers(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"]
    assert client.get("/aide/reset_password").status_code == 200


@pytest.mark.parametrize("page_id", ["inconnu", "..%2f..%2fetc", "a" * 500, "%00", "é"])
def test_an_unknown_help_page_says_so(client: httpx.Client, page_id: str) -> None:
    response = client.get(f"/aide/{page_id}")
    assert response.status_code == 404
    assert "/etc" not in response.text


def test_only_listed_origins_may_call(client: httpx.Client) -> None:
    asked = {"Access-Control-Request-Method": "POST"}
    listed = client.options(MESSAGE, headers={"Origin": ORIGIN, **asked})
    assert listed.status_code == 204
    assert listed.headers["access-control-allow-origin"] == ORIGIN
    assert "authorization" in listed.headers["access-control-allow-headers"].lower()
    other = client.options(MESSAGE, headers={"Origin": "https://ailleurs.exemple", **asked})
    assert "access-control-allow-origin" not in other.headers
    answered = client.post(SESSION, headers={"Origin": ORIGIN})
    assert answered.headers["access-control-allow-origin"] == ORIGIN
    refused = client.post(MESSAGE, headers={"Origin": ORIGIN})
    assert refused.headers["access-control-allow-origin"] == ORIGIN


def test_answers_are_not_kept_by_caches(client: httpx.Client) -> None:
    assert client.post(SESSION).headers["cache-control"] == "no-store"


def test_a_slow_client_does_not_hold_the_others(site: Site, client: httpx.Client) -> None:
    address = urlsplit(site.url)
    with socket.create_connection((address.hostname, address.port), timeout=5) as slow:
        slow.sendall(b"POST /webhooks/web/message HTTP/1.1\r\nContent-Length: 100\r\n\r\n{")
        assert client.get("/healthz").status_code == 200


def test_a_client_that_hangs_up_is_no_error_and_holds_nothing(
    site: Site, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    address = urlsplit(site.url)
    body = json.dumps({"text": PROBLEM}).encode()
    head = (
        f"POST {MESSAGE} HTTP/1.1\r\nHost: x\r\nAuthorization: {person.headers['Authorization']}"
        f"\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    for sent in (head + body, head + body[:-4], head):
        with socket.create_connection((address.hostname, address.port), timeout=5) as connection:
            connection.sendall(sent)
    assert person.say("bonjour")
    deadline = time.monotonic() + 10  # what was sent in full may still be being answered
    while len(site.engine.ingress._locks) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(site.engine.ingress._locks) == 0
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_the_locks_are_freed(site: Site, person: Person) -> None:
    person.say("bonjour")
    assert len(site.engine.ingress._locks) == 0
