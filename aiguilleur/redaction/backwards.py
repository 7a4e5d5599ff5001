"""Passwords told before they are named: « X c’est mon mot de passe », « X comme mot de passe »."""

from __future__ import annotations

import re
from bisect import bisect_right

from aiguilleur.redaction.announced import is_adverbial
from aiguilleur.redaction.reading import COPULA, TOKEN, Reading, Value, is_loose_word, value_at
from aiguilleur.redaction.strength import MIXED, impossible
from aiguilleur.redaction.text import HOLE, View
from aiguilleur.redaction.words import ATTEMPT, COMMON, PARTICIPLE, word_set

_DETERMINERS = word_set(
    "mon le ton son notre votre leur un ma la ce cet l' ancien nouveau actuel vrai bon mauvais vieux mes les au du"
)
_ADVERBS = word_set("pas bien toujours plutot donc plus")
_BACK_LINK = word_set("c'est cest est etait serait ferait comme sera voila ces devient = : c")
_SPELLING = word_set(
    "tout toute toutes en lettres minuscule minuscules majuscule majuscules attache colle"
)
_OPENERS = word_set(
    "que si et mais car ou sinon puis donc alors non oui voici avec et/ou bonjour est-ce-que qu"
)


def read_backwards(reading: Reading, announcers: list[re.Match[str]]) -> None:
    """« X c’est mon mot de passe », « X comme mot de passe », « X en mot de passe »."""
    view = reading.view
    tokens = [match.span() for match in TOKEN.finditer(view.low)]
    starts = [start for start, _ in tokens]
    for match in announcers:
        index = bisect_right(starts, match.start()) - 1
        if match.lastgroup == "weak" or index < 0:
            continue
        if view.low[starts[index] : match.start()].strip("(\"'") not in ("", "l", "d"):
            continue
        index -= 1
        steps = 0
        while index >= 0 and steps < 3 and _token(view, tokens[index]) in _DETERMINERS:
            index, steps = index - 1, steps + 1
        while index >= 2 and steps and _token(view, tokens[index]) in _SPELLING:
            index -= 1
        link = _token(view, tokens[index]) if index >= 0 else ""
        opener = index - 1
        while opener > 0 and _token(view, tokens[opener]) in _ADVERBS:
            opener -= 1
        if index and steps and link not in _BACK_LINK and _token(view, tokens[opener]) in COPULA:
            value = value_at(view, *tokens[index])
            if not is_adverbial(value) and _accepts_backwards(view, value, ""):
                reading.add(value.start, value.end)
            continue
        if index < 1 or not (link in _BACK_LINK or (link == "en" and steps == 0)):
            continue
        value = value_at(view, *tokens[index - 1])
        between = view.low[value.end : match.start()]
        if "." in between or "?" in between or "\n" in between or HOLE in between:
            continue
        before = _token(view, tokens[index - 2]) if index > 1 else ""
        if _accepts_backwards(view, value, before) or (link == "comme" and is_loose_word(value)):
            reading.add(value.start, value.end)
            _read_words_before(reading, tokens, index - 2)


def _read_words_before(reading: Reading, tokens: list[tuple[int, int]], index: int) -> None:
    """« X Y c’est mon mot de passe »: the words before the last one of a phrase."""
    for start, end in reversed(tokens[max(0, index - 2) : index + 1]):
        value = value_at(reading.view, start, end)
        if value.end != end or not (is_loose_word(value) and value.raw.islower()):
            return
        reading.add(value.start, value.end)


def _accepts_backwards(view: View, value: Value, before: str) -> bool:
    if value.low.isdigit():
        return len(value.low) >= 4
    if value.known or value.product or impossible(value.low) or len(value.low) < 3:
        return False
    if value.level >= MIXED or value.word in COMMON:
        return True
    quoted = view.low[value.start - 1 : value.start] == '"'
    if PARTICIPLE.fullmatch(value.raw) or "'" in value.low:
        return quoted
    return quoted or not before or before in _OPENERS or bool(ATTEMPT.fullmatch(before))


def _token(view: View, span: tuple[int, int]) -> str:
    return view.low[span[0] : span[1]].strip('",()')
