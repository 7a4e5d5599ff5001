"""A desk asked before, the second resort wanted, an alarm, a bare « ok »: decided on hand-made messages."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from aiguilleur.dialogue import State, acting, speaker, turn
from aiguilleur.dialogue.core import Turn
from aiguilleur.knowledge import Knowledge, load, root
from aiguilleur.knowledge.model import COMMON_KEYS
from aiguilleur.understanding import ANSWER, FALLBACK, Understanding

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))
ASKED = frozenset({"attr_contacted_dsden", "attr_waiting"})


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load(root())


def heard(text: str, concepts: frozenset[str], intent: str | None = None) -> Understanding:
    return Understanding(
        text=text,
        decision=ANSWER if intent else FALLBACK,
        intent=intent,
        confidence=0.99,
        problems=(intent,) if intent else (),
        concepts=concepts,
    )


def at_the_desk(problem: str) -> State:
    return State(department="69", place="Bron", topic=problem, problem=problem, routed="dsden69")


def said(knowledge: Knowledge, state: State, message: Understanding) -> Turn:
    return turn(state, message, knowledge, NOW, welcomed=True)


def test_a_desk_asked_for_weeks_gives_way_to_the_second_resort(knowledge: Knowledge) -> None:
    message = heard("la dsden est saisie depuis trois semaines", ASKED)
    after = said(knowledge, at_the_desk("account_anomaly"), message)
    assert after.state.routed == "rectorat"


def test_two_days_are_not_weeks(knowledge: Knowledge) -> None:
    message = heard("la dsden est saisie depuis deux jours", ASKED)
    after = said(knowledge, at_the_desk("account_anomaly"), message)
    assert after.state.routed == "dsden69"
    assert after.state.topic == "request_status"


def test_a_problem_of_the_first_desk_alone_is_followed_up(knowledge: Knowledge) -> None:
    message = heard("la dsden est saisie depuis trois semaines", ASKED)
    after = said(knowledge, at_the_desk("missing_secondary_address"), message)
    assert after.state.topic == "request_status"
    assert after.state.support_contacted


def test_the_second_resort_wanted_before_the_first_was_asked_is_not_given(
    knowledge: Knowledge,
) -> None:
    message = heard("je veux le rectorat", frozenset({"obj_rectorat", "v_want"}))
    after = said(knowledge, at_the_desk("account_anomaly"), message)
    assert after.state.support_contacted is None


def test_a_code_nobody_asked_for_opens_its_warning_whatever_is_open(knowledge: Knowledge) -> None:
    inside = State(guide="imap_settings", step="settings", topic="imap_settings")
    message = heard("je reçois un code sans rien demander", frozenset({"obj_code"}))
    after = said(knowledge, inside, message)
    assert after.state.at() == "verification_code_problem#unasked"


def test_an_ok_after_a_question_is_no_answer(knowledge: Knowledge) -> None:
    inside = State(guide="mailbox_full", step="gauge", topic="mailbox_full", stayed=True)
    after = said(knowledge, inside, heard("ok d'accord", frozenset({"act_yes"})))
    assert after.state.at() == "mailbox_full#gauge"
    assert not after.state.stayed


def test_the_keys_read_from_acts_are_the_common_ones() -> None:
    assert acting.ANSWERS.keys() <= COMMON_KEYS


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("un collegue m'a dit que c'est en panne", True),
        ("je suis stagiaire et je ne recois rien", True),
        ("mon mari a regle mon thunderbird", True),
        ("ma collegue a oublie son mot de passe", False),
        ("la secretaire ne peut plus ouvrir sa boite", False),
    ],
)
def test_who_is_only_quoted_is_not_concerned(text: str, own: bool) -> None:
    assert speaker.speaks_of_own(text) is own
