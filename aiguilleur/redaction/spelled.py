"""Numbers written in words: « zéro six trente-neuf… », a code or a NUMEN read out.

Knows the words of French numbers and what announces a telephone, a code or a NUMEN.
"""

from __future__ import annotations

import re

from aiguilleur.redaction.text import Span, View

_NUMBER = (
    r"(?:zero|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|"
    r"trente|quarante|cinquante|soixante|septante|octante|huitante|nonante|cents?|mille)"
)
_HINT = re.compile(rf"(?<![a-z]){_NUMBER}[ ,.\-]{{1,3}}(?:et )?{_NUMBER}(?![a-z])")
_RUN = re.compile(
    rf"(?<![a-z0-9]){_NUMBER}(?:[ ,.\-]{{1,3}}(?:et )?(?:{_NUMBER}|[0-9]{{1,4}}|[a-z])(?![a-z0-9'])){{3,40}}"
)
_ONE = re.compile(rf"(?<![a-z]){_NUMBER}(?![a-z])")
_KINDS = re.compile(
    r"(?<![a-z])(?:(?P<numen>nume[nm])|(?P<phone>tel|telephone|portable|mobile|fixe|num|numero|joindre|joignable|"
    r"r?appel[a-z]{0,3})|(?P<code>codes?|otp|sms|pin)|(?P<password>mot de passe|mdp|password))(?![a-z])"
)
_MOBILE = re.compile(r"zero[ ,.\-]{1,3}(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf)(?![a-z])")
_REACH, _LEAST = 60, 4


def find_spelled(view: View) -> list[Span]:
    """Four words of numbers or more in a row, after a word that announces such a number."""
    low = view.low
    if not _HINT.search(low):
        return []
    spans, announcers = list[Span](), list(_KINDS.finditer(low))
    index, last = 0, None
    for match in _RUN.finditer(low):
        while index < len(announcers) and announcers[index].start() < match.start():
            last, index = announcers[index], index + 1
        if len(_ONE.findall(match.group())) < _LEAST:
            continue
        if _MOBILE.match(match.group()):
            spans.append(Span("phone", *match.span()))
        elif last and match.start() - last.end() <= _REACH:
            spans.append(Span(str(last.lastgroup), *match.span()))
    return spans
