"""What a measure counts, messages made harder, and the pictures drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from aiguilleur.evaluate import Measures, Outcome, Row, measure_acts, noise, pictures, report_acts


def outcome(text: str, expected: str, first: str, confidence: float) -> Outcome:
    return Outcome(Row(text, expected), "answer", first, (), first, confidence)


SOME = Measures(
    (
        outcome("a", "mailbox_full", "mailbox_full", 0.9),
        outcome("b", "numen_info", "numen_sharing", 0.4),
        outcome("c", "numen_info", "numen_info", 0.8),
    ),
    1.0,
)


def test_the_surest_are_answered_first_in_the_coverage() -> None:
    assert SOME.coverage() == [(1 / 3, 0.0), (2 / 3, 0.0), (1.0, 1 / 3)]


@pytest.mark.parametrize(
    ("name", "text", "harder"),
    [
        ("sans accents", "Réinitialisé où ça ?", "Reinitialise ou ca ?"),
        ("ni accents ni apostrophes", "j’ai l'idée", "jai lidee"),
        ("SMS", "Je ne sais pas pourquoi mon mot de passe.", "jsp pk mon mdp"),
        ("capitales", "ça bloque", "CA BLOQUE"),
        ("tels quels", "ça bloque", "ça bloque"),
    ],
)
def test_messages_are_made_harder(name: str, text: str, harder: str) -> None:
    assert noise.NOISES[name](text) == harder


def test_slips_are_the_same_for_the_same_text_and_spare_short_words() -> None:
    text = "impossible de rouvrir la messagerie académique depuis vendredi"
    assert noise.misspelt(text) == noise.misspelt(text) != text
    assert noise.misspelt("non ça ne va pas") == "non ça ne va pas"


def test_acts_are_counted_right_and_sure() -> None:
    acts = {"oui": {"act_yes": 0.9, "act_no": 0.1}, "bof": {"act_yes": 0.5}, "": {}}
    told = measure_acts(
        [("oui", "act_yes"), ("bof", "act_unknown"), ("", "detail")],
        lambda text: {"acts": acts[text]},
    )
    assert told == [("act_yes", "act_yes", 0.9), ("act_unknown", "act_yes", 0.5), ("detail", "", 0)]
    shown = report_acts(told)
    assert "acte juste 33.3%" in shown
    assert "justes à 100.0%" in shown


def test_both_pictures_are_drawn(tmp_path: Path) -> None:
    pictures.confusion(SOME, tmp_path / "a.png")
    pictures.coverage(SOME, tmp_path / "b.png")
    assert all((tmp_path / name).read_bytes().startswith(b"\x89PNG") for name in ("a.png", "b.png"))
