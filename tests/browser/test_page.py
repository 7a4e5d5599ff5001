"""The page at ``/`` and the help pages, in a real browser: keyboard, narrow screen, erasing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Site

pytestmark = pytest.mark.rasa

SHOTS = Path(os.environ.get("AIGUILLEUR_SHOTS", "test-output/screenshots"))


@pytest.fixture
def page(chromium: Any, site: Site) -> Iterator[Any]:
    """An empty tab on the page of the assistant; any error of the page fails the test."""
    context = chromium.new_context(locale="fr-FR", viewport={"width": 900, "height": 900})
    tab = context.new_page()
    faults: list[str] = []
    tab.on("pageerror", lambda error: faults.append(str(error)))
    tab.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    tab.goto(site.url)
    tab.wait_for_selector("#log .card")
    yield tab
    context.close()
    assert not faults


def _cards(page: Any, count: int) -> None:
    page.locator("#log .card").nth(count - 1).wait_for()


def _shot(page: Any, name: str) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")


def test_the_welcome_says_it_is_a_machine(page: Any) -> None:
    assert "assistant automatique" in page.inner_text("#log")


def test_a_conversation_by_keyboard_alone(page: Any) -> None:
    page.focus("#text")
    page.keyboard.type("j'ai perdu mon mot de passe et je n'ai aucune adresse de secours")
    page.keyboard.press("Enter")
    _cards(page, 2)
    page.keyboard.type("miribel")
    page.keyboard.press("Enter")
    _cards(page, 3)
    assert "DSDEN de l’Ain" in page.inner_text("#log")
    button = page.get_by_role("button", name="Préparer ma demande").last
    button.focus()
    page.keyboard.press("Enter")
    _cards(page, 4)
    assert page.get_by_role("button", name="Copier : Message").count() == 1
    assert "Vous avez choisi : Préparer ma demande" in page.inner_text("#log")
    _shot(page, "conversation")


def test_reload_goes_on_with_the_conversation(page: Any) -> None:
    page.fill("#text", "ma boite est pleine")
    page.keyboard.press("Enter")
    _cards(page, 2)
    page.reload()
    _cards(page, 1)
    assert "ma boite est pleine" in page.inner_text("#log")


def test_erasing_empties_the_page_and_starts_afresh(page: Any) -> None:
    page.fill("#text", "ma boite est pleine")
    page.keyboard.press("Enter")
    _cards(page, 2)
    page.get_by_role("button", name="Terminer et effacer").click()
    page.locator("#log .mine").first.wait_for(state="detached")
    _cards(page, 1)


def test_nothing_typed_becomes_markup(page: Any) -> None:
    page.fill("#text", "<img src=x onerror=alert(1)> mdp oublié")
    page.keyboard.press("Enter")
    _cards(page, 2)
    assert page.locator("#log img").count() == 0


@pytest.mark.parametrize("address", ["/", "/aide", "/aide/reset_password", "/aide/dsden42"])
def test_no_sideways_scroll_on_a_small_phone(chromium: Any, site: Site, address: str) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 568})
    tab = context.new_page()
    tab.goto(site.url + address)
    tab.wait_for_load_state("networkidle")
    wide = tab.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide <= 320


def test_help_without_script(chromium: Any, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(site.url)
    tab.get_by_role("link", name="Mot de passe oublié ou expiré").click()
    text = tab.inner_text("main")
    context.close()
    assert "jdupont" in text
    assert "Pas à pas" in text
