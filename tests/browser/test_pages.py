"""The page at ``/`` and the help pages, in a real browser: without script, on a small phone, by axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.chat import Chat, violations
from tests.conftest import Site

pytestmark = pytest.mark.rasa

PAGES = ["/", "/aide", "/aide/reset_password", "/aide/dsden42", "/aide/imap_settings", "/confidentialite"]  # fmt: skip
Visit = Callable[..., Chat]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages(visit: Visit, site: Site, scheme: str) -> None:
    chat = visit("/", color_scheme=scheme)
    for address in PAGES:
        chat.page.goto(site.url + address)
        chat.axe(f"page {address} {scheme}")
        chat.shot(f"page-{address.strip('/').replace('/', '-') or 'accueil'}-{scheme}")


def test_no_sideways_scroll_on_a_small_phone(visit: Visit, site: Site) -> None:
    chat = visit("/", phone=True, viewport={"width": 320, "height": 568})
    for address in PAGES:
        chat.page.goto(site.url + address)
        assert chat.page.evaluate("document.documentElement.scrollWidth") <= 320
        chat.shot(f"telephone-{address.strip('/').replace('/', '-') or 'accueil'}")


def test_help_without_script(visit: Visit) -> None:
    chat = visit("/", java_script_enabled=False)
    assert "Toute l’aide se lit aussi sans lui" in chat.page.inner_text("main")
    chat.page.get_by_role("link", name="Mot de passe oublié ou expiré").click()
    text = chat.page.inner_text("main")
    assert "jdupont" in text
    assert "Pas à pas" in text


def test_every_link_of_the_pages_leads_somewhere(visit: Visit, site: Site) -> None:
    chat = visit("/")
    seen: set[str] = set()
    for address in PAGES:
        chat.page.goto(site.url + address)
        seen.update(chat.page.eval_on_selector_all("a[href]", "all => all.map((a) => a.href)"))
    inside = sorted({link.partition("#")[0] for link in seen if link.startswith(site.url)})
    with site.client() as client:
        assert {link: client.get(link).status_code for link in inside} == dict.fromkeys(inside, 200)


def test_a_help_page_hands_over_to_the_assistant_on_its_topic(visit: Visit) -> None:
    chat = visit("/aide/mailbox_full")
    chat.page.get_by_role("link", name="En parler à l’assistant").click()
    chat.cards.nth(1).wait_for()
    assert "Vous avez choisi\u00a0: Boîte pleine" in chat.log.inner_text()
    assert "sujet=mailbox_full" in chat.page.url


def test_the_desk_pages_hand_over_too(visit: Visit) -> None:
    chat = visit("/aide/dsden42")
    chat.page.get_by_role("link", name="En parler à l’assistant").click()
    chat.cards.nth(1).wait_for()


def test_the_pages_grow_with_text_spacing_without_losing_any(visit: Visit) -> None:
    chat = visit("/aide/reset_password", phone=True)
    chat.space_text()
    assert chat.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not violations(chat.page)
