"""The web server: our own Sanic application around the engine, its channels and its pages.

Rasa's HTTP API is never there: it would let anybody replace the model. One process, one worker.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any

from sanic import Request, Sanic
from sanic.exceptions import (
    MethodNotSupported,
    NotFound,
    PayloadTooLarge,
    RequestTimeout,
    SanicException,
    ServiceUnavailable,
)
from sanic.response import HTTPResponse

from aiguilleur import knowledge, widget
from aiguilleur.channels import web
from aiguilleur.channels.problems import problem
from aiguilleur.channels.rhythm import Rhythm
from aiguilleur.channels.tokens import TokenRefused, Tokens
from aiguilleur.errors import AiguilleurError, MessageRefused, SettingsError
from aiguilleur.settings import Settings

logger = logging.getLogger(__name__)

MAX_BODY = 16 * 1024
HTTP_CONFIG = {
    "REQUEST_MAX_SIZE": MAX_BODY,
    "REQUEST_TIMEOUT": 10,
    "RESPONSE_TIMEOUT": 20,
    "KEEP_ALIVE_TIMEOUT": 15,
    "GRACEFUL_SHUTDOWN_TIMEOUT": 5.0,
    "ACCESS_LOG": False,
    "FALLBACK_ERROR_FORMAT": "json",
}
EVERYWHERE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
ON_PAGES = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "object-src 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
    "X-Frame-Options": "DENY",
}
PURGE_EVERY = 3600
EXAMPLE_ORIGIN = "https://assistant.exemple.fr"
_PAGE_ID = re.compile(r"[a-z0-9_-]{1,64}")
_NO_PAGE = (
    '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Page introuvable</title>'
    '<h1>Page introuvable</h1><p><a href="/">Retour à l’assistant</a></p></html>'
)


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 5005) -> None:
    """Serve until told to stop. Raises an AiguilleurError, with its remedy, instead of starting."""
    from aiguilleur.engine import logs
    from aiguilleur.engine.training import model_to_serve

    logs.configure()
    model_to_serve(settings.models)
    knowledge.base()
    app = create_app(settings)
    listening = _bound(host, port)
    shown = f"[{host}]" if ":" in host else host

    @app.after_server_start
    async def tell(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.started = True
        logger.info("Aiguilleur écoute sur http://%s:%s/", shown, port)

    try:
        app.run(sock=listening, workers=1, motd=False, debug=False, access_log=False)
    finally:
        listening.close()
    if not app.ctx.started:
        raise SettingsError(
            "Le serveur n’a pas démarré.", "Essayez une autre adresse ou un autre port."
        )


def create_app(settings: Settings, *, name: str = "aiguilleur", model: Path | None = None) -> Sanic:
    """The application: channels, pages, health. The engine is loaded before it listens."""
    app = Sanic(name, configure_logging=False)
    app.config.update(HTTP_CONFIG)
    app.ctx.engine = app.ctx.refused = None
    app.ctx.started = False
    app.blueprint(
        web.blueprint(
            Tokens(settings.secret, settings.session_seconds),
            Rhythm(settings.messages_per_minute),
        )
    )
    _pages(app)
    _health(app)
    _cross_origin(app, settings.allowed_origins)
    _errors(app)

    @app.before_server_start
    async def start(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        from aiguilleur.engine import agent

        try:
            app.ctx.engine = await agent.start(settings, model)
        except AiguilleurError as error:
            app.ctx.refused = error
            raise
        app.ctx.purge = loop.create_task(_purge(app, settings))

    @app.after_server_stop
    async def stop(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        if app.ctx.engine is not None:
            app.ctx.purge.cancel()
            with suppress(AiguilleurError):
                await app.ctx.engine.stop()

    return app


def _bound(host: str, port: int) -> socket.socket:
    """The address, taken but not yet answering: whoever calls before we are ready is refused."""
    listening = None
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        if listening is not None:
            listening.close()
        raise SettingsError(
            f"Impossible d’écouter sur {host}:{port} ({getattr(error, 'strerror', None) or error}).",
            "Choisissez une autre adresse ou un autre port : aiguilleur serve --port 5006.",
        ) from None
    listening.setblocking(False)
    return listening


async def _purge(app: Sanic, settings: Settings) -> None:
    """Erase, each hour, what is older than the retention that ``academy.yml`` announces."""
    while True:
        try:
            days = knowledge.base().current().retention_days
            store = app.ctx.engine.store
            erased = await store.purge(days=days, closed_seconds=2 * settings.session_seconds)
            if erased:
                logger.info("%d conversations effacées après %d jours.", erased, days)
        except AiguilleurError as error:
            logger.error("Effacement des conversations anciennes : %s", error)
        await asyncio.sleep(PURGE_EVERY)


def _health(app: Sanic) -> None:
    @app.route("/healthz", methods=["GET", "HEAD"])
    async def healthz(request: Request) -> HTTPResponse:
        return web.answer({"status": "ok"})

    @app.route("/readyz", methods=["GET", "HEAD"])
    async def readyz(request: Request) -> HTTPResponse:
        engine = request.app.ctx.engine
        if engine is None:
            return problem("not_ready")
        await engine.parse("Bonjour")
        await engine.store.ping()
        return web.answer({"status": "ready"})


def _pages(app: Sanic) -> None:
    @app.route("/", methods=["GET", "HEAD"])
    async def home(request: Request) -> HTTPResponse:
        from aiguilleur import pages

        return _page(pages.home(knowledge.base().current(), widget.embed(EXAMPLE_ORIGIN)))

    @app.route("/aide", methods=["GET", "HEAD"])
    async def help_index(request: Request) -> HTTPResponse:
        from aiguilleur import pages

        return _page(pages.help_index(knowledge.base().current()))

    @app.route("/confidentialite", methods=["GET", "HEAD"])
    async def privacy(request: Request) -> HTTPResponse:
        from aiguilleur import pages

        return _page(pages.privacy_page(knowledge.base().current()))

    @app.route("/aide/<page_id:str>", methods=["GET", "HEAD"])
    async def help_page(request: Request, page_id: str) -> HTTPResponse:
        from aiguilleur import pages

        page = None
        if _PAGE_ID.fullmatch(page_id):
            page = pages.help_page(knowledge.base().current(), page_id)
        return _page(page) if page else _page(_NO_PAGE, 404)

    @app.route("/widget/<name:str>", methods=["GET", "HEAD"])
    async def widget_file(request: Request, name: str) -> HTTPResponse:
        asset = widget.asset(name)
        return _asset(request, asset) if asset else problem("not_found")


def _asset(request: Request, asset: widget.Asset) -> HTTPResponse:
    """A public file, which any page may load; asked again at each visit, sent only when it changed."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": "public, no-cache",
        "ETag": asset.etag,
        "Vary": "Accept-Encoding",
    }
    if asset.etag in request.headers.get("if-none-match", ""):
        return HTTPResponse(status=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return HTTPResponse(asset.body, headers=headers, content_type=asset.content_type)
    headers["Content-Encoding"] = "gzip"
    return HTTPResponse(asset.compressed, headers=headers, content_type=asset.content_type)


def _page(html: str, status: int = 200) -> HTTPResponse:
    return HTTPResponse(
        html, status, headers=dict(ON_PAGES), content_type="text/html; charset=utf-8"
    )


def _cross_origin(app: Sanic, allowed: tuple[str, ...]) -> None:
    """Only the origins that the operator lists may call from another site's page."""

    @app.on_request
    async def preflight(request: Request) -> HTTPResponse | None:
        asked = request.headers.get("access-control-request-method")
        if request.method != "OPTIONS" or not asked:
            return None
        return HTTPResponse(
            status=204,
            headers={
                "Access-Control-Allow-Methods": "GET, POST, DELETE",
                "Access-Control-Allow-Headers": "Authorization, Content-Type",
                "Access-Control-Max-Age": "600",
            }
            if request.headers.get("origin", "").lower() in allowed
            else {},
        )

    @app.on_response
    async def headers(request: Request, response: HTTPResponse) -> None:
        for name, value in EVERYWHERE.items():
            response.headers.setdefault(name, value)
        if request.path.startswith("/webhooks/"):
            response.headers["Cache-Control"] = "no-store"
        if allowed:
            response.headers.setdefault("Vary", "Origin")
            origin = request.headers.get("origin", "")
            if origin.lower() in allowed:
                response.headers.setdefault("Access-Control-Allow-Origin", origin)
                response.headers["Access-Control-Expose-Headers"] = "Retry-After"


def _errors(app: Sanic) -> None:
    """Every error as a problem; what was sent is neither echoed nor logged."""

    @app.exception(Exception)
    async def failed(request: Request, error: Exception) -> HTTPResponse:
        name, headers = _named(error)
        if name == "unavailable" and request.method == "NONE":  # Sanic could not read its head
            name, headers = "refused", {}
        if _left(error):
            logger.debug("Client parti avant la réponse.")
        elif name == "unavailable":
            logger.error(
                "%s", error if isinstance(error, AiguilleurError) else type(error).__name__
            )
        return problem(name, headers)


def _named(error: Exception) -> tuple[str, dict[str, str]]:
    from aiguilleur.engine.ingress import ConversationClosed

    if isinstance(error, web.BadRequest):
        return error.name, {}
    if isinstance(error, MessageRefused):
        return error.code, {}
    if isinstance(error, TokenRefused | ConversationClosed):
        return "unauthorized", {"WWW-Authenticate": "Bearer"}
    if isinstance(error, PayloadTooLarge):
        return "too_large", {}
    if isinstance(error, MethodNotSupported):
        return "not_allowed", dict(getattr(error, "headers", {}))
    if isinstance(error, NotFound):
        return "not_found", {}
    if isinstance(error, RequestTimeout):
        return "timeout", {}
    if isinstance(error, SanicException) and 400 <= _status(error) < 500:
        return "refused", {}
    return "unavailable", {"Retry-After": "5"}


def _left(error: Exception) -> bool:
    """Whether the request ended because the client hung up: nobody is at fault, nobody reads on."""
    return isinstance(error, ServiceUnavailable) and str(error) == "Cancelled"


def _status(error: Any) -> int:
    return int(getattr(error, "status_code", 500))
