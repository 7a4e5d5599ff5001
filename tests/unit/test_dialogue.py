"""How a turn is decided, step by step, on understandings made by hand: no model, no lexicon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from aiguilleur import dialogue
from aiguilleur.card import Card, plain
from aiguilleur.conversation import choice_of
from aiguilleur.dialogue import State
from aiguilleur.knowledge import Knowledge, load, root
from aiguilleur.knowledge.model import Incident, Period
from aiguilleur.knowledge.yaml_file import typeset
from aiguilleur.understanding import ANSWER, CLARIFY, FALLBACK, Choice, Understanding

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load(root())


@dataclass
class Talk:
    """A conversation whose messages are understood by the test."""

    knowledge: Knowledge
    state: State = field(default_factory=State)
    cards: tuple[Card, ...] = ()
    erase: bool = False
    welcomed: bool = True

    def hear(
        self,
        text: str,
        intent: str | None = None,
        concepts: str = "",
        *,
        also: tuple[str, ...] = (),
        decision: str | None = None,
        options: tuple[str, ...] = (),
        masked: tuple[str, ...] = (),
        now: datetime = NOW,
    ) -> str:
        heard = Understanding(
            text=text,
            decision=decision or (ANSWER if intent else FALLBACK),
            intent=intent,
            options=options,
            problems=(intent, *also) if intent else also,
            concepts=frozenset(concepts.split()),
            masked=masked,
        )
        return self._turn(heard, now)

    def press(self, choice: str, step: str | None = None) -> str:
        """A button of the step in hand, unless ``step`` says which."""
        at = step if step is not None else self.state.at() or "*"
        return self._turn(Understanding(choice=Choice(choice, at)), NOW)

    def press_label(self, label: str) -> str:
        found = {b.title: b.payload for card in self.cards for b in card.buttons}
        return self._turn(Understanding(choice=choice_of(found[label])), NOW)

    def _turn(self, heard: Understanding, now: datetime) -> str:
        done = dialogue.turn(self.state, heard, self.knowledge, now, welcomed=self.welcomed)
        self.state, self.cards, self.erase = done.state, done.cards, done.erase
        return self.text

    @property
    def text(self) -> str:
        return "\n".join(plain(card) for card in self.cards)

    @property
    def labels(self) -> list[str]:
        return [button.title for card in self.cards for button in card.buttons]


@pytest.fixture
def talk(knowledge: Knowledge) -> Talk:
    return Talk(knowledge)


@pytest.fixture
def in_steps(talk: Talk) -> Talk:
    """At the first counted step of a forgotten password."""
    talk.hear("j'ai tout oublié", "reset_password", "st_forgot obj_password")
    talk.press("yes")
    assert talk.state.at() == "reset_password#open_page"
    return talk


@pytest.fixture
def routed(talk: Talk) -> Talk:
    """Sent to the desk of the Rhône."""
    talk.hear("quel service à Bron", "support_contact")
    assert talk.state.routed == "dsden69"
    return talk


class TestButtons:
    """1. A button: the step in hand goes on, an old one says where we are."""

    def test_of_the_step_in_hand(self, in_steps: Talk) -> None:
        in_steps.press("done")
        assert in_steps.state.at() == "reset_password#type_identifier"

    def test_of_an_old_step_does_not_jump(self, in_steps: Talk) -> None:
        in_steps.press("no", "reset_password#has_backup")
        assert in_steps.state.at() == "reset_password#open_page"
        assert "C’est fait" in in_steps.labels
        assert "Étape 1 sur 4" in in_steps.text

    def test_of_an_old_step_when_nothing_is_open(self, talk: Talk) -> None:
        assert talk.press("yes", "reset_password#has_backup")
        assert talk.state.guide is None
        assert talk.labels

    def test_of_a_topic(self, talk: Talk) -> None:
        talk.press("guide:mailbox_full")
        assert talk.state.guide == "mailbox_full"

    def test_of_a_departement(self, talk: Talk) -> None:
        talk.hear("qui contacter", "support_contact")
        assert talk.state.pending == "department"
        talk.press("dept:42", "ask:department")
        assert talk.state.department == "42"
        assert talk.state.routed == "dsden42"

    def test_unknown_choice_is_no_crash(self, in_steps: Talk) -> None:
        assert in_steps.press("nothing_such")
        assert in_steps.state.at() == "reset_password#open_page"

    def test_a_step_that_vanished_resumes_at_the_start(self, in_steps: Talk) -> None:
        in_steps.state = in_steps.state.but(step="vanished")
        in_steps.hear("c'est fait", None, "act_done")
        assert in_steps.state.guide == "reset_password"
        assert in_steps.state.step in in_steps.knowledge.guides["reset_password"].nodes

    def test_every_topic_button_works(self, knowledge: Knowledge) -> None:
        for name in knowledge.guides:
            talk = Talk(knowledge)
            assert talk.press(f"guide:{name}", "*"), name
            assert talk.labels or talk.state.guide is None


class TestSafety:
    """2. Masked secrets, danger, incidents; what is always understood."""

    @pytest.mark.parametrize(
        ("kind", "word"),
        [
            ("password", "mot de passe"),
            ("numen", "NUMEN"),
            ("code", "code"),
            ("phone", "coordonnées"),
            ("email", "coordonnées"),
            ("iban", "numéro"),
            ("nir", "numéro"),
        ],
    )
    def test_masked_is_said_then_answered(self, talk: Talk, kind: str, word: str) -> None:
        talk.hear("[MASQUÉ] ne marche pas", "login_failure", masked=(kind,))
        assert talk.cards[0].text.startswith("J’ai masqué")
        assert word in talk.cards[0].text
        assert talk.state.guide == "login_failure"
        assert len(talk.cards) == 2

    def test_masked_is_said_once(self, talk: Talk) -> None:
        talk.hear("[MASQUÉ]", "login_failure", masked=("password",))
        talk.hear("encore [MASQUÉ] et ma boîte est pleine", "mailbox_full", masked=("password",))
        assert "masqué" not in talk.text

    def test_the_gravest_secret_is_named(self, talk: Talk) -> None:
        talk.hear("x", "login_failure", masked=("email", "password"))
        assert "mot de passe" in talk.cards[0].text

    def test_notice_once_when_the_welcome_was_not_shown(self, talk: Talk) -> None:
        talk.welcomed = False
        assert "assistant automatique" in talk.hear("boîte pleine", "mailbox_full")
        assert "assistant automatique" not in talk.hear("oui", "affirm", "act_yes")

    def test_one_notice_only(self, talk: Talk) -> None:
        talk.welcomed = False
        talk.hear("[MASQUÉ] refusé", "login_failure", masked=("password",))
        assert len(talk.cards) == 2
        assert "masqué" in talk.cards[0].text

    def test_danger_comes_first(self, in_steps: Talk) -> None:
        text = in_steps.hear("…", "reset_password", "attr_distress act_yes")
        assert "3114" in text
        assert "Étape" not in text

    @pytest.mark.parametrize(
        ("text", "intent", "concepts"),
        [
            ("efface tout", None, "act_erase"),
            ("résumé", None, "act_summary"),
            ("laisse tomber", "cancel", "act_cancel"),
            ("un humain", "human_handoff", "act_human"),
            ("au revoir", "goodbye", ""),
        ],
    )
    def test_always_understood(
        self, in_steps: Talk, text: str, intent: str | None, concepts: str
    ) -> None:
        answer = in_steps.hear(text, intent, concepts)
        assert "Étape 1 sur 4" not in answer
        assert "pas su lire" not in answer

    def test_cancel_leaves_the_guide(self, in_steps: Talk) -> None:
        in_steps.hear("laisse tomber", "cancel", "act_cancel")
        assert in_steps.state.guide is None

    def test_a_person_is_the_way_to_a_desk(self, in_steps: Talk) -> None:
        in_steps.hear("je veux quelqu'un", "human_handoff", "act_human")
        assert in_steps.state.pending == "department"
        assert in_steps.state.problem == "reset_password"

    def test_erase_is_confirmed(self, in_steps: Talk) -> None:
        in_steps.hear("efface tout", None, "act_erase")
        assert not in_steps.erase
        assert in_steps.state.guide == "reset_password"
        in_steps.hear("oui", "affirm", "act_yes")
        assert in_steps.erase
        assert in_steps.state.guide is None

    def test_erase_declined(self, in_steps: Talk) -> None:
        in_steps.hear("efface tout", None, "act_erase")
        in_steps.press_label("Non")
        assert not in_steps.erase
        assert in_steps.state.guide == "reset_password"

    def test_summary_tells_what_is_known(self, routed: Talk) -> None:
        text = routed.hear("résumé", None, "act_summary")
        assert "Bron" in text
        assert "Rhône" in text


class TestIncident:
    """2. An incident in force that explains the problem is told before any triage."""

    @pytest.fixture
    def incident(self) -> Incident:
        return Incident(
            id="i1",
            service="webmail",
            intents=("login_failure",),
            start=NOW - timedelta(hours=1),
            end=NOW + timedelta(hours=1),
            text="Un incident est en cours sur le webmail.",
        )

    @pytest.fixture
    def during(self, knowledge: Knowledge, incident: Incident) -> Talk:
        return Talk(replace(knowledge, incidents=(incident,)))

    def test_told_before_triage(self, during: Talk) -> None:
        assert "incident est en cours" in during.hear("refusé", "login_failure")
        assert during.state.guide is None
        assert len(during.labels) == 2

    def test_told_once(self, during: Talk) -> None:
        during.hear("refusé", "login_failure")
        assert "incident" not in during.hear("c'est refusé chez moi", "login_failure")
        assert during.state.guide == "login_failure"

    def test_something_else(self, during: Talk) -> None:
        during.hear("refusé", "login_failure")
        during.press_label("Non, autre chose")
        assert during.state.guide == "login_failure"

    def test_not_for_another_problem(self, during: Talk) -> None:
        assert "incident" not in during.hear("numen perdu", "numen_info")

    @pytest.mark.parametrize("hours", [-2, 2])
    def test_only_while_it_lasts(self, during: Talk, hours: int) -> None:
        moment = NOW + timedelta(hours=hours)
        assert "incident" not in during.hear("refusé", "login_failure", now=moment)

    def test_without_an_end(self, knowledge: Knowledge, incident: Incident) -> None:
        talk = Talk(replace(knowledge, incidents=(replace(incident, end=None),)))
        assert "incident" in talk.hear("refusé", "login_failure", now=NOW + timedelta(days=2))


class TestPendingQuestion:
    """3. What was asked is read from the text, by pure readers."""

    def test_a_place(self, talk: Talk) -> None:
        talk.hear("qui contacter", "support_contact")
        talk.hear("Miribel", "inform")
        assert (talk.state.department, talk.state.place) == ("01", "Miribel")
        assert talk.state.routed == "dsden01"

    def test_asked_once(self, talk: Talk) -> None:
        talk.hear("qui contacter", "support_contact")
        talk.hear("Miribel", "inform")
        talk.hear("numen bloqué", "numen_blocked", "obj_numen st_blocked")
        assert talk.state.pending != "department"

    def test_unreadable_place_three_times(self, talk: Talk) -> None:
        asked = talk.hear("qui contacter", "support_contact")
        again = talk.hear("bof")
        assert again != asked
        assert talk.state.pending == "department"
        last = talk.hear("je sais pas trop")
        assert all(name in last for name in ("Ain", "Loire", "Rhône"))

    def test_unknown_place_is_not_invented(self, talk: Talk) -> None:
        talk.hear("qui contacter", "support_contact")
        talk.hear("Trifouillis-les-Oies")
        assert talk.state.department is None
        assert talk.state.pending == "department"

    def test_another_academy(self, talk: Talk) -> None:
        talk.hear("qui contacter", "support_contact")
        text = talk.hear("Grenoble", "inform")
        assert "académie de Grenoble" in text
        assert "DSDEN" not in text
        assert talk.state.department is None

    def test_another_problem_leaves_the_question(self, talk: Talk) -> None:
        talk.hear("qui contacter", "support_contact")
        talk.hear("en fait ma boîte est pleine", "mailbox_full", "obj_mailbox st_full")
        assert talk.state.guide == "mailbox_full"

    @pytest.mark.parametrize("text", ["Oui", "oui j'en ai une", "1", "le premier"])
    def test_yes_by_label_phrase_or_rank(self, talk: Talk, text: str) -> None:
        talk.hear("oublié", "reset_password", "st_forgot")
        talk.hear(text, None)
        assert talk.state.at() == "reset_password#open_page"

    @pytest.mark.parametrize(
        ("concept", "step"),
        [("act_yes", "open_page"), ("act_unknown", "try_it")],
    )
    def test_by_concept(self, talk: Talk, concept: str, step: str) -> None:
        talk.hear("oublié", "reset_password", "st_forgot")
        talk.hear("mmh", None, concept)
        assert talk.state.at() == f"reset_password#{step}"

    def test_no_leads_to_the_desk(self, talk: Talk) -> None:
        talk.hear("oublié", "reset_password", "st_forgot")
        talk.hear("non", "deny", "act_no")
        assert talk.state.problem == "missing_secondary_address"
        assert talk.state.pending == "department"

    def test_unreadable_answer_three_times(self, talk: Talk) -> None:
        answers = [talk.hear("oublié", "reset_password", "st_forgot")]
        answers += [talk.hear(noise) for noise in ("blurp", "gnaf", "trouc")]
        assert len(set(answers)) == 4
        assert "Joindre l’assistance" in talk.labels

    def test_clarify_by_rank(self, talk: Talk) -> None:
        options = ("verification_code_problem", "mailbox_full")
        talk.hear("mmh", None, decision=CLARIFY, options=options)
        talk.hear("le deuxième", None)
        assert talk.state.guide == "mailbox_full"


class TestCorrection:
    """4. « Non, la Loire »: taken at once, the routing is given again."""

    def test_after_the_desk(self, routed: Talk) -> None:
        text = routed.hear("non, la Loire", "inform", "act_no act_correction")
        assert routed.state.routed == "dsden42"
        assert "Rhône" not in text

    def test_forgets_what_the_other_desk_was_asked(self, talk: Talk) -> None:
        talk.state = State(department="69", support_contacted="dsden", problem="account_anomaly")
        talk.press("@support")
        assert talk.state.routed == "rectorat"
        talk.hear("non, l'Ain", "inform", "act_no act_correction")
        assert talk.state.routed == "dsden01"

    def test_the_same_place_changes_nothing(self, routed: Talk) -> None:
        routed.hear("Bron", "inform")
        assert routed.state.department == "69"

    def test_by_the_button(self, routed: Talk) -> None:
        routed.press_label("Ce n’est pas le Rhône")
        assert routed.state.department is None
        assert routed.state.pending == "department"


class TestInsideAGuide:
    """5. The acts of the dialogue, in words."""

    def test_done(self, in_steps: Talk) -> None:
        in_steps.hear("voilà", None, "act_done")
        assert in_steps.state.step == "type_identifier"

    def test_works_at_a_test(self, in_steps: Talk) -> None:
        in_steps.state = in_steps.state.but(step="new_password")
        in_steps.hear("ça marche", None, "act_works")
        assert in_steps.state.guide is None
        assert in_steps.cards[-1].level == "success"

    def test_still_blocked(self, in_steps: Talk) -> None:
        in_steps.state = in_steps.state.but(step="new_password")
        in_steps.hear("toujours pas", None, "act_still")
        assert in_steps.state.pending == "department"
        assert "mot de passe réinitialisé" in in_steps.state.tried

    def test_where_is_it_helps_then_goes_on(self, in_steps: Talk) -> None:
        help_text = in_steps.hear("c'est où", None, "act_where")
        assert in_steps.state.step == "open_page"
        assert "Étape 1 sur 4" not in help_text
        in_steps.press("stuck")
        assert in_steps.state.step == "link_dead"

    def test_repeat(self, in_steps: Talk) -> None:
        in_steps.hear("répétez", None, "act_repeat")
        assert in_steps.state.step == "open_page"
        assert "C’est fait" in in_steps.labels

    def test_back(self, in_steps: Talk) -> None:
        in_steps.press("done")
        assert "Étape 1 sur 4" in in_steps.hear("retour", None, "act_back")
        assert in_steps.state.step == "open_page"

    def test_wait(self, in_steps: Talk) -> None:
        in_steps.hear("deux minutes", None, "act_wait")
        assert in_steps.state.step == "open_page"
        assert "C’est fait" in in_steps.labels

    @pytest.mark.parametrize("pressed", [True, False])
    def test_show_all(self, in_steps: Talk, pressed: bool) -> None:
        in_steps.press("all") if pressed else in_steps.hear("tout", None, "act_show_all")
        guide = in_steps.knowledge.guides["reset_password"]
        assert len(in_steps.cards[-1].steps) == len(guide.counted)
        assert in_steps.state.step == "open_page"
        assert "Tout voir" not in in_steps.labels

    def test_thanks_is_no_answer(self, in_steps: Talk) -> None:
        in_steps.hear("merci", "thank")
        assert in_steps.state.step == "open_page"
        assert "C’est fait" in in_steps.labels


class TestFollowUp:
    """6. The guide's own questions, then back."""

    def test_while_a_step_is_open(self, in_steps: Talk) -> None:
        text = in_steps.hear("ça prend combien de temps", "processing_time")
        assert in_steps.state.step == "open_page"
        assert "Étape" not in text
        assert "C’est fait" in in_steps.labels

    def test_while_the_place_is_asked(self, talk: Talk) -> None:
        talk.hear("qui contacter", "support_contact")
        text = talk.hear("c'est quoi la dsden", "support_contact")
        assert "inspection académique" in text
        assert talk.state.pending == "department"
        assert "Loire" in talk.labels

    def test_after_the_desk(self, routed: Talk) -> None:
        assert "affectation" in routed.hear("pourquoi", None, "act_why")

    def test_request_sent(self, routed: Talk) -> None:
        routed.hear("c'est envoyé", None, "act_sent")
        assert "numéro de la demande" in routed.text


