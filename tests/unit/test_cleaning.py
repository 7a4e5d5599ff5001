"""What a typed text loses before anybody reads it."""

from __future__ import annotations

import pytest

from aiguilleur.engine.cleaning import MAX_CHARACTERS, clean, without_slash
from aiguilleur.errors import MessageRefused


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  bonjour \r\n\tà tous\n", "bonjour \n à tous"),
        ("bon\x00jo\x07ur\x1b\x7f\x85", "bonjour"),
        ("\u202ebonjour\u2066\u200f\ufeff", "bonjour"),
        ("\ud83dbonjour\udc00", "bonjour"),
        ("👩\u200d🏫 é\u0301 \u00a0!", "👩\u200d🏫 é\u0301 \u00a0!"),
        ("مرحبا", "مرحبا"),
    ],
)
def test_controls_go_and_the_rest_stays(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize("text", ["", " \n", "\x00", "\u200b\u202e"])
def test_nothing_left_is_empty(text: str) -> None:
    with pytest.raises(MessageRefused) as refused:
        clean(text)
    assert refused.value.code == "empty"


def test_the_limit_is_counted_as_it_was_sent() -> None:
    assert clean("a" * MAX_CHARACTERS)
    with pytest.raises(MessageRefused) as refused:
        clean("a" * MAX_CHARACTERS + "\x00")
    assert refused.value.code == "too_long"


@pytest.mark.parametrize(
    ("text", "read"),
    [("/restart", "restart"), (" \u2003// /greet", "greet"), ("///", ""), ("oui/non", "oui/non")],
)
def test_a_typed_slash_never_names_an_intent(text: str, read: str) -> None:
    assert without_slash(text) == read
