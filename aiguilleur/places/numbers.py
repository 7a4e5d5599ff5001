"""Codes in a text: UAI of a school, post code, number of a département.

A number is a code only where it can be nothing else: not a date, a count, a street number or a phone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from aiguilleur.places import grammar
from aiguilleur.places.index import Index
from aiguilleur.places.model import Entry, Mention
from aiguilleur.places.text import Token

CHECK_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
UAI = re.compile(
    r"(?<![A-Za-z0-9])(?P<digits>\d(?:[ .\-\u00a0\u202f]?\d){6})[ .\-\u00a0\u202f]?(?P<letter>[A-Za-z])(?![A-Za-z0-9])"
)
UAI_WITHOUT_LETTER = re.compile(r"\b(?:uai|rne)\b\D{0,12}?(?P<digits>\d{7})(?!\d)", re.IGNORECASE)
UAI_WORD = re.compile(
    r"\b(?:uai|rne|code (?:de l.|d.)?(?:etablissement|établissement))\b\D{0,12}$", re.IGNORECASE
)
END = frozenset({",", ".", ";", "!", "?", ")", "\n"})
SPECIAL_PREFIXES = {"620": "2A", "720": "2B"}


def find(
    text: str,
    tokens: list[Token],
    index: Index,
    bare: Callable[[int, int], bool],
    *,
    asked: bool = False,
) -> list[Mention]:
    """The codes of ``text``. ``bare(start, end)``: are these tokens the whole answer?"""
    found = _schools(text, tokens, index)
    taken = {position for mention in found for position in range(mention.start, mention.end)}
    for position, token in enumerate(tokens):
        if not token.is_number or position in taken:
            continue
        mention = _postcode(tokens, position, index, bare) or _department(
            tokens, position, index, bare, asked
        )
        if mention:
            found.append(mention)
            taken |= set(range(mention.start, mention.end))
    return found


def _schools(text: str, tokens: list[Token], index: Index) -> list[Mention]:
    found = []
    for match in UAI.finditer(text):
        digits = re.sub(r"\D", "", match["digits"])
        right = CHECK_LETTERS[int(digits) % 23] == match["letter"].upper()
        if right or UAI_WORD.search(text[: match.start()]):
            found.append((match, digits, right))
    if not found:
        match_only = UAI_WITHOUT_LETTER.search(text)
        if match_only:
            found.append((match_only, match_only["digits"], False))
    mentions = []
    for match, digits, right in found:
        prefix = digits[:3]
        code = SPECIAL_PREFIXES.get(prefix) or (prefix[1:] if prefix[0] == "0" else prefix)
        if code in index.names:
            start, end = match.span("digits")[0], match.end()
            first = sum(token.start < start for token in tokens)
            last = sum(token.start < end for token in tokens)
            mentions.append(Mention(first, last, _entry({code}, "uai", None), exact=right))
    return mentions


def _postcode(
    tokens: list[Token], i: int, index: Index, bare: Callable[[int, int], bool]
) -> Mention | None:
    code, end = tokens[i].raw, i + 1
    if (
        len(code) == 2
        and i + 1 < len(tokens)
        and len(tokens[i + 1].raw) == 3
        and tokens[i + 1].is_number
    ):
        code, end = code + tokens[i + 1].raw, i + 2
    if len(code) != 5 or not code.isascii():
        return None
    before = tokens[i - 1] if i else None
    after = tokens[end] if end < len(tokens) else None
    announced = before is not None and before.norm in ("postal", "cp")
    if not announced and (
        (before is not None and (before.norm in grammar.NOT_A_POSTCODE_BEFORE or before.is_number))
        or (after is not None and (after.norm in grammar.NOT_A_POSTCODE_AFTER or after.is_number))
        or (
            i > 1
            and tokens[i - 1].norm in (":", "°")
            and tokens[i - 2].norm in grammar.NOT_A_POSTCODE_BEFORE
        )
    ):
        return None
    followed = after is not None and (
        after.capital or after.norm in index.longest or after.norm == "cedex"
    )
    if end == i + 2 and not (followed or announced or bare(i, end)):
        return None
    if code in index.postcodes:
        departments, name = index.postcodes[code]
        return Mention(i, end, _entry(set(departments), "postcode", name))
    prefix = code[:3] if code[:2] == "97" else code[:2]
    if prefix in index.names and (followed or announced or bare(i, end)):
        return Mention(i, end, _entry({prefix}, "postcode", None))
    if prefix in index.served and code[2:] == "000":
        return Mention(i, end, _entry({prefix}, "postcode", None))
    return None


def _department(
    tokens: list[Token], i: int, index: Index, bare: Callable[[int, int], bool], asked: bool
) -> Mention | None:
    raw = tokens[i].raw
    code = raw.zfill(2)
    if code not in index.names or len(raw) > 3:
        return None
    before = [token.norm for token in tokens[max(0, i - 4) : i]][::-1]
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if (before and before[0][:1].isdigit()) or (after is not None and after.is_number):
        return None
    mention = Mention(i, i + 1, _entry({code}, "department_number", None))
    served = code in index.served
    if bare(i, i + 1) and (served or asked or code in index.neighbours):
        return mention
    kept = [
        norm
        for norm in before
        if norm not in ("le", "du", "de", "l", "d", "n", "no", "numero", ":", "(", "°")
    ]
    free = after is None or after.norm in END or after.norm in grammar.AFTER_NUMBER
    if i + 2 < len(tokens) and after is not None and after.norm in END and tokens[i + 2].is_number:
        free = False
    if kept and kept[0] in grammar.DEPARTMENT_WORDS:
        return mention
    if len(raw) < 2 or not free:
        return None
    if kept and kept[0] in grammar.ROLE_WORDS and served:
        return mention
    if before[:1] == ["("] and after is not None and after.norm == ")":
        return mention if served or (len(before) > 1 and i > 1 and tokens[i - 2].capital) else None
    if before[:1] and before[0] in ("le", "du", "en", "dans", "sur"):
        second = before[1] if len(before) > 1 else ""
        if second in grammar.COUNTED_BEFORE or (before[0] in ("en", "sur") and not served):
            return None
        if (
            served
            or (before[0] in ("le", "dans") and second in ("dans", "sur", "suis"))
            or (before[0] == "du" and second in ("suis", "depends", "releve", "viens"))
        ):
            return mention
    return None


def _entry(codes: set[str], kind: str, display: str | None) -> Entry:
    held = frozenset(codes)
    return Entry(held, held, kind, display)
