"""A real Chromium, Debian's, driven by Playwright against the real server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.browser.chat import DESKTOP, FIGURES, OUTPUT, PHONE, SEEN_BY_AXE, Chat
from tests.conftest import Site

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
NETWORK = ("Failed to load resource", "Failed to find a valid digest", "Access to fetch")


@pytest.fixture(scope="session", autouse=True)
def report() -> Iterator[None]:
    """What was measured, and the states that axe went through, beside the screenshots."""
    yield
    OUTPUT.mkdir(parents=True, exist_ok=True)
    lines = [*(f"{name} : {value}" for name, value in FIGURES.items()), "", "Axe, sans violation :"]
    text = "\n".join([*lines, *sorted(set(SEEN_BY_AXE))])
    (OUTPUT / "mesures.txt").write_text(text + "\n", "utf-8")


@pytest.fixture(scope="module")
def chromium() -> Iterator[object]:
    """The browser; the test is skipped, or fails where services are required, without it.

    Closed after each module: Playwright keeps a running loop in this thread, which other tests refuse.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "Chromium est absent de la machine (apt-get install chromium)."
        if os.environ.get("AIGUILLEUR_REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, site: Site) -> Iterator[Callable[..., Chat]]:
    """Opens a page in a tab of its own; an error of the page, or a refusal of its policy, fails the test.

    ``network=False``: the test breaks the network itself, what Chromium says of it is expected.
    """
    contexts: list[Any] = []
    faults: list[str] = []

    def go(
        address: str = "/", *, phone: bool = False, network: bool = True, **options: Any
    ) -> Chat:
        if phone:
            options = {"has_touch": True, "is_mobile": True, "viewport": PHONE, **options}
        context = chromium.new_context(**{"locale": "fr-FR", "viewport": DESKTOP, **options})
        contexts.append(context)
        context.set_default_timeout(8000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda line: (
                faults.append(line.text)
                if line.type == "error" and (network or not line.text.startswith(NETWORK))
                else None
            ),
        )
        page.goto(site.url + address if address.startswith("/") else address)
        return Chat(page)

    yield go
    for context in contexts:
        context.close()
    assert not faults
