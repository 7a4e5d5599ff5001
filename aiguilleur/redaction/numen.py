"""The NUMEN, thirteen characters: two digits, a letter, seven digits, three letters.

Knows its spellings (spaced, lower case, O for 0, I for 1) and, next to the word, its misspellings.
"""

from __future__ import annotations

import re

from aiguilleur.redaction.text import Ruler, Span, View

_GAP = r"[ .\-_/:,]{0,3}"
_DIGIT = "[0-9oil]"
_SPELT = re.compile(
    rf"(?<![a-z0-9]){_DIGIT}{_GAP}{_DIGIT}{_GAP}[a-z0]{_GAP}"
    + rf"{_DIGIT}{_GAP}" * 7
    + rf"[a-z01]{_GAP}[a-z01]{_GAP}[a-z01](?![a-z0-9])"
)
_GLUED = re.compile(
    r"(?:(?<![a-z0-9])|(?<=nume[nm]))(?:[0-9]{2}[a-z][0-9]{6,8}[a-z]{3}|[0-9]{2}[a-z][0-9]{7}[a-z]{2,4}"
    r"|[0-9][a-z][0-9]{7}[a-z]{3}|[0-9]{3}[a-z][0-9]{7}[a-z]{3})(?![a-z0-9])"
)
_WORD = re.compile(
    r"\b(?:n[uoi]?[mn]{1,2}[eai][mn]{1,2}s?|nuemn|nmuen|numne|munen|nume|nuem|num en|numero education nationale|"
    r"identifiant education nationale)(?![a-z])"
)
"""The word, with one letter wrong, missing, doubled or out of place."""
_HAS_DIGITS = re.compile(r"[0-9].{0,8}?[0-9]")
_REACH = 80
_CROWD = 12
"""More times than a person writes the word: every run of digits is then taken for one."""
_RUN_OF_DIGITS = re.compile(
    r"(?<![a-z0-9])(?=[0-9oil](?:[ .\-_/]{0,2}[a-z0-9]){4})[0-9oil][a-z0-9]*(?:[ .\-_/]{1,2}[0-9oil][a-z0-9]*){0,13}"
)
_GROUP = re.compile(r"[a-z0-9]+")
_JOINT = frozenset(" .-_/")
_MAX_GROUPS = 14
_MISTYPED = re.compile(
    r"[0-9oil]{1,3}[a-z]{1,2}[0-9oil]{5,9}[a-z]{1,5}|[0-9]{2}[a-z][0-9]{2,9}|[0-9]{8,10}[a-z]{2,4}"
)
_J = r"[ .\-_/]{0,3}"
_MAY_BE = re.compile(
    rf"[0-9oil](?:{_J}[0-9oil]){{0,2}}(?:{_J}[a-z]){{1,2}}(?:{_J}[0-9oil]){{5,9}}{_J}[a-z]"
    rf"|[0-9]{_J}[0-9]{_J}[a-z](?:{_J}[0-9]){{2}}|[0-9](?:{_J}[0-9]){{7,9}}(?:{_J}[a-z]){{2}}"
)
"""Where a run of groups can be one: to leave at once the places where none can."""
_BEGINNING = re.compile(r"[0-9oil]{1,3}[a-z]{0,2}[0-9oil]*[a-z]{0,5}")
_HEADLESS = re.compile(r"[a-z][0-9]{7}[a-z]{3}")
_SCHOOL = re.compile(r"[0-9]{3} ?[0-9]{4} ?[a-z](?![a-z0-9])")
_DAY = re.compile(r"[0-3]?[0-9][/.\-][01]?[0-9][/.\-](?:[0-9]{4}|[0-9]{2})(?![0-9a-z])")
_HOUR = re.compile(r"[0-9]{1,2}h(?:[0-9]{2})?")


def find_numen(view: View) -> list[Span]:
    """A NUMEN in any spelling; next to the word, one that is mistyped or cut short too."""
    low = view.low
    if not _HAS_DIGITS.search(low):
        return []
    spans = [
        Span("numen", *match.span())
        for match in _SPELT.finditer(low)
        if sum(map(str.isdigit, match.group())) >= 7 and sum(map(str.isalpha, match.group())) >= 2
    ]
    spans += (Span("numen", *match.span()) for match in _GLUED.finditer(low))
    words = [match.start() for match in _WORD.finditer(low)]
    if len(words) > _CROWD:
        spans += (Span("numen", *match.span()) for match in _RUN_OF_DIGITS.finditer(low))
    elif words:
        spans += _mistyped(view, words)
    return spans


def _mistyped(view: View, words: list[int]) -> list[Span]:
    low = view.low
    groups = [match.span() for match in _GROUP.finditer(low)]
    candidates, index = list[tuple[int, int]](), 0
    while index < len(groups):
        start, end = groups[index]
        if low[start:end].isalpha():
            index += 1
            continue
        taken = 0
        if (
            _may_begin(low[start:end])
            and (_MAY_BE.match(low, start) or end - start >= 10)
            and not _SCHOOL.match(low, start)
            and not _DAY.match(low, start)
        ):
            taken = _run(view, groups, index)
        if taken:
            candidates.append((start, groups[index + taken - 1][1]))
        index += max(taken, 1)
    near = Ruler(low).near(candidates, words, _REACH, _REACH)
    return [Span("numen", start, end) for start, end in near]


def _may_begin(token: str) -> bool:
    digits = sum(map(str.isdigit, token))
    if token[0] in "0123456789oil":
        return digits > 0
    return (len(token) >= 12 and digits >= 7) or bool(_HEADLESS.fullmatch(token))


def _run(view: View, groups: list[tuple[int, int]], index: int) -> int:
    """How many groups from ``index`` make up a mistyped NUMEN; 0 when they do not."""
    compact, best = "", 0
    previous = groups[index][0]
    for count, (start, end) in enumerate(groups[index : index + _MAX_GROUPS], 1):
        gap, token = view.low[previous:start], view.low[start:end]
        previous = end
        if len(gap) > 3 or not _JOINT.issuperset(gap) or _HOUR.fullmatch(token):
            break
        if token.isalpha() and (
            len(token) > 4 or (len(token) > 1 and view.raw[start:end].islower())
        ):
            break
        compact += token
        if len(compact) > 17 or (count > 1 and not _BEGINNING.fullmatch(compact)):
            break
        if len(compact) >= 5 and (
            _MISTYPED.fullmatch(compact)
            or (count == 1 and (_is_mix(compact) or _HEADLESS.fullmatch(compact)))
        ):
            best = count
    return best


def _is_mix(token: str) -> bool:
    digits = sum(map(str.isdigit, token))
    return 10 <= len(token) <= 16 and digits >= 5 and len(token) - digits >= 2
