"""Who cannot see, use a mouse, or read small: the accessibility tree, focus, zoom, spacing, contrast, targets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.cards import FULL, answer_with
from tests.browser.chat import Chat

pytestmark = pytest.mark.rasa
Visit = Callable[..., Chat]

ROOT = 'document.querySelector("aiguilleur-chat").shadowRoot'
HEARD = f"""() => {{
  window.heard = [];
  const log = {ROOT}.querySelector(".log");
  new MutationObserver((changes) => {{
    if (log.getAttribute("aria-live") === "off") return;
    for (const {{addedNodes}} of changes) for (const node of addedNodes) window.heard.push(node.textContent);
  }}).observe(log, {{childList: true, subtree: true}});
}}"""
TREE = """\
- dialog "Assistant de messagerie":
  - heading "Assistant de messagerie" [level=2]
  - button "Fermer"
  - link "Aller à la saisie":
    - /url: "#aiguilleur-chat"
  - button "Sujets"
  - button "Copier l’échange": Copier
  - button "Terminer et effacer"
  - log "Conversation":
    - article:
      - heading "Assistant automatique" [level=3]
      - paragraph: /Bonjour. Je suis Aiguilleur, l’assistant automatique/
    - paragraph: Vous
    - paragraph: réglages
    - article:
      - 'heading "Assistant automatique, important : Réglages de réception" [level=3]'
      - paragraph: Voici ce qu’il faut saisir dans votre logiciel.
      - list:
        - listitem: Ouvrez les paramètres du compte.
        - listitem: Saisissez les valeurs ci-dessous.
      - term: Port
      - definition:
        - code: "993"
        - 'button "Copier le port : 993"': Copier
      - term: Serveur d’envoi
      - definition:
        - code: smtp.exemple.fr
        - 'button "Copier le serveur d’envoi : smtp.exemple.fr"': Copier
      - term: Adresse
      - definition:
        - code: assistance@exemple.fr
        - 'button "Copier l’adresse : assistance@exemple.fr"': Copier
      - term: Méthode
      - definition:
        - code: Mot de passe normal
        - 'button "Copier la méthode : Mot de passe normal"': Copier
      - term: À saisir
      - definition:
        - code: jdupont
        - 'button "Copier « À saisir » : jdupont"': Copier
      - term: Message
      - definition:
        - code: Bonjour, je n’ai plus accès.
        - button "Copier le message": Copier
      - term: Sécurité
      - definition:
        - code: SSL/TLS
      - paragraph:
        - link "Webmail (nouvel onglet)":
          - /url: https://webmail.exemple.fr/
      - paragraph:
        - text: "Source : Aide de la messagerie, vérifié le"
        - time: 23 novembre 2026
      - group "Réponses proposées":
        - button "Oui"
        - button "Non"
  - status
  - text: "Votre message Maj + Entrée : à la ligne"
  - status
  - textbox "Votre message"
  - button "Envoyer"
  - alert
  - paragraph: Ni mot de passe, ni code, ni NUMEN.
  - link "Vos données (nouvel onglet)":
    - /url: /confidentialite$/
