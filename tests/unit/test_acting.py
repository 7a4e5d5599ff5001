"""Acts learned from replies: what they add, what they answer, and when they are not trusted."""

from __future__ import annotations

import pytest

from aiguilleur.dialogue import acting, learning
from aiguilleur.dialogue.state import State
from aiguilleur.knowledge.model import Edge, Node
from aiguilleur.understanding import Understanding


def heard(*, concepts: tuple[str, ...] = (), **acts: float) -> Understanding:
    return Understanding(text="…", concepts=frozenset(concepts), acts=acts)


def step(*keys: str) -> Node:
    return Node(id="n", kind="ask", text=("?",), edges=tuple(Edge(key, key, "n") for key in keys))


INSIDE = State(guide="reset_password", step="has_backup", topic="reset_password")


def test_a_sure_act_is_added_in_the_middle_of_a_conversation() -> None:
    assert "act_where" in learning.supplemented(heard(act_where=0.9), INSIDE).concepts


@pytest.mark.parametrize(
    ("message", "state"),
    [
        (heard(act_where=0.9), State()),
        (heard(act_where=0.5), INSIDE),
        (heard(act_yes=0.99), INSIDE),
        (heard(question=0.99), INSIDE),
        (heard(concepts=("act_wait",), act_where=0.9), INSIDE),
    ],
    ids=["first message", "unsure", "an answer to a step", "no act", "the words tell another"],
)
def test_no_act_is_added_otherwise(message: Understanding, state: State) -> None:
    assert learning.supplemented(message, state).concepts == message.concepts


@pytest.mark.parametrize(
    ("acts", "keys", "answer"),
    [
        ({"act_no": 0.4, "act_still": 0.3}, ("yes", "no", "unknown"), "no"),
        ({"act_works": 0.4, "act_done": 0.3}, ("yes", "no"), "yes"),
        ({"act_yes": 0.6}, ("works", "still"), "works"),
        ({"act_cannot": 0.7}, ("done", "stuck"), "stuck"),
        ({"act_unknown": 0.8}, ("yes", "no"), None),
        ({"act_no": 0.3, "question": 0.7}, ("yes", "no"), None),
        ({}, ("yes", "no"), None),
    ],
)
def test_acts_answer_a_step(
    acts: dict[str, float], keys: tuple[str, ...], answer: str | None
) -> None:
    found = acting.answer(step(*keys), heard(**acts))
    assert (found.key if found else None) == answer


def test_a_message_of_unknown_acts_may_open_a_subject() -> None:
    assert acting.opens_subject(heard())
    assert acting.opens_subject(heard(problem=0.6, act_no=0.4))
    assert not acting.opens_subject(heard(act_no=0.9, problem=0.1))
