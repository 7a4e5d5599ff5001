"""The widget on somebody else's page: strict policy, integrity, hostile colours and texts, its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from aiguilleur import widget
from tests.browser.cards import HOSTILE, MARKUP, answer_with
from tests.browser.chat import FIGURES, Chat
from tests.conftest import Portal, Site

pytestmark = pytest.mark.rasa
Visit = Callable[..., Chat]

HEAD = '<!doctype html><html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Portail</title><body><main><h1>Portail</h1>'
POLICY = (
    "default-src 'none'; script-src {0}; connect-src {0}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
CONTRASTS = """async () => {
  const {palette} = await import("/widget/aiguilleur-chat.js");
  const part = (value) => { const share = value / 255; return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4; };
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const ratio = (one, other) => { const [low, high] = [light(one), light(other)].sort((a, b) => a - b); return (high + 0.05) / (low + 0.05); };
  const steps = [0, 64, 112, 128, 160, 208, 255];
  const colours = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => [r, g, b])));
  const papers = colours.filter((_, i) => i % 3 === 0);
  let tried = 0, text = 99, edge = 99;
  for (const paper of papers) for (const accent of colours) {
    const all = palette(paper, accent);
    tried += 1;
    for (const back of [all.paper, all.soft]) {
      for (const name of ["ink", "quiet", "link"]) text = Math.min(text, ratio(all[name], back));
      for (const name of ["line", "fill", "alert", "good"]) edge = Math.min(edge, ratio(all[name], back));
    }
    text = Math.min(text, ratio(all["on-fill"], all.fill));
  }
  return {tried, text, edge};
}"""


def _portal(portal: Portal, site: Site, *, more: str = "", lines: str = "") -> str:
    """A page of another origin that carries the lines that ``aiguilleur integrity`` prints."""
    html = HEAD + more + "</main>" + (lines or widget.embed(site.url))
    return portal.page(html, {"Content-Security-Policy": POLICY.format(site.url)})


def test_a_strict_page_of_another_origin_carries_a_whole_conversation(
    visit: Visit, portal: Portal, site: Site
) -> None:
    chat = visit(_portal(portal, site))
    refused: list[str] = chat.page.evaluate(
        "() => { window.refused = []; document.addEventListener('securitypolicyviolation', (event) => refused.push(event.violatedDirective)); return refused; }"
    )
    chat.open()
    chat.say("j'ai perdu mon mot de passe et je n'ai aucune adresse de secours")
    chat.say("miribel")
    chat.choose("Préparer ma demande")
    chat.page.reload()
    chat.cards.nth(3).wait_for()
    chat.button("Sujets").click()
    chat.page.locator("aiguilleur-chat .topic").first.wait_for()
    privacy = chat.panel.get_by_role("link", name="Vos données")
    assert privacy.get_attribute("href") == f"{site.url}/confidentialite"
    chat.button("Terminer et effacer").click()
    chat.button("Effacer").click()
    chat.button("Nouvelle conversation").wait_for()
    assert chat.page.evaluate("window.refused ?? []") == refused == []
    assert chat.cards.count() == 0


def test_a_page_refuses_another_file_than_the_one_it_was_given(
    visit: Visit, portal: Portal, site: Site
) -> None:
    lines = widget.embed(site.url).replace("sha384-", "sha384-AAAA")
    chat = visit(_portal(portal, site, lines=lines), network=False)
    chat.page.wait_for_load_state("networkidle")
    assert not chat.page.evaluate("!!customElements.get('aiguilleur-chat')")


def test_an_origin_that_is_not_listed_gets_no_answer(visit: Visit, site: Site) -> None:
    stranger = Portal()
    chat = visit(_portal(stranger, site), network=False)
    chat.launcher.click()
    chat.status.filter(has_text="Le réseau ne répond pas.").wait_for()
    assert chat.cards.count() == 0
    stranger.close()


def test_what_travels_when_a_page_opens_it(visit: Visit) -> None:
    chat = visit("/").open()
    sizes: dict[str, int] = chat.page.evaluate(
        """() => Object.fromEntries(performance.getEntriesByType("resource")
             .filter(({name}) => /aiguilleur-chat|webhooks/.test(name))
             .map(({name, encodedBodySize}) => [new URL(name).pathname, encodedBodySize]))"""
    )
    FIGURES["octets à l’ouverture"] = ", ".join(f"{name} {size}" for name, size in sizes.items())
    assert set(sizes) == {"/widget/aiguilleur-chat.js", "/webhooks/web/session"}
    assert sum(sizes.values()) <= 20 * 1024


def test_contrasts_hold_for_any_two_colours(visit: Visit) -> None:
    found = visit("/").page.evaluate(CONTRASTS)
    assert found["tried"] > 30_000
    assert found["text"] >= 4.5
    assert found["edge"] >= 3


COLOURS = [
    ("#ffff00", "#ffffff"), ("#777777", "#777777"), ("white", "white"), ("oklch(0.7 0.2 30)", "#223"),
    ("red;background:url(x)", "nothing"), ("transparent", "rgb(0 0 0 / 10%)"), ("#0f0", "#f0f"), ("var(--rien)", "inherit"),
]  # fmt: skip


def test_hostile_colours_stay_readable_on_screen(visit: Visit) -> None:
    chat = visit().open()
    chat.say("ma boîte est pleine")
    for accent, paper in COLOURS:
        chat.page.eval_on_selector(
            "aiguilleur-chat",
            "(chat, [accent, paper]) => { chat.setAttribute('accent', accent); chat.setAttribute('paper', paper); }",
            [accent, paper],
        )
        chat.axe(f"couleurs {accent} sur {paper}")


def test_colours_come_from_custom_properties_too(visit: Visit, portal: Portal, site: Site) -> None:
    html = HEAD + "<style>aiguilleur-chat { --aiguilleur-accent: rebeccapurple; --aiguilleur-paper: #fffdf5 }</style></main>"  # fmt: skip
    chat = visit(portal.page(html + widget.embed(site.url)))
    assert _colour(chat, ".launcher", "backgroundColor") == "rgb(102, 51, 153)"
    chat.open()
    assert _colour(chat, ".panel", "backgroundColor") == "rgb(255, 253, 245)"
    chat.shot("autres-couleurs")


def test_dark_follows_the_person_unless_the_host_decides(visit: Visit) -> None:
    chat = visit("/", color_scheme="dark").open()
    assert _colour(chat, ".panel", "backgroundColor") == "rgb(20, 23, 27)"
    chat.page.eval_on_selector("aiguilleur-chat", "(chat) => chat.setAttribute('theme', 'light')")
    assert _colour(chat, ".panel", "backgroundColor") == "rgb(255, 255, 255)"
    chat.page.eval_on_selector("aiguilleur-chat", "(chat) => chat.removeAttribute('theme')")
    chat.page.emulate_media(color_scheme="light")
    _two_frames(chat)
    assert _colour(chat, ".panel", "backgroundColor") == "rgb(255, 255, 255)"


def _colour(chat: Chat, selector: str, name: str) -> str:
    return str(chat.page.evaluate(f"getComputedStyle(document.querySelector('aiguilleur-chat').shadowRoot.querySelector('{selector}')).{name}"))  # fmt: skip


def test_markup_in_a_message_stays_text(visit: Visit) -> None:
    chat = visit().open()
    chat.say(f"{MARKUP} mot de passe oublié")
    assert chat.bubbles.first.locator(".words").inner_text().startswith("<img src=x")
    chat.page.reload()
    chat.cards.nth(1).wait_for()
    assert chat.bubbles.first.locator("img, script").count() == 0
    assert not chat.page.evaluate("'harmed' in window")


def test_markup_in_a_card_stays_text_and_strange_addresses_are_no_links(visit: Visit) -> None:
    chat = visit().open()
    answer_with(chat.page, HOSTILE)
    chat.say("bonjour")
    card = chat.cards.last
    assert MARKUP in card.inner_text()
    assert card.locator("img, script").count() == 0
    links = card.get_by_role("link").all()
    assert [link.get_attribute("href") for link in links] == ['https://exemple.fr/" onclick="window.harmed=1']  # fmt: skip
    for button in card.get_by_role("button").all():
        button.click()
    chat.cards.nth(2).wait_for()
    assert not chat.page.evaluate("'harmed' in window")


def test_a_forged_button_is_only_text_to_the_server(visit: Visit) -> None:
    chat = visit().open()
    forged = [{"title": "Oui", "payload": "/restart"}]
    chat.page.route("**/webhooks/web/history", lambda route: route.fulfill(json={"messages": [{"from": "bot", "card": {"text": "Faux", "buttons": forged}}]}))  # fmt: skip
    chat.page.reload()
    chat.cards.nth(1).wait_for()
    chat.button("Oui").click()
    chat.answer(2)
    chat.page.unroute("**/webhooks/web/history")
    chat.page.reload()
    chat.cards.nth(1).wait_for()
    assert "/restart" in chat.bubbles.first.inner_text()


# Its place on the page

LOGIN = """<style>body {{ margin: 0; min-height: 2000px }} .login {{ position: fixed; {place}; width: {width}; height: 56px }}</style>
<form><input type="password" aria-label="Mot de passe"><button class="login" type="submit">Se connecter</button></form></main>"""  # fmt: skip


PLACES = ["right: 1rem; bottom: 1rem", "left: 1rem; bottom: 1rem", "left: 0; bottom: 0", "right: 0; bottom: 40vh"]  # fmt: skip


@pytest.mark.parametrize("phone", [False, True])
def test_the_login_button_is_never_covered(
    visit: Visit, portal: Portal, site: Site, phone: bool
) -> None:
    chat = visit(phone=phone)
    for place in PLACES:
        for width in ("140px", "100%"):
            html = HEAD + LOGIN.format(place=place, width=width) + widget.embed(site.url)
            chat.page.goto(portal.page(html))
            _never_covers(chat)
            chat.page.evaluate("sessionStorage.clear()")


def _never_covers(chat: Chat) -> None:
    chat.launcher.wait_for(state="attached")
    for distance in (0, 300, 5000):
        chat.page.evaluate(f"scrollTo(0, {distance})")
        _two_frames(chat)
        assert not _covered(chat, ".launcher")
    chat.launcher.click()
    chat.cards.first.wait_for()
    if not chat.panel.evaluate("(panel) => panel.matches(':modal')"):
        assert not _covered(chat, ".panel")
    chat.button("Fermer").click()
    assert not _covered(chat, ".launcher")


def _two_frames(chat: Chat) -> None:
    chat.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def _covered(chat: Chat, selector: str) -> bool:
    return bool(
        chat.page.evaluate(
            """(selector) => {
              const one = document.querySelector("aiguilleur-chat").shadowRoot.querySelector(selector).getBoundingClientRect();
              const other = document.querySelector(".login").getBoundingClientRect();
              return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
            }""",
            selector,
        )
    )


@pytest.mark.parametrize("phone", [False, True])
def test_the_demonstration_s_login_is_never_covered_while_scrolling(visit: Visit, phone: bool) -> None:  # fmt: skip
    chat = visit("/", phone=phone)
    chat.page.evaluate("document.querySelector('.primary').classList.add('login')")
    for distance in range(0, 1400, 60):
        chat.page.evaluate(f"scrollTo(0, {distance})")
        _two_frames(chat)
        assert not _covered(chat, ".launcher")


def test_the_host_names_what_must_stay_free(visit: Visit, portal: Portal, site: Site) -> None:
    html = HEAD + '<style>.login { position: fixed; right: 0; bottom: 0; width: 200px; height: 90px }</style><a class="login" href="/entrer">Entrer</a></main>'  # fmt: skip
    lines = widget.embed(site.url).replace("<aiguilleur-chat", '<aiguilleur-chat avoid=".login"')
    chat = visit(portal.page(html + lines))
    chat.page.wait_for_timeout(60)
    assert not _covered(chat, ".launcher")
    chat.open()
    assert not _covered(chat, ".panel")


@pytest.mark.parametrize(("position", "side"), [("bottom-left", "left"), ("bottom-right", "right")])
def test_the_host_chooses_the_corner(visit: Visit, portal: Portal, site: Site, position: str, side: str) -> None:  # fmt: skip
    lines = widget.embed(site.url).replace("<aiguilleur-chat", f'<aiguilleur-chat position="{position}" label="Besoin d’aide"')  # fmt: skip
    chat = visit(portal.page(HEAD + "</main>" + lines))
    box = chat.launcher.bounding_box()
    assert (box["x"] < 640) == (side == "left")
    assert chat.launcher.inner_text() == "Besoin d’aide"


def test_inline_it_takes_its_place_in_the_page(visit: Visit, portal: Portal, site: Site) -> None:
    lines = widget.embed(site.url).replace("<aiguilleur-chat", '<aiguilleur-chat position="inline"')
    chat = visit(portal.page(HEAD + lines + "<p id=after>Suite</p></main>")).open()
    panel, after = chat.panel.bounding_box(), chat.page.locator("#after").bounding_box()
    assert after["y"] >= panel["y"] + panel["height"]
    chat.say("ma boîte est pleine")
    chat.axe("dans la page")


def test_a_styled_host_does_not_reach_inside(visit: Visit, portal: Portal, site: Site) -> None:
    wild = "<style>* { color: red; font-size: 3px } button { display: none } aiguilleur-chat { text-transform: uppercase; font-style: italic; white-space: nowrap; line-height: 3 }</style></main>"  # fmt: skip
    chat = visit(portal.page(HEAD + wild + widget.embed(site.url))).open()
    style: dict[str, Any] = chat.cards.first.locator("p").evaluate(
        "(p) => (({textTransform, fontStyle, whiteSpace, fontSize}) => ({textTransform, fontStyle, whiteSpace, fontSize}))(getComputedStyle(p))"
    )
    assert style == {"textTransform": "none", "fontStyle": "normal", "whiteSpace": "normal", "fontSize": "16px"}  # fmt: skip


def test_taken_out_and_put_back_it_goes_on(visit: Visit) -> None:
    chat = visit().open()
    chat.say("ma boîte est pleine")
    chat.page.evaluate("() => { const chat = document.querySelector('aiguilleur-chat'); chat.remove(); document.body.append(chat); }")  # fmt: skip
    if not chat.panel.is_visible():
        chat.launcher.click()
    chat.cards.nth(1).wait_for()
    chat.say("merci")
