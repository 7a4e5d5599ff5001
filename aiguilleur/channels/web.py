"""The web channel: session, message, history, topics, end of session. JSON in, Cards out.

Verifies the token, parses, hands to the ingress. Knows nothing of Rasa nor of what is said.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from aiguilleur import dialogue, knowledge
from aiguilleur.channels.problems import problem
from aiguilleur.channels.rhythm import Rhythm
from aiguilleur.channels.tokens import TokenRefused, Tokens
from aiguilleur.dialogue import wording

if TYPE_CHECKING:
    from aiguilleur.engine.ingress import Ingress
    from aiguilleur.knowledge.model import Guide

CHANNEL = "web"
MAX_ID = 200
_BEARER = "bearer "


class BadRequest(Exception):
    """A body that cannot be read; ``name`` is a key of ``PROBLEMS``."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def blueprint(tokens: Tokens, rhythm: Rhythm) -> Blueprint:
    """The routes under ``/webhooks/web``; the application's ``ctx.engine`` holds the ingress.

    Errors of the family AiguilleurError are left to the application.
    """
    web = Blueprint("web", url_prefix="/webhooks/web")

    @web.post("/session")
    async def open_session(request: Request) -> HTTPResponse:
        card = dialogue.welcome(knowledge.base().current())
        body = {"token": tokens.new(), "expires_in": tokens.seconds, "messages": [card.as_dict()]}
        return answer(body, 201)

    @web.delete("/session")
    async def close_session(request: Request) -> HTTPResponse:
        await _ingress(request).close(_conversation(request, tokens), channel=CHANNEL)
        return HTTPResponse(status=204)

    @web.post("/message")
    async def message(request: Request) -> HTTPResponse:
        conversation = _conversation(request, tokens)
        wait = rhythm.wait(conversation, time.monotonic())
        if wait:
            return problem("too_many", {"Retry-After": str(wait)})
        body = parsed(request.body)
        text = _string(body, "text")
        done = await _ingress(request).handle(
            conversation,
            channel=CHANNEL,
            text=text,
            payload=_string(body, "payload"),
            message_id=_identifier(body),
            metadata={"welcomed": True},
        )
        more = {"text": done.text} if done.text != text else {}
        return answer({"messages": done.cards, **more, **({"erased": True} if done.erased else {})})

    @web.get("/topics")
    async def topics(request: Request) -> HTTPResponse:
        known = dialogue.subjects(knowledge.base().current())
        return answer({"topics": [_topic(guide) for guide in known]})

    @web.get("/history")
    async def history(request: Request) -> HTTPResponse:
        conversation = _conversation(request, tokens)
        said = await _ingress(request).history(conversation, channel=CHANNEL)
        return answer({"messages": said})

    return web


def answer(body: dict[str, Any], status: int = 200) -> HTTPResponse:
    """A JSON response."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return HTTPResponse(text, status, content_type="application/json")


def parsed(body: bytes) -> dict[str, Any]:
    """The object in a request's body. Raises BadRequest."""
    try:
        value = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise BadRequest("malformed") from None
    if not isinstance(value, dict):
        raise BadRequest("malformed")
    return value


def _topic(guide: Guide) -> dict[str, str]:
    """A subject and the payload that opens it, at any time and before anything was said."""
    button = wording.button(guide.title, f"guide:{guide.id}")
    return {"id": guide.id, "title": guide.title, "payload": button.payload}


def _string(body: dict[str, Any], name: str) -> str | None:
    value = body.get(name)
    if value is not None and not isinstance(value, str):
        raise BadRequest("wrong_type")
    return value


def _identifier(body: dict[str, Any]) -> str | None:
    value = body.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**18 else ""
    if value is None:
        return None
    if not isinstance(value, str) or not 0 < len(value) <= MAX_ID:
        raise BadRequest("wrong_type")
    return value


def _conversation(request: Request, tokens: Tokens) -> str:
    header = request.headers.get("authorization", "")
    if header[: len(_BEARER)].lower() != _BEARER:
        raise TokenRefused("Jeton absent.")
    return tokens.conversation(header[len(_BEARER) :].strip())


def _ingress(request: Request) -> Ingress:
    ingress: Ingress = request.app.ctx.engine.ingress
    return ingress
