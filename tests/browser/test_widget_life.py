"""What the widget keeps, for how long, and what it says when the network or the server fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.chat import Chat
from tests.conftest import Site

pytestmark = pytest.mark.rasa
Visit = Callable[..., Chat]
FULL_BOX = "ma boîte est pleine"


def test_nothing_is_stored_nor_asked_before_it_is_opened(visit: Visit) -> None:
    chat = visit()
    asked: list[str] = []
    chat.page.on("request", lambda request: asked.append(request.url))
    chat.page.reload()
    chat.launcher.wait_for()
    chat.page.wait_for_timeout(200)
    assert not [url for url in asked if "/webhooks/" in url]
    assert chat.stored() == []
    assert not chat.panel.is_visible()
    chat.open()
    assert len(chat.stored()) == 1
    assert chat.page.evaluate("localStorage.length") == 0
    assert chat.page.context.cookies() == []


def test_what_is_typed_is_never_stored(visit: Visit) -> None:
    chat = visit().open()
    chat.input.fill("un brouillon")
    assert "brouillon" not in "".join(chat.stored())
    chat.say("bonjour, rien ne marche plus")
    assert "rien ne marche" not in "".join(chat.stored())


def test_a_reload_and_another_page_go_on(visit: Visit, site: Site) -> None:
    chat = visit().open()
    welcome = chat.cards.first.inner_text()
    chat.say(FULL_BOX)
    name = chat.first_choice()
    chat.choose(name)
    chat.page.reload()
    chat.cards.nth(2).wait_for()
    assert chat.cards.first.locator("p").first.inner_text() in welcome
    assert chat.bubbles.first.locator(".words").inner_text() == FULL_BOX
    assert f"Vous avez choisi\u00a0: {name}" in chat.log.inner_text()
    assert chat.page.evaluate("document.activeElement === document.body")
    chat.page.goto(site.url + "/aide")
    chat.page.goto(site.url + "/")
    chat.cards.nth(2).wait_for()
    chat.shot("reprise")


def test_a_reload_before_anything_was_said_shows_the_welcome(visit: Visit) -> None:
    chat = visit().open()
    welcome = chat.cards.first.inner_text()
    chat.page.reload()
    chat.cards.first.wait_for()
    assert chat.cards.first.inner_text() == welcome
    chat.choose("Boîte pleine")


def test_on_a_phone_a_new_page_is_not_covered(visit: Visit) -> None:
    chat = visit(phone=True).open()
    chat.say(FULL_BOX)
    chat.page.reload()
    chat.launcher.wait_for()
    chat.page.wait_for_timeout(200)
    assert not chat.panel.is_visible()
    assert chat.launcher.inner_text() == "Reprendre la conversation"
    chat.open()
    assert FULL_BOX in chat.log.inner_text()


def test_where_it_would_cover_the_login_it_does_not_come_back_by_itself(visit: Visit) -> None:
    chat = visit(viewport={"width": 700, "height": 800}).open()
    assert chat.panel.evaluate("(panel) => panel.matches(':modal')")
    chat.page.reload()
    chat.launcher.wait_for()
    chat.page.wait_for_timeout(200)
    assert not chat.panel.is_visible()


def test_a_panel_that_was_closed_stays_closed(visit: Visit) -> None:
    chat = visit().open()
    chat.button("Fermer").click()
    chat.page.reload()
    chat.launcher.wait_for()
    chat.page.wait_for_timeout(200)
    assert not chat.panel.is_visible()


def test_ending_erases_here_and_there(visit: Visit, site: Site) -> None:
    chat = visit().open()
    chat.say(FULL_BOX)
    token = json.loads(chat.stored()[0])["token"]
    chat.button("Terminer et effacer").click()
    chat.button("Garder").click()
    assert chat.focused() == "Terminer et effacer"
    chat.button("Terminer et effacer").click()
    chat.button("Effacer").click()
    chat.button("Nouvelle conversation").wait_for()
    assert chat.stored() == []
    with site.client() as client:
        history = client.get("/webhooks/web/history", headers={"Authorization": f"Bearer {token}"})
    assert history.status_code == 401
    chat.button("Nouvelle conversation").click()
    chat.cards.first.wait_for()
    assert FULL_BOX not in chat.log.inner_text()
    assert chat.focused() == "Votre message"


def test_erasing_while_an_answer_is_awaited_leaves_nothing(visit: Visit) -> None:
    chat = visit(network=False).open()
    chat.page.route("**/message", lambda route: None)
    chat.input.fill(FULL_BOX)
    chat.input.press("Enter")
    sessions: list[str] = []
    chat.page.on("request", lambda request: sessions.append(request.url) if "session" in request.url and request.method == "POST" else None)  # fmt: skip
    chat.button("Terminer et effacer").click()
    chat.button("Effacer").click()
    chat.button("Nouvelle conversation").wait_for()
    chat.page.unroute("**/message")
    chat.page.wait_for_timeout(200)
    assert chat.stored() == []
    assert not sessions
    assert "La conversation est effacée." in chat.panel.inner_text()


def test_erasing_that_fails_is_told_and_can_be_tried_again(visit: Visit) -> None:
    chat = visit(network=False).open()
    chat.page.context.set_offline(True)
    chat.button("Terminer et effacer").click()
    chat.button("Effacer").click()
    chat.status.filter(has_text="L’effacement n’a pas abouti. Réessayez.").wait_for()
    assert chat.focused() == "Terminer et effacer"
    chat.page.context.set_offline(False)
    chat.button("Terminer et effacer").click()
    chat.button("Effacer").click()
    chat.button("Nouvelle conversation").wait_for()


@pytest.mark.parametrize("phone", [False, True])
def test_fifteen_idle_minutes_fold_the_conversation(visit: Visit, phone: bool, site: Site) -> None:
    chat = visit("about:blank", phone=phone)
    chat.page.context.clock.install()
    chat.page.goto(site.url)
    chat.open().say(FULL_BOX)
    chat.page.clock.fast_forward("14:30")
    assert FULL_BOX in chat.log.inner_text()
    chat.page.clock.fast_forward("01:00")
    chat.button("Reprendre").wait_for()
    assert FULL_BOX not in chat.page.evaluate("document.querySelector('aiguilleur-chat').shadowRoot.textContent")  # fmt: skip
    assert "quinze minutes" in chat.panel.inner_text()
    chat.axe(f"repliée, {'téléphone' if phone else 'bureau'}")
    chat.shot(f"repliee-{'telephone' if phone else 'bureau'}")
    chat.button("Reprendre").click()
    chat.cards.nth(1).wait_for()
    assert FULL_BOX in chat.log.inner_text()
    assert chat.focused() in ("Votre message", "Assistant de messagerie")
    chat.page.clock.fast_forward("16:00")
    chat.button("Effacer").click()
    chat.button("Nouvelle conversation").wait_for()
    assert chat.stored() == []


def test_a_page_opened_after_fifteen_minutes_is_folded_too(visit: Visit) -> None:
    chat = visit().open()
    chat.say(FULL_BOX)
    chat.page.evaluate(
        """() => {
          const kept = JSON.parse(sessionStorage.getItem("aiguilleur-chat"));
          sessionStorage.setItem("aiguilleur-chat", JSON.stringify({...kept, seen: kept.seen - 16 * 60000}));
        }"""
    )
    chat.page.reload()
    chat.button("Reprendre").wait_for()
    assert FULL_BOX not in chat.panel.inner_text()


def test_a_topic_in_the_address_opens_the_assistant_on_it_once(visit: Visit) -> None:
    chat = visit("/?sujet=mailbox_full")
    chat.cards.nth(1).wait_for()
    assert "Vous avez choisi\u00a0: Boîte pleine" in chat.log.inner_text()
    chat.page.reload()
    chat.cards.nth(1).wait_for()
    chat.page.wait_for_timeout(200)
    assert chat.log.inner_text().count("Vous avez choisi\u00a0: Boîte pleine") == 1


def test_another_site_s_own_subject_opens_nothing(visit: Visit, site: Site) -> None:
    chat = visit()
    for subject in ("jamais_vu", "Reclamation%20urgente", "%3Cb%3E", ""):
        chat.page.goto(f"{site.url}/?sujet={subject}")
        chat.page.wait_for_load_state("networkidle")
        assert not chat.panel.is_visible()
        assert chat.stored() == []


def test_it_never_sounds_nor_opens_by_itself(visit: Visit, site: Site) -> None:
    chat = visit("about:blank")
    chat.page.add_init_script("window.AudioContext = window.Audio = function () { throw new Error('son'); }; HTMLMediaElement.prototype.play = () => { throw new Error('son'); };")  # fmt: skip
    chat.page.context.clock.install()
    chat.page.goto(site.url)
    chat.page.clock.fast_forward("30:00")
    assert not chat.panel.is_visible()


# The network and the server


def _posted(chat: Chat) -> list[dict[str, Any]]:
    """Every message that leaves the page, as it leaves."""
    posted: list[dict[str, Any]] = []
    chat.page.on("request", lambda request: posted.append(request.post_data_json) if request.url.endswith("/message") else None)  # fmt: skip
    return posted


def _fail_once(chat: Chat, status: int, body: str = "{}", headers: dict[str, str] | None = None) -> None:  # fmt: skip
    chat.page.route(
        "**/webhooks/web/message",
        lambda route: route.fulfill(status=status, body=body, headers=headers or {}, content_type="application/problem+json"),
        times=1,
    )  # fmt: skip


def test_offline_is_told_and_the_message_leaves_when_the_network_is_back(visit: Visit) -> None:
    chat = visit(network=False).open()
    posted = _posted(chat)
    chat.page.context.set_offline(True)
    chat.input.fill(FULL_BOX)
    chat.input.press("Enter")
    chat.status.filter(has_text="Vous êtes hors ligne. Votre message partira au retour du réseau.").wait_for()  # fmt: skip
    assert "Pas encore envoyé" in chat.bubbles.last.inner_text()
    chat.input.press_sequentially("suite")
    chat.axe("hors ligne")
    chat.shot("hors-ligne")
    chat.page.context.set_offline(False)
    chat.answer(1)
    assert "Pas encore envoyé" not in chat.bubbles.last.inner_text()
    assert chat.input.input_value() == "suite"
    assert len({message["id"] for message in posted}) == 1


FAILURES = {
    503: '{"title": "Service momentanément indisponible", "detail": "Réessayez."}',
    200: '{"other": "a captive portal"}',
    502: "<html>Bad gateway</html>",
    500: "",
}


def test_a_failing_server_is_told_and_tried_again_once(visit: Visit) -> None:
    chat = visit(network=False).open()
    posted = _posted(chat)
    for number, (status, body) in enumerate(FAILURES.items()):
        before = chat.cards.count()
        _fail_once(chat, status, body)
        chat.input.fill(FULL_BOX)
        chat.input.press("Enter")
        chat.status.filter(
            has_text="Le service est momentanément indisponible. Votre message est gardé ici, rien n’est perdu."
        ).wait_for()
        chat.input.fill("ce que j’écris")
        if not number:
            chat.axe("panne du serveur")
            chat.shot("panne")
        chat.button("Réessayer").click()
        chat.answer(before)
        assert len({message["id"] for message in posted[-2:]}) == 1
        assert len(posted) == 2 * (number + 1)
        assert chat.bubbles.count() == number + 1
        assert chat.input.input_value() == "ce que j’écris"
        assert not chat.button("Réessayer").is_visible()


def test_an_answer_lost_on_the_way_is_not_asked_twice(visit: Visit, site: Site) -> None:
    """The server has answered, the network dropped it: the retry gets the same answer, once."""
    chat = visit(network=False).open()
    chat.page.route("**/webhooks/web/message", lambda route: (route.fetch(), route.abort()), times=1)  # fmt: skip
    chat.input.fill(FULL_BOX)
    chat.input.press("Enter")
    chat.status.filter(has_text="Le réseau ne répond pas.").wait_for()
    chat.button("Réessayer").click()
    chat.answer(1)
    assert _history(chat, site) == [FULL_BOX]


def test_a_page_reloaded_in_despair_neither_loses_the_message_nor_sends_it_twice(visit: Visit, site: Site) -> None:  # fmt: skip
    chat = visit(network=False).open()
    chat.page.route("**/webhooks/web/message", lambda route: (route.fetch(), route.abort()), times=1)  # fmt: skip
    chat.input.fill(FULL_BOX)
    chat.input.press("Enter")
    chat.status.filter(has_text="Le réseau ne répond pas.").wait_for()
    chat.page.reload()
    chat.cards.nth(1).wait_for()
    assert chat.bubbles.count() == 1
    assert _history(chat, site) == [FULL_BOX]
    _fail_once(chat, 503)
    chat.input.fill("encore pleine")
    chat.input.press("Enter")
    chat.button("Réessayer").wait_for()
    chat.page.reload()
    chat.cards.nth(2).wait_for()
    assert _history(chat, site) == [FULL_BOX, "encore pleine"]
    assert "waiting" not in "".join(chat.stored()) or json.loads(chat.stored()[0])["waiting"] == []


def _history(chat: Chat, site: Site) -> list[str]:
    token = json.loads(chat.stored()[0])["token"]
    with site.client() as client:
        answer = client.get("/webhooks/web/history", headers={"Authorization": f"Bearer {token}"})
    return [entry["text"] for entry in answer.json()["messages"] if entry["from"] == "user"]


def test_too_many_messages_wait_and_leave_by_themselves(visit: Visit) -> None:
    chat = visit(network=False).open()
    posted = _posted(chat)
    _fail_once(chat, 429, headers={"Retry-After": "1"})
    chat.input.fill(FULL_BOX)
    chat.input.press("Enter")
    chat.status.filter(has_text="Le vôtre partira tout seul dans 1\u00a0s.").wait_for()
    chat.axe("trop de messages")
    chat.answer(1)
    assert len(posted) == 2
    assert len({message["id"] for message in posted}) == 1


def test_an_ended_session_is_told_and_the_message_goes_to_a_new_one(visit: Visit, site: Site) -> None:  # fmt: skip
    chat = visit(network=False).open()
    chat.say(FULL_BOX)
    token = json.loads(chat.stored()[0])["token"]
    with site.client() as client:
        client.delete("/webhooks/web/session", headers={"Authorization": f"Bearer {token}"})
    chat.input.fill("mot de passe oublié")
    chat.input.press("Enter")
    chat.log.get_by_text("La session précédente a expiré.").wait_for()
    chat.answer(3)
    assert _history(chat, site) == ["mot de passe oublié"]
    last = chat.log.locator(":scope > *").all_inner_texts()[-2:]
    assert "mot de passe oublié" in last[0]
    chat.axe("session expirée")
    chat.shot("session-expiree")


def test_a_button_of_an_ended_session_becomes_its_words(visit: Visit, site: Site) -> None:
    chat = visit(network=False).open()
    chat.say(FULL_BOX)
    token = json.loads(chat.stored()[0])["token"]
    with site.client() as client:
        client.delete("/webhooks/web/session", headers={"Authorization": f"Bearer {token}"})
    chat.choose("Joindre l’assistance")
    chat.cards.nth(3).wait_for()
    assert _history(chat, site) == ["Joindre l’assistance"]


def test_a_slow_answer_is_told_as_slow_then_given_up(visit: Visit, site: Site) -> None:
    chat = visit("about:blank", network=False)
    chat.page.context.clock.install()
    chat.page.goto(site.url)
    chat.open()
    chat.page.route("**/webhooks/web/message", lambda route: None, times=1)
    chat.input.fill(FULL_BOX)
    chat.input.press("Enter")
    chat.page.wait_for_timeout(100)
    for moment, said in {
        "00:02": "Envoi en cours",
        "00:06": "La réponse tarde, j’attends encore.",
        "00:13": "L’assistant n’a pas répondu à temps. Votre message est gardé ici",
    }.items():
        chat.page.clock.fast_forward(moment)
        chat.status.filter(has_text=said).wait_for()
        chat.axe(f"lenteur : {said}")
    chat.button("Réessayer").click()
    chat.answer(1)
    assert chat.status.inner_text() == ""


def test_what_is_typed_before_the_session_opens_is_sent_after_the_welcome(visit: Visit) -> None:
    chat = visit()
    held: list[Any] = []
    chat.page.route("**/webhooks/web/session", lambda route: held.append(route))
    chat.launcher.click()
    chat.input.fill(FULL_BOX)
    chat.input.press("Enter")
    chat.page.wait_for_timeout(100)
    assert len(held) == 1
    held[0].continue_()
    chat.answer(1)
    texts = chat.log.locator(":scope > *").all_inner_texts()
    assert "Je suis Aiguilleur" in texts[0]
    assert FULL_BOX in texts[1]
    assert len(texts) == 3


def test_a_server_that_is_down_when_it_is_opened(visit: Visit) -> None:
    chat = visit(network=False)
    chat.page.route("**/webhooks/web/session", lambda route: route.abort(), times=1)
    chat.launcher.click()
    chat.status.filter(has_text="Le réseau ne répond pas.").wait_for()
    chat.axe("ouverture en panne")
    chat.button("Réessayer").click()
    chat.cards.first.wait_for()


def test_a_refused_message_goes_back_to_the_input_before_what_is_being_typed(visit: Visit) -> None:
    chat = visit(network=False).open()
    held: list[Any] = []
    chat.page.route("**/webhooks/web/message", lambda route: held.append(route), times=1)
    chat.input.fill("première")
    chat.input.press("Enter")
    chat.input.fill("seconde")
    held[0].fulfill(status=400, body='{"detail": "Écrivez votre question."}', content_type="application/problem+json")  # fmt: skip
    chat.page.get_by_role("alert").filter(has_text="Écrivez votre question.").wait_for()
    assert chat.input.input_value() == "première\nseconde"
    assert chat.bubbles.count() == 0


def test_messages_sent_in_a_hurry_keep_their_order(visit: Visit, site: Site) -> None:
    chat = visit().open()
    for text in ("bonjour", FULL_BOX, "merci"):
        chat.input.fill(text)
        chat.input.press("Enter")
    chat.cards.nth(3).wait_for()
    assert _history(chat, site) == ["bonjour", FULL_BOX, "merci"]


def test_a_browser_that_refuses_storage_still_talks(visit: Visit, site: Site) -> None:
    chat = visit("about:blank")
    chat.page.add_init_script("Storage.prototype.setItem = () => { throw new Error('non'); }; Storage.prototype.getItem = () => { throw new Error('non'); };")  # fmt: skip
    chat.page.goto(site.url)
    chat.open().say(FULL_BOX)