class TestNewProblem:
    """7. The same problem goes on; another one is answered, then one comes back."""

    def test_the_same_one(self, in_steps: Talk) -> None:
        text = in_steps.hear("mais puisque je vous dis que j'ai oublié mon mot de passe",
                             "reset_password", "st_forgot")  # fmt: skip
        assert in_steps.state.step == "open_page"
        assert "Étape 1 sur 4" in text

    def test_depth_is_two(self, in_steps: Talk) -> None:
        for intent in ("mailbox_full", "imap_failure", "verification_code_problem"):
            in_steps.hear("et aussi un tout autre souci que voici", intent)
        assert len(in_steps.state.frames) <= 2

    def test_back_to_the_interrupted_step(self, in_steps: Talk) -> None:
        in_steps.hear("et un autre souci, ma boîte est pleine je crois", "mailbox_full", "st_full")
        assert in_steps.state.frames == ("reset_password#open_page",)
        in_steps.press_label("Oui, plein")
        guide = in_steps.knowledge.guides["mailbox_full"]
        last = guide.nodes[guide.counted[-1]]
        in_steps.state = in_steps.state.but(step=last.id)
        assert last.edge("yes")
        in_steps.press("yes")
        in_steps.press_label("C’est tout, merci")
        assert in_steps.state.at() == "reset_password#open_page"
        assert "Étape 1 sur 4" in in_steps.text

    @pytest.mark.parametrize(
        ("grave", "word"), [("compromised_account", "st_hacked"), ("numen_sharing", "obj_numen")]
    )
    def test_a_grave_one_takes_over(self, in_steps: Talk, grave: str, word: str) -> None:
        in_steps.hear("oui et puis quelque chose de grave", "login_failure", f"act_yes {word}",
                      also=(grave,))  # fmt: skip
        assert any(key.startswith(f"{grave}#") for key in in_steps.state.told)
        assert in_steps.state.step != "type_identifier"

    def test_a_topic_is_not_opened_midway_without_a_word_of_it(self, in_steps: Talk) -> None:
        in_steps.hear("du coup il est grillé celui-là", "numen_blocked")
        assert in_steps.state.guide == "reset_password"

    def test_coming_back_in_words(self, in_steps: Talk) -> None:
        in_steps.hear("et ma boîte est pleine aussi je crois", "mailbox_full", "st_full")
        in_steps.hear("bon, revenons au mot de passe", "reset_password", "obj_password")
        assert in_steps.state.at() == "reset_password#open_page"

    def test_what_waits_is_asked_after_without_its_name(self, in_steps: Talk) -> None:
        in_steps.state = in_steps.state.but(queued="mailbox_full")
        in_steps.hear("ok. et la place, du coup ?")
        assert in_steps.state.guide == "mailbox_full"

    def test_buttons_of_an_answer_are_alive_after_an_interruption(self, in_steps: Talk) -> None:
        in_steps.hear("et une collègue réclame mon numen au fait", "numen_sharing")
        shown = {b.title: choice_of(b.payload) for card in in_steps.cards for b in card.buttons}
        dead = [
            title
            for title, choice in shown.items()
            if "#" in choice.step and choice.step != in_steps.state.at()
        ]
        assert not dead

    def test_the_place_in_the_message_is_kept(self, talk: Talk) -> None:
        talk.hear("je suis à Roanne et ma boîte est pleine", "mailbox_full")
        assert talk.state.department == "42"
        talk.press("@support", "*")
        assert talk.state.routed == "dsden42"


