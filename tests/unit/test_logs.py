"""Nothing that a person wrote can reach a log, whoever logs it."""

from __future__ import annotations

import logging
import sys

from aiguilleur.engine.logs import FORMAT, WithoutText

WORDS = "phrase-témoin"


def line(name: str, message: str, *args: object, failed: bool = False) -> str:
    error = None
    if failed:
        try:
            raise ValueError(WORDS)
        except ValueError:
            error = sys.exc_info()
    record = logging.LogRecord(name, logging.ERROR, "/x/processor.py", 12, message, args, error)
    return WithoutText(FORMAT).format(record)


def test_a_record_of_rasa_says_only_where_it_comes_from() -> None:
    shown = line("rasa.core.processor", f"Could not handle {WORDS}", failed=True)
    assert WORDS not in shown
    assert "processor.py:12" in shown
    assert "ValueError" in shown
    assert "\n" not in shown


def test_a_record_of_ours_is_shown_without_the_text_of_an_exception() -> None:
    shown = line("aiguilleur.server", "Tour abandonné : %s.", "ValueError", failed=True)
    assert "Tour abandonné : ValueError." in shown
    assert WORDS not in shown


def test_a_name_that_only_looks_like_ours_is_not() -> None:
    assert WORDS not in line("aiguilleurs", WORDS)
