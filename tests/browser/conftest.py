"""A real Chromium, Debian's, driven by Playwright against the real server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


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