class TestSecondProblem:
    """8. A second problem in the message is queued, and offered after."""

    def test_queued_then_offered(self, talk: Talk) -> None:
        talk.hear("numen bloqué à Bron, et boîte pleine", "numen_blocked", "obj_numen st_blocked",
                  also=("mailbox_full",))  # fmt: skip
        titles = talk.knowledge.guides["mailbox_full"].title.lower()
        if talk.state.queued:
            assert talk.state.queued == "mailbox_full"
            talk.press("@end", "*")
        assert titles in talk.text.lower()
        assert talk.state.pending == "queued"
        talk.hear("oui", "affirm", "act_yes")
        assert talk.state.guide == "mailbox_full"

    def test_declined(self, talk: Talk) -> None:
        talk.state = State(queued="mailbox_full")
        talk.press("@end", "*")
        talk.hear("non", "deny", "act_no")
        assert talk.state.guide is None
        assert talk.state.queued is None

    def test_confusable_problems_are_one(self, talk: Talk) -> None:
        talk.hear("refusé", "login_failure", also=("account_anomaly",))
        assert talk.state.queued is None


class TestUnclear:
    """9. Clarify, fallback, out of scope."""

    def test_clarify(self, talk: Talk) -> None:
        options = ("verification_code_problem", "register_secondary_address")
        talk.hear("mon adresse code", None, decision=CLARIFY, options=options)
        guides = talk.knowledge.guides
        assert talk.labels[:2] == [guides[name].label for name in options]
        assert talk.labels[-1] == "Autre chose"

    def test_fallback_then_the_list(self, talk: Talk) -> None:
        first = talk.hear("zblorg")
        second = talk.hear("fnurt")
        assert first != second
        assert talk.labels == ["Liste des sujets", "Joindre l’assistance"]

    def test_misses_in_a_row_only(self, talk: Talk) -> None:
        talk.hear("zblorg")
        talk.hear("boîte pleine", "mailbox_full")
        assert talk.state.misses == 0

    def test_out_of_scope_by_name(self, talk: Talk) -> None:
        assert "Pronote" in talk.hear("pronote ne marche pas", "out_of_scope")

    def test_out_of_scope_otherwise(self, talk: Talk) -> None:
        talk.hear("quel temps fera-t-il", "out_of_scope")
        assert talk.state.guide is None
        assert talk.labels

    def test_a_bare_place(self, talk: Talk) -> None:
        talk.hear("Roanne", "inform")
        assert talk.state.department == "42"
        assert "Loire" in talk.text


