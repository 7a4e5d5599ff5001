"""Numbers that belong to one person: NUMEN, social security, bank account, card, telephone.

Knows their shapes, spellings and check digits, and the words that announce them; nothing else
of the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from aiguilleur.redaction.text import Span, View

_HAS_DIGITS = re.compile(r"[0-9][^a-z]{0,3}[0-9]")

# ---------------------------------------------------------------- NUMEN

_GAP = r"[ .\-_/:,]{0,3}"
_DIGIT = "[0-9oil]"
_NUMEN = re.compile(
    rf"(?<![a-z0-9]){_DIGIT}{_GAP}{_DIGIT}{_GAP}[a-z0]{_GAP}"
    + rf"{_DIGIT}{_GAP}" * 7
    + rf"[a-z01]{_GAP}[a-z01]{_GAP}[a-z01](?![a-z0-9])"
)
_NUMEN_GLUED = re.compile(
    r"(?<![a-z0-9])(?:[0-9]{2}[a-z][0-9]{6,8}[a-z]{3}|[0-9]{2}[a-z][0-9]{7}[a-z]{2,4}"
    r"|[0-9][a-z][0-9]{7}[a-z]{3}|[0-9]{3}[a-z][0-9]{7}[a-z]{3})(?![a-z0-9])"
)
_NUMEN_WORD = re.compile(r"(?<![a-z])nume(?:n|ns|m)(?![a-z])")
_GROUP = re.compile(r"[a-z0-9]+")
_NUMEN_REACH = 80
_UAI = re.compile(r"(?<![a-z0-9])[0-9]{3} ?[0-9]{4} ?[a-z](?![a-z0-9])")


def find_numen(view: View) -> list[Span]:
    """A NUMEN in any spelling; next to the word, one that is mistyped or cut short too."""
    low = view.low
    if not _HAS_DIGITS.search(low):
        return []
    spans = [
        Span("numen", *match.span())
        for match in _NUMEN.finditer(low)
        if sum(character.isdigit() for character in match.group()) >= 7
    ]
    spans += (Span("numen", *match.span()) for match in _NUMEN_GLUED.finditer(low))
    words = [match.span() for match in _NUMEN_WORD.finditer(low)]
    if words:
        spans += _near_numen(view, words)
    return spans


def _near_numen(view: View, words: list[tuple[int, int]]) -> list[Span]:
    groups = [match.span() for match in _GROUP.finditer(view.low)]
    schools = {match.start() for match in _UAI.finditer(view.low)}
    spans, index = [], 0
    while index < len(groups):
        start = groups[index][0]
        near = any(
            start - _NUMEN_REACH <= w_end <= start or 0 <= w_start - start <= _NUMEN_REACH
            for w_start, w_end in _nearest(words, start)
        )
        taken = _numen_run(view, groups, index) if near and start not in schools else 0
        if taken:
            spans.append(Span("numen", start, groups[index + taken - 1][1]))
        index += max(taken, 1)
    return spans


def _nearest(words: list[tuple[int, int]], position: int) -> list[tuple[int, int]]:
    """The word before and the word after a position."""
    before = [word for word in words if word[1] <= position][-1:]
    after = [word for word in words if word[0] >= position][:1]
    return before + after


_MISTYPED = re.compile(
    r"(?=.{9,17}$)(?=.*[a-z])[0-9oil]{1,3}[a-z]{0,2}[0-9oil]{5,9}[a-z0-9]{1,5}"
    r"|[0-9]{2}[a-z][0-9]{2,8}|(?=(?:.*[0-9]){5})(?=(?:.*[a-z]){2})[a-z0-9]{10,16}"
)


def _numen_run(view: View, groups: list[tuple[int, int]], index: int) -> int:
    """How many groups from ``index`` make up a mistyped NUMEN; 0 when they do not."""
    compact, best = "", 0
    for count in range(1, 15):
        if index + count > len(groups):
            break
        start, end = groups[index + count - 1]
        if count > 1 and not _joins(view.low[groups[index + count - 2][1] : start]):
            break
        token = view.low[start:end]
        if count == 1 and not token[0].isdigit() and not (token[0] in "oil" and len(token) > 1):
            break
        if token.isalpha() and (len(token) > 4 or (view.raw[start:end].islower() and best)):
            break
        compact += token
        if len(compact) > 17:
            break
        digits = sum(character.isdigit() for character in compact)
        if digits >= 4 and _MISTYPED.fullmatch(compact) and not _UAI.fullmatch(compact):
            best = count
    return best


def _joins(gap: str) -> bool:
    return len(gap) <= 3 and all(character in " .-_/" for character in gap)


# ---------------------------------------------------------------- bank account and card

_IBAN_FR = re.compile(
    r"(?<![a-z0-9])(?:fr|mc)[ .\-]{0,2}[0-9oil]{2}(?:[ .\-_/]{0,2}[a-z0-9]){20,24}(?![a-z0-9])"
)
_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}[0-9]{2}(?:[ .\-]?[a-z0-9]){11,30}(?![a-z0-9])")
_IBAN_LENGTHS = {
    "fr": 27, "mc": 27, "be": 16, "de": 22, "ch": 21, "lu": 20, "es": 24, "it": 27,
    "pt": 25, "gb": 22, "nl": 18, "at": 20, "ie": 22, "pl": 28, "ro": 24, "ma": 28,
    "tn": 24, "lt": 20, "mt": 31, "se": 24, "dk": 18, "fi": 18, "gr": 27, "cz": 24,
}  # fmt: skip
_BANK_WORD = re.compile(
    r"(?<![a-z])(?:iban|rib|bic|compte bancaire|coordonnees bancaires|banque|virement)(?![a-z])"
)
_BANK_RUN = re.compile(r"(?<![a-z0-9])(?:[a-z]{2}[ ]?)?[0-9](?:[ .\-_/]{0,2}[a-z]?[0-9]){13,33}[a-z]?(?![0-9])")  # fmt: skip
_CARD_WORD = re.compile(
    r"(?<![a-z])(?:cartes?|cb|visa|master ?card|american express|amex|cryptogramme|cvv|cvc)(?![a-z])"
)
_CARD = re.compile(r"(?<![0-9a-z])[2-6](?:[ .\-_/]{0,2}[0-9]){11,18}(?![0-9a-z])")
_CARD_CHECK = re.compile(
    r"(?<![a-z])(?:cryptogramme|cvv2?|cvc)(?: (?:visuel|est|c'est|de))* ?[:=]? ?(?P<value>[0-9]{3,4})(?![0-9])"
)
_NOT_A_CARD = re.compile(r"(?:siret|siren|imei|commande|dossier|colis)[^0-9]{0,15}$")


def find_bank(view: View) -> list[Span]:
    """IBAN (checked, or announced), account details announced as RIB, payment cards."""
    low = view.low
    if not _HAS_DIGITS.search(low):
        return []
    spans = [Span("iban", *match.span()) for match in _IBAN_FR.finditer(low)
             if sum(c.isdigit() for c in match.group()) >= 12]  # fmt: skip
    spans += filter(None, map(_iban, _IBAN.finditer(low)))
    banks = [match.start() for match in _BANK_WORD.finditer(low)]
    if banks:
        spans += (
            Span("iban", *match.span())
            for match in _BANK_RUN.finditer(low)
            if _announced(banks, match.start(), 60)
        )
    cards = [match.start() for match in _CARD_WORD.finditer(low)]
    spans += (
        Span("card", *match.span())
        for match in _CARD.finditer(low)
        if _is_card(_digits(match.group()), _announced(cards, match.start(), 60))
        and not _NOT_A_CARD.search(low[max(0, match.start() - 30) : match.start()])
    )
    if cards:
        spans += (Span("card", *match.span("value")) for match in _CARD_CHECK.finditer(low))
    return spans


def _iban(match: re.Match[str]) -> Span | None:
    text = match.group()
    length = _IBAN_LENGTHS.get(text[:2])
    if not length:
        return None
    from stdnum.iso7064 import mod_97_10

    compact, end = "", 0
    for offset, character in enumerate(text):
        if character.isalnum():
            compact, end = compact + character, offset + 1
            if len(compact) == length:
                break
    if len(compact) != length or not mod_97_10.is_valid((compact[4:] + compact[:4]).upper()):
        return None
    return Span("iban", match.start(), match.start() + end)


def _is_card(digits: str, announced: bool) -> bool:
    if announced and 12 <= len(digits) <= 19:
        return True
    if len(digits) not in (13, 15, 16, 19) or digits[0] not in "23456":
        return False
    if len(digits) == 13 and digits[0] != "4" or len(digits) == 15 and digits[0] != "3":
        return False
    from stdnum import luhn

    return bool(luhn.is_valid(digits))


# ---------------------------------------------------------------- social security number

_S = r"[ .\-_/]{0,2}"
_NIR_BODY = (
    rf"[1-478]{_S}[0-9]{_S}[0-9]{_S}(?:0[1-9]|1[0-2]|[2-9][0-9]){_S}(?:[0-9]{_S}[0-9]|2{_S}[ab]){_S}"
    rf"[0-9]{_S}[0-9]{_S}[0-9]{_S}[0-9]{_S}[0-9]{_S}[0-9]"
)
_NIR = re.compile(rf"(?<![0-9a-z]){_NIR_BODY}(?P<key>{_S}[0-9]{_S}[0-9])?(?![0-9a-z])")
_NIR_GROUPED = re.compile(r"[1-478][ .\-_/]{1,2}[0-9]{2}[ .\-_/]")
_NIR_WORD = re.compile(
    r"(?<![a-z])(?:secu(?:rite)?(?: sociale)?|nir|insee|n[°o]? ?ss|vitale|ameli|immatriculation)(?![a-z])"
)
_NIR_RUN = re.compile(rf"(?<![0-9a-z])[0-9](?:{_S}[0-9]){{4}}(?:{_S}[0-9ab]){{7,11}}(?![0-9a-z])")


def find_nir(view: View) -> list[Span]:
    """Social security numbers: well formed, or announced whatever their key."""
    low = view.low
    if not _HAS_DIGITS.search(low):
        return []
    spans = []
    for match in _NIR.finditer(low):
        keyed = match.group("key") is not None
        if not keyed or _NIR_GROUPED.match(match.group()) or _key_is_right(match.group()):
            spans.append(Span("nir", *match.span()))
    words = [match.start() for match in _NIR_WORD.finditer(low)]
    if words:
        spans += (
            Span("nir", *match.span())
            for match in _NIR_RUN.finditer(low)
            if _announced(words, match.start(), 60)
            and not _SIRET_BEFORE.search(low[max(0, match.start() - 20) : match.start()])
        )
    return spans


_SIRET_BEFORE = re.compile(r"sire[tn][^0-9]{0,12}$")


def _key_is_right(text: str) -> bool:
    from stdnum.fr import nir

    return bool(nir.is_valid(re.sub(r"[^0-9ab]", "", text).upper()))


# ---------------------------------------------------------------- telephone

_PHONE_ABROAD = re.compile(
    r"(?<![0-9a-z+])(?:\(?\+|\(?00[ .\-]?)(?:[ ]?[0-9]{1,3})[ ]?\)?[ .\-/]{0,2}(?:\(0?\)?[ ]?0?\)?[ .\-/]{0,2})?"
    r"[0-9](?:[ .\-_/]{0,3}[0-9]){7,10}(?![0-9])"
)
_PHONE_PAIRS = re.compile(
    r"(?<![0-9a-z+])\(?[0o][ ]?[1-9]\)?(?P<gap>[ .\-_/,]{0,3})[0-9o]{2}(?:(?P=gap)[0-9o]{2}){3}(?![0-9a-z])"
)
_PHONE_LOOSE = re.compile(
    r"(?<![0-9a-z+/])\(?[0o](?:[ ]?[1-9])\)?(?:[ .\-_/]{0,3}[0-9o]){8}(?![0-9a-z]|[.,/:][0-9])"
)
_PHONE_NO_ZERO = re.compile(r"(?<![0-9a-z+])33[ .\-]?[1-9](?:[ .\-]?[0-9]{2}){4}(?![0-9a-z])")
_DATE_FIRST = re.compile(r"\(?[0-3]?[0-9][/.\-][01]?[0-9][/.\-](?:19|20)[0-9]{2}(?![0-9])")
_PHONE_WORD = re.compile(
    r"(?<![a-z])(?:tel|tels|telephone|telephoner|phone|portable|mobile|gsm|fixe|appel\w{0,4}|rappel\w{0,4}|"
    r"joindre|joignable|contacter|contactez|numero|num|sms|texto|fax|whatsapp|perso)(?![a-z])"
)
_PHONE_ANNOUNCED = re.compile(r"(?<![0-9a-z+])[0-9o](?:[ .\-_/]{0,3}[0-9o]){8,10}(?![0-9a-z])")
_NOT_A_PHONE = re.compile(
    r"(?:siren|siret|ticket|dossier|demande|incident|reference|ref|commande|serie|imei|version|date|"
    r"uai|rne|insee)[^0-9]{0,12}$"
)


def find_phones(view: View) -> list[Span]:
    """Telephone numbers, French in all spacings, or international."""
    low = view.low
    if not _HAS_DIGITS.search(low):
        return []
    spans = [Span("phone", *match.span()) for match in _PHONE_ABROAD.finditer(low)]
    spans += (Span("phone", *match.span()) for match in _PHONE_NO_ZERO.finditer(low))
    spans += (
        Span("phone", *match.span())
        for match in _PHONE_PAIRS.finditer(low)
        if len(_digits(match.group())) >= 9
    )
    words = [match.start() for match in _PHONE_WORD.finditer(low)]
    for pattern in (_PHONE_LOOSE, _PHONE_ANNOUNCED):
        for match in pattern.finditer(low):
            digits = _digits(match.group())
            if len(digits) < 8 or _DATE_FIRST.match(match.group()):
                continue
            known = pattern is _PHONE_LOOSE and digits[:2] in ("06", "07")
            before = low[max(0, match.start() - 25) : match.start()]
            if (known or _announced(words, match.start(), 45)) and not _NOT_A_PHONE.search(before):
                spans.append(Span("phone", *match.span()))
    return spans


# ---------------------------------------------------------------- shared


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())


def _announced(words: list[int], position: int, reach: int) -> bool:
    """Whether one of the words (their offsets, in order) stands near a position, before or after."""
    from bisect import bisect_left

    index = bisect_left(words, position)
    before = index > 0 and position - words[index - 1] <= reach
    after = index < len(words) and words[index] - position <= reach
    return before or after
