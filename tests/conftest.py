"""What several tests share: the trained model, and one real server for the whole run."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import settings as hypothesis_settings

from aiguilleur.settings import ROOT, Settings

hypothesis_settings.register_profile("quick", max_examples=60, deadline=None)
hypothesis_settings.register_profile("thorough", max_examples=10_000, deadline=None, database=None)
hypothesis_settings.load_profile("quick")

SECRET = "secret-des-essais-seulement"
ORIGIN = "https://portail.exemple.fr"


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model; trained now if a file changed since."""
    from aiguilleur.engine.training import train

    return train(ROOT, if_needed=True)


@dataclass(frozen=True)
class Site:
    """A server that runs in a thread of its own, on a free port."""

    url: str
    settings: Settings
    app: Any

    @property
    def engine(self) -> Any:
        """The engine that answers."""
        return self.app.ctx.engine

    def client(self) -> httpx.Client:
        """A client of this server; it leaves the answers' statuses to the test."""
        return httpx.Client(base_url=self.url, timeout=20, trust_env=False)


class Portal:
    """Somebody else's site, on an origin of its own: it serves the pages that a test gives it."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, dict[str, str]]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def page(self, html: str, headers: dict[str, str] | None = None) -> str:
        """The address of a page that holds ``html``."""
        path = f"/{len(self.pages)}"
        self.pages[path] = (html, headers or {})
        return self.url + path

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        pages = self.pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                html, headers = pages.get(self.path.partition("?")[0], ("", {}))
                self.send_response(200)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(html.encode())

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


@pytest.fixture(scope="session")
def portal() -> Iterator[Portal]:
    """Another origin, which the server of the tests lists among those it allows."""
    portal = Portal()
    yield portal
    portal.close()


@pytest.fixture(scope="session")
def site(model: Path, portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The real server, as ``aiguilleur serve`` runs it."""
    from aiguilleur.engine import logs
    from aiguilleur.server import create_app

    settings = Settings(
        secret=SECRET,
        database=tmp_path_factory.mktemp("var") / "conversations.db",
        models=model.parent,
        allowed_origins=(ORIGIN, portal.url),
        messages_per_minute=40,
    )
    logs.configure()
    app = create_app(settings, name="essais", model=model)
    listening = socket.create_server(("127.0.0.1", 0))
    ready = threading.Event()
    loops: list[asyncio.AbstractEventLoop] = []

    @app.after_server_start
    async def started(app: Any, loop: asyncio.AbstractEventLoop) -> None:
        loops.append(loop)
        ready.set()

    def run() -> None:
        try:
            app.run(sock=listening, motd=False, register_sys_signals=False)
        finally:
            ready.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(90)
    if not loops:
        pytest.fail(f"Le serveur n’a pas démarré : {app.ctx.refused}")
    yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", settings, app)
    loops[0].call_soon_threadsafe(app.stop)
    thread.join(20)


@pytest.fixture
def client(site: Site) -> Iterator[httpx.Client]:
    """A client of the server."""
    with site.client() as client:
        yield client