class TestRouting:
    """The DSDEN first, always; the rectorat only as second resort."""

    @pytest.mark.parametrize("code", ["01", "42", "69"])
    def test_first_resort(self, knowledge: Knowledge, code: str) -> None:
        talk = Talk(knowledge, State(department=code, problem="account_anomaly"))
        text = talk.press("@support", "*")
        assert talk.state.routed == f"dsden{code}"
        assert text.index("DSDEN") < text.index("rectorat")

    def test_second_resort_once_asked(self, knowledge: Knowledge) -> None:
        state = State(department="42", problem="account_anomaly", support_contacted="dsden")
        talk = Talk(knowledge, state)
        assert "second recours" in talk.press("@support", "*")
        assert talk.state.routed == "rectorat"

    def test_the_request_is_filled_in(self, routed: Talk) -> None:
        routed.press_label("Préparer ma demande")
        facts = {fact.label: fact for fact in routed.cards[-1].facts}
        assert all(fact.copy for fact in facts.values())
        assert "Bron" in facts["Message"].value
        assert "Le NUMEN n’est pas joint" in facts["Message"].value

    def test_nobody_is_sent_to_a_closed_school(self, knowledge: Knowledge) -> None:
        holidays = (Period("Noël", NOW.date(), NOW.date() + timedelta(days=14)),)
        state = State(department="42", problem="login_failure")
        talk = Talk(replace(knowledge, school_holidays=holidays), state)
        talk.press("@cannot_write", "*")
        assert "secrétariat" not in talk.text
        assert "adresse personnelle" in talk.text
        assert "secrétariat" in Talk(knowledge, state).press("@cannot_write", "*")

    def test_second_resort_is_not_named_twice(self, knowledge: Knowledge) -> None:
        talk = Talk(knowledge, State(department="69", support_contacted="dsden",
                                     problem="account_anomaly"))  # fmt: skip
        talk.press("@support", "*")
        talk.press_label("Préparer ma demande")
        assert talk.text.count("second recours") == 1

    def test_no_fact_that_is_not_sure(self, knowledge: Knowledge) -> None:
        hidden = {
            known.value for known in knowledge.facts.values() if known.value and known.shown is None
        }
        for name, guide in knowledge.guides.items():
            for node in guide.nodes:
                talk = Talk(knowledge, State(department="01"))
                text = talk.press(f"guide:{name}#{node}", "*")
                assert not [value for value in hidden if value in text], f"{name}#{node}"

    def test_gloss_once(self, routed: Talk) -> None:
        gloss = "(la direction académique)"
        told = routed.text.count(gloss)
        told += routed.press_label("Pourquoi ce service\u202f?").count(gloss)
        told += routed.press("@support", "*").count(gloss)
        assert told == 1