"""


def test_the_accessibility_tree_of_a_conversation(visit: Visit) -> None:
    from playwright.sync_api import expect

    chat = visit().open()
    answer_with(chat.page, FULL)
    chat.say("réglages")
    expect(chat.panel).to_match_aria_snapshot(TREE)


def test_what_chromium_tells_a_screen_reader(visit: Visit) -> None:
    """The browser's own tree, not Playwright's reading of the page."""
    chat = visit().open()
    chat.say("boîte pleine")
    nodes = chat.page.context.new_cdp_session(chat.page).send("Accessibility.getFullAXTree")["nodes"]  # fmt: skip
    told = [node for node in nodes if not node.get("ignored")]
    logs = [node for node in told if node["role"]["value"] == "log"]
    assert len(logs) == 1
    properties = {item["name"]: item["value"].get("value") for item in logs[0]["properties"]}
    assert properties["live"] == "polite"
    box = next(node for node in told if node["role"]["value"] == "textbox" and node["name"]["value"] == "Votre message")  # fmt: skip
    assert "Ni mot de passe, ni code, ni NUMEN." in box["description"]["value"]
    for node in told:
        if node["role"]["value"] in {"button", "link", "textbox", "dialog", "heading", "group"}:
            assert node["name"]["value"].strip(), node


def test_the_log_announces_only_what_is_new(visit: Visit) -> None:
    chat = visit().open()
    chat.page.evaluate(HEARD)
    chat.say("ma boîte est pleine")
    heard = chat.page.evaluate("heard")
    assert len(heard) == 2
    assert heard[0] == "Vousma boîte est pleine"
    assert "Assistant automatique" in heard[1]
    assert chat.page.locator("aiguilleur-chat [role=log]").count() == 1


def test_what_is_shown_again_is_not_announced_again(visit: Visit) -> None:
    chat = visit().open()
    chat.say("ma boîte est pleine")
    chat.page.add_init_script(
        f"customElements.whenDefined('aiguilleur-chat').then(() => setTimeout({HEARD}, 0))"
    )
    chat.page.reload()
    chat.cards.nth(1).wait_for()
    assert chat.page.evaluate("heard") == []
    chat.page.wait_for_timeout(600)
    chat.say("merci")
    assert len(chat.page.evaluate("heard")) == 2


def test_the_focus_stays_in_the_input_while_one_types(visit: Visit) -> None:
    chat = visit().open()
    assert chat.focused() == "Votre message"
    chat.page.route("**/message", lambda route: (chat.page.wait_for_timeout(300), route.continue_()))  # fmt: skip
    chat.input.fill("ma boîte est pleine")
    chat.input.press("Enter")
    chat.input.press_sequentially("et aussi")
    chat.answer(1)
    assert chat.focused() == "Votre message"
    assert chat.input.input_value() == "et aussi"


def test_after_a_button_the_focus_goes_to_the_new_answer(visit: Visit) -> None:
    chat = visit().open()
    chat.choose("Boîte pleine")
    assert chat.focused() == chat.cards.last.locator("h3").inner_text().replace("\n", "")


def test_the_focus_is_not_taken_back_from_the_page(visit: Visit) -> None:
    chat = visit().open()
    release: list[Any] = []
    chat.page.route("**/message", lambda route: release.append(route))
    chat.button("Boîte pleine").click()
    chat.page.locator("#identifiant").focus()
    chat.page.wait_for_timeout(100)
    release[0].continue_()
    chat.answer(1)
    assert chat.page.evaluate("document.activeElement.id") == "identifiant"


@pytest.mark.parametrize("phone", [False, True])
def test_escape_closes_and_gives_the_focus_back(visit: Visit, phone: bool) -> None:
    chat = visit(phone=phone).open()
    chat.input.focus()
    chat.page.keyboard.press("Escape")
    assert not chat.panel.is_visible()
    assert chat.focused() == "Reprendre la conversation"


def test_a_phone_opens_at_the_title_and_keeps_the_page_aside(visit: Visit) -> None:
    chat = visit(phone=True).open()
    assert chat.focused() == "Assistant de messagerie"
    assert chat.page.evaluate(f"{ROOT}.querySelector('dialog').matches(':modal')")


def test_a_link_leads_to_the_input(visit: Visit) -> None:
    chat = visit().open()
    skip = chat.panel.get_by_role("link", name="Aller à la saisie")
    skip.focus()
    assert skip.bounding_box()["x"] > 0
    chat.page.keyboard.press("Enter")
    assert chat.focused() == "Votre message"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("phone", [False, True])
def test_axe_finds_nothing_in_the_states_of_a_conversation(
    visit: Visit, phone: bool, scheme: str
) -> None:
    kind = f"{'téléphone' if phone else 'bureau'}, {scheme}"
    chat = visit(phone=phone, color_scheme=scheme)
    chat.axe(f"fermé, {kind}")
    chat.open().axe(f"accueil, {kind}")
    answer_with(chat.page, FULL, {**FULL, "level": "success", "buttons": []})
    chat.say("réglages")
    chat.axe(f"réponse complète, {kind}")
    chat.shot(f"complete-{'telephone' if phone else 'bureau'}-{scheme}")
    chat.button("Terminer et effacer").click()
    chat.axe(f"effacer ou garder, {kind}")
    chat.button("Effacer").click()
    chat.button("Nouvelle conversation").wait_for()
    chat.axe(f"effacée, {kind}")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_forced_colours_keep_edges_and_words(visit: Visit, colours: str) -> None:
    chat = visit(forced_colors="active", color_scheme=colours).open()
    chat.say("ma boîte est pleine")
    for selector in (".card", ".mine", ".choice", ".launcher"):
        style = chat.page.evaluate(f"getComputedStyle({ROOT}.querySelector('{selector}')).borderTopStyle")  # fmt: skip
        assert style == "solid"
    chat.axe(f"couleurs forcées, {colours}", colours=False)
    chat.shot(f"couleurs-forcees-{colours}")


def test_every_target_is_44_pixels(visit: Visit) -> None:
    chat = visit(phone=True)
    box = chat.launcher.bounding_box()
    assert min(box["width"], box["height"]) >= 44
    chat.open()
    answer_with(chat.page, FULL)
    chat.say("réglages")
    chat.button("Sujets").tap()
    chat.page.locator("aiguilleur-chat .topic").first.wait_for()
    chat.button("Terminer et effacer").tap()
    chat.button("Sujets").tap()
    small = chat.page.evaluate(
        f"""() => [...{ROOT}.querySelectorAll("button, a, textarea")]
             .map((element) => [element.textContent, element.getBoundingClientRect()])
             .filter(([, box]) => box.width && box.right > 0 && (box.width < 44 || box.height < 43.9))
             .map(([text, box]) => [text, box.width, box.height])"""
    )
    assert not small


def test_reduced_motion_or_not_nothing_moves(visit: Visit) -> None:
    for motion in ("reduce", "no-preference"):
        chat = visit(reduced_motion=motion).open()
        chat.say("ma boîte est pleine")
        assert chat.page.evaluate(f"document.getAnimations().length + {ROOT}.getAnimations().length") == 0  # fmt: skip


@pytest.mark.parametrize("size", [(320, 256), (320, 568), (740, 360), (1280, 400)])
def test_all_is_reached_at_400_percent_and_on_low_screens(visit: Visit, size: tuple[int, int]) -> None:  # fmt: skip
    """1,280 × 1,024 pixels at 400 % are 320 × 256 to the page."""
    chat = visit(viewport={"width": size[0], "height": size[1]})
    chat.launcher.scroll_into_view_if_needed()
    chat.open()
    chat.say("ma boîte est pleine")
    chat.shot(f"petit-{size[0]}x{size[1]}")
    assert _sideways(chat) <= 0
    for name in ("Fermer", "Sujets", "Copier l’échange", "Terminer et effacer", "Envoyer"):
        _seen_whole(chat, chat.button(name), size)
    _seen_whole(chat, chat.input, size)
    chat.choose(chat.first_choice())
    heading = chat.cards.last.locator("h3").bounding_box()
    assert 0 <= heading["y"] < size[1] - 20
    chat.axe(f"écran de {size[0]} × {size[1]}")


def _seen_whole(chat: Chat, element: Any, size: tuple[int, int]) -> None:
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= size[0] + 1
    assert box["y"] + box["height"] <= size[1] + 1


def _sideways(chat: Chat) -> int:
    """Pixels that one would have to scroll sideways to read, anywhere in the widget."""
    return int(
        chat.page.evaluate(
            f"""() => Math.max(document.documentElement.scrollWidth - innerWidth,
                 ...[...{ROOT}.querySelectorAll(".panel, .log, .card, .mine, form, .head, .tools, .fact")]
                   .map((element) => element.scrollWidth - element.clientWidth))"""
        )
    )


@pytest.mark.parametrize("phone", [False, True])
def test_text_spacing_hides_nothing(visit: Visit, phone: bool) -> None:
    chat = visit(phone=phone).open()
    answer_with(chat.page, FULL)
    chat.say("réglages")
    chat.space_text()
    assert _sideways(chat) <= 0
    clipped = chat.page.evaluate(
        f"""() => [...{ROOT}.querySelectorAll("button, label, p, h2, h3, code")]
             .filter((element) => element.clientHeight && element.scrollHeight > element.clientHeight + 2)
             .map((element) => element.textContent)"""
    )
    assert not clipped
    chat.shot(f"espacement-{'telephone' if phone else 'bureau'}")
    chat.axe("texte espacé")


def test_text_twice_as_big_stays_whole(visit: Visit) -> None:
    chat = visit().open()
    chat.say("ma boîte est pleine")
    chat.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert _sideways(chat) <= 0
    _seen_whole(chat, chat.button("Envoyer"), (1280, 800))
    chat.shot("texte-200")


def test_a_page_that_sets_a_tiny_root_size_does_not_shrink_the_widget(visit: Visit) -> None:
    chat = visit()
    chat.page.evaluate("document.documentElement.style.fontSize = '62.5%'")
    chat.open()
    assert chat.cards.first.locator("p").evaluate("(p) => parseFloat(getComputedStyle(p).fontSize)") >= 16  # fmt: skip


def test_the_keyboard_of_a_phone_does_not_hide_the_input(visit: Visit) -> None:
    """Chromium draws no keyboard here: the visual viewport is told to be what one would leave."""
    chat = visit(phone=True).open()
    chat.say("ma boîte est pleine")
    chat.input.tap()
    for height in (400, 250):
        chat.page.evaluate(
            """(height) => {
              Object.defineProperty(visualViewport, "height", {value: height, configurable: true});
              visualViewport.dispatchEvent(new Event("resize"));
            }""",
            height,
        )
        box = chat.input.bounding_box()
        assert box["y"] + box["height"] <= height
        send = chat.button("Envoyer").bounding_box()
        assert send["y"] + send["height"] <= height
    chat.shot("clavier-de-telephone")


def test_a_turned_screen_keeps_the_conversation_the_draft_and_the_focus(visit: Visit) -> None:
    chat = visit(viewport={"width": 1024, "height": 700}).open()
    chat.say("ma boîte est pleine")
    chat.input.fill("un brouillon")
    for width, height in ((390, 800), (800, 390), (700, 700), (1024, 700)):
        chat.page.set_viewport_size({"width": width, "height": height})
        chat.page.wait_for_timeout(50)
        modal = chat.panel.evaluate("(panel) => panel.matches(':modal')")
        assert modal == (width < 1024)
        assert chat.input.input_value() == "un brouillon"
        assert chat.cards.count() == 2
        assert chat.focused() == "Votre message"


def test_the_widget_is_in_french_on_a_page_in_another_language(visit: Visit) -> None:
    chat = visit()
    chat.page.evaluate("() => { document.documentElement.lang = 'en'; document.documentElement.dir = 'rtl'; }")  # fmt: skip
    chat.open()
    assert chat.cards.first.evaluate("(card) => card.closest('[lang]').lang") == "fr"
    assert chat.cards.first.evaluate("(card) => getComputedStyle(card).direction") == "ltr"


def test_no_word_of_the_widget_breaks_the_house_rules() -> None:
    from aiguilleur import widget

    words = (widget.FOLDER / widget.SCRIPT).read_text("utf-8").partition("const WORDS")[2]
    words = words.partition("/* Secrets")[0]
    said = re.findall(r'"([^"]*)"', words)
    assert len(said) > 40
    for text in said:
        assert "'" not in text
        assert "!" not in text
        assert (
            not re.search(r"(?<!\\u00a0)(?<!\\u202f) ?[:?;](?![\w/]| *$)", text) or "\\u" in text
        ), text
        assert not re.search(r"cliquez|veuillez|connecté\(|n’hésitez", text, re.IGNORECASE)
