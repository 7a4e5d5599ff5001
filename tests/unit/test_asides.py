"""When the words of a known question are accepted in another order, and when they are not."""

from __future__ import annotations

import pytest

from aiguilleur.dialogue import readers

RARITY: dict[str, float] = {}
"""Every word as telling as any other."""


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("les messages refusés, ils vont arriver quand ?", "messages refusés vont arriver"),
        ("dans ma demande il faut que je précise quoi", "préciser dans la demande"),
        ("le mot de passe, je prends le même ?", "même mot de passe"),
    ],
)
def test_the_words_may_come_in_another_order(text: str, phrase: str) -> None:
    assert readers.resemblance(readers.stems(text), phrase, RARITY) > 0


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("j'ai oublié mon mot de passe", "même mot de passe"),
        ("je voudrais préciser une chose", "préciser dans la demande"),
        (
            "la demande part quand ? au fait mes collègues voudraient aussi préciser",
            "préciser la demande",
        ),
        ("rectorat", "le rectorat"),
    ],
)
def test_a_missing_distant_or_single_word_is_no_likeness(text: str, phrase: str) -> None:
    assert readers.resemblance(readers.stems(text), phrase, RARITY) == 0


def test_most_of_a_phrase_will_do_when_what_is_missing_is_common() -> None:
    phrase = "supprimer les messages du téléphone"
    words = readers.stems("je supprime sur le téléphone")
    assert not readers.resemblance(words, phrase, RARITY)
    assert readers.resemblance(words, phrase, {"suppr": 5.0, "telep": 5.0, "messa": 1.0})


def test_a_word_found_in_fewer_phrases_tells_more() -> None:
    rarity = readers.rarities(["boîte pleine", "boîte vide", "boîte bloquée"])
    assert rarity["plein"] > rarity["boite"] >= 1.0


def test_the_longest_phrase_is_measured() -> None:
    assert readers.longest("la boite est pleine", ["boite", "boite est pleine"]) == 16
    assert readers.longest("rien", ["boite"]) == 0