class TestState:
    """What a conversation remembers."""

    def test_never_changed_in_place(self, talk: Talk) -> None:
        before = talk.state
        talk.hear("boîte pleine", "mailbox_full")
        assert before == State()
        with pytest.raises(FrozenInstanceError):
            before.guide = "x"  # type: ignore[misc]

    def test_goes_through_the_slots(self, in_steps: Talk) -> None:
        assert State.from_slots(in_steps.state.to_slots()) == in_steps.state

    def test_another_version_keeps_the_departement(self) -> None:
        slots = State(department="42", place="Roanne", guide="reset_password").to_slots()
        slots["dialogue"]["version"] = 0
        assert State.from_slots(slots) == State(department="42", place="Roanne")

    def test_an_error_message_is_recognised(self, knowledge: Knowledge) -> None:
        for error in knowledge.errors:
            talk = Talk(knowledge)
            wanted = [item.split("|")[0] for item in error.when if not item.startswith("!")]
            text = talk.hear(f"il affiche {error.like[0]}", None, " ".join(wanted))
            assert talk.state.error_code == typeset(error.id)
            assert "'" not in text
            summary = talk.hear("résumé", None, "act_summary")
            assert "'" not in summary

    def test_the_same_turn_gives_the_same_answer(self, knowledge: Knowledge) -> None:
        first, second = Talk(knowledge), Talk(knowledge)
        assert first.hear("boîte pleine", "mailbox_full") == second.hear(
            "boîte pleine", "mailbox_full"
        )

    def test_never_the_same_answer_twice_running(self, knowledge: Knowledge) -> None:
        for intent, text in _small(knowledge):
            talk, previous = Talk(knowledge), ""
            for _ in range(4):
                answer = talk.hear(text, intent)
                assert answer != previous, intent
                previous = answer

    def test_resumed_offers_where_we_were(self, in_steps: Talk) -> None:
        in_steps.state = dialogue.resumed(in_steps.state)
        text = in_steps.hear("bonjour", "greet")
        assert "étape 1 sur 4" in text.lower()
        in_steps.press_label("Reprendre")
        assert in_steps.state.at() == "reset_password#open_page"

    def test_resumed_keeps_the_departement_only(self, routed: Talk) -> None:
        state = dialogue.resumed(routed.state)
        assert state.department == "69"
        assert state.pending is None


def _small(knowledge: Knowledge) -> Iterator[tuple[str | None, str]]:
    yield from (("greet", "bonjour"), ("thank", "merci"), ("out_of_scope", "il pleut"))
    yield from ((None, "zblorg"), ("goodbye", "au revoir"), ("ask_capabilities", "tu fais quoi"))
    yield from ((intent, "voici mon souci") for intent in knowledge.guide_of_intent)


def test_the_welcome_and_the_apology(knowledge: Knowledge) -> None:
    card = dialogue.welcome(knowledge)
    assert "assistant automatique" in card.text
    assert "NUMEN" in card.text
    assert "mot de passe" in card.text
    assert "effacer" in card.text
    assert "30 jours" in card.text or "trente jours" in card.text.lower()
    assert len(card.buttons) == 5
    assert dialogue.apology(knowledge).buttons
