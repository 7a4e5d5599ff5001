"""Numbers that belong to one person: social security, bank account, payment card, telephone.

Knows their shapes, spellings and check digits, and the words that announce them; nothing else
of the sentence.
"""

from __future__ import annotations

import re

from aiguilleur.redaction.text import Ruler, Span, View

_NEAR, _PHONE_NEAR = 60, 45
_MOBILE = ("06", "07")
_DATE_FIRST = re.compile(r"\(?[0-3]?[0-9][/.\-][01]?[0-9][/.\-](?:19|20)[0-9]{2}(?![0-9])")
_HAS_DIGITS = re.compile(r"[0-9][^a-z]{0,3}[0-9]")

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
    r"\b(?:iban|rib|bic|compte bancaire|coordonnees bancaires|banque|virement)(?![a-z])"
)
_BANK_RUN = re.compile(r"(?<![a-z0-9])(?:[a-z]{2}[ ]?)?[0-9](?:[ .\-_/]{0,2}[a-z]?[0-9]){13,33}[a-z]?(?![0-9])")  # fmt: skip
_CARD_WORD = re.compile(
    r"\b(?:cartes?|cb|visa|master ?card|american express|amex|cryptogramme|cvv|cvc)(?![a-z])"
)
_CARD = re.compile(r"(?<![0-9a-z])(?<![0-9]/)[2-6](?:[ .\-_/]{0,2}[0-9]){11,18}(?![0-9a-z])")
_BEFORE_THE_DATE = re.compile(r"([0-9](?:.*[0-9])?) [0-9]{1,2}$")
_CARD_CHECK = re.compile(
    r"\b(?:cryptogramme|cvv2?|cvc)(?: (?:visuel|est|c'est|de))* ?[:=]? ?(?P<value>[0-9]{3,4})(?![0-9])"
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
    ruler = Ruler(low)
    banks = [match.start() for match in _BANK_WORD.finditer(low)]
    runs = [match.span() for match in _BANK_RUN.finditer(low)] if banks else []
    spans += (Span("iban", *span) for span in ruler.near(runs, banks, _NEAR, _NEAR))
    cards = [match.start() for match in _CARD_WORD.finditer(low)]
    numbers = [
        match.span()
        for match in _CARD.finditer(low)
        if not _DATE_FIRST.match(match.group())
        and not _NOT_A_CARD.search(low[max(0, match.start() - 30) : match.start()])
    ]
    spans += (Span("card", *span) for span in ruler.near(numbers, cards, _NEAR, _NEAR))
    spans += filter(None, (_card(low, *span) for span in numbers))
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


def _card(low: str, start: int, end: int) -> Span | None:
    """A run of digits as a card by its check digit, what follows after a space (its date) left out."""
    text = low[start:end]
    if _is_card(_digits(text)):
        return Span("card", start, end)
    head = _BEFORE_THE_DATE.match(text)
    if head and _is_card(_digits(head.group(1))):
        return Span("card", start, start + head.end(1))
    return None


def _is_card(digits: str) -> bool:
    if len(digits) not in (13, 15, 16, 19) or digits[0] not in "23456":
        return False
    if (len(digits) == 13 and digits[0] != "4") or (len(digits) == 15 and digits[0] != "3"):
        return False
    from stdnum import luhn

    return bool(luhn.is_valid(digits))


# ---------------------------------------------------------------- social security number

_S = r"[ .\-_/]{0,2}"
_NIR_BODY = (
    rf"[1-478]{_S}[0-9]{_S}[0-9]{_S}(?:0[1-9]|1[0-2]|[2-9][0-9]){_S}(?:[0-9]{_S}[0-9]|2{_S}[ab]){_S}"
    rf"[0-9]{_S}[0-9]{_S}[0-9]{_S}[0-9]{_S}[0-9]{_S}[0-9]"
)
_NIR = re.compile(rf"(?<![0-9a-z])(?<![0-9]/){_NIR_BODY}(?P<key>{_S}[0-9]{_S}[0-9])?(?![0-9a-z])")
_NIR_GROUPED = re.compile(r"[1-478][ .\-_/]{1,2}[0-9]{2}[ .\-_/]")
_NIR_WORD = re.compile(
    r"\b(?:secu(?:rite)?(?: sociale)?|nir|insee|n[°o]? ?ss|vitale|ameli|immatriculation)(?![a-z])"
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
        runs = [
            match.span()
            for match in _NIR_RUN.finditer(low)
            if not _SIRET_BEFORE.search(low[max(0, match.start() - 20) : match.start()])
        ]
        spans += (Span("nir", *span) for span in Ruler(low).near(runs, words, _NEAR, _NEAR))
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
    r"(?<![0-9a-z+])\(?[0o][ ]?[1-9]\)?(?P<gap>[ .\-_/,:]{0,3})[0-9o]{2}(?:(?P=gap)[0-9o]{2}){3}(?![0-9a-z]|:[0-9])"
)
_PHONE_LOOSE = re.compile(
    r"(?<![0-9a-z+/])\(?[0o](?:[ ]?[1-9])\)?(?:[ .\-_/]{0,3}[0-9o]){8}(?![0-9a-z]|[.,/:][0-9])"
)
_PHONE_NO_ZERO = re.compile(
    r"(?<![0-9a-z+])33[ .\-]?[1-9](?:[ .\-]?[0-9]{2}){4}(?![0-9a-z])"
    r"|(?<![0-9a-z+])(?<![0-9][ .,\-])[67](?P<gap>[ .\-])[0-9]{2}(?:(?P=gap)[0-9]{2}){3}(?![0-9a-z]|[ .,\-][0-9])"
)
_PHONE_WORD = re.compile(
    r"\b(?:tel|tels|telephone|telephoner|phone|portable|mobile|gsm|fixe|appel\w{0,4}|rappel\w{0,4}|"
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
    loose = list(filter(None, (_phone(low, match) for match in _PHONE_LOOSE.finditer(low))))
    spans += (Span("phone", *span) for span in loose if _digits(low[slice(*span)])[:2] in _MOBILE)
    if words:
        loose += filter(None, (_phone(low, match) for match in _PHONE_ANNOUNCED.finditer(low)))
        near = Ruler(low).near(sorted(set(loose)), words, _PHONE_NEAR, _PHONE_NEAR)
        spans += (Span("phone", *span) for span in near)
    return spans


def _phone(low: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Where a run of digits stands, unless it is a date or another number by its name."""
    before = low[max(0, match.start() - 25) : match.start()]
    if _DATE_FIRST.match(match.group()) or _NOT_A_PHONE.search(before):
        return None
    return match.span() if len(_digits(match.group())) >= 8 else None


# ---------------------------------------------------------------- shared


_NOT_A_DIGIT = re.compile("[^0-9]+")


def _digits(text: str) -> str:
    return _NOT_A_DIGIT.sub("", text)
