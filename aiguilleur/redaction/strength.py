"""How much a token looks like a password, seen alone.

Knows shapes only (classes of characters, versions, hosts, tickets, classes of a school);
the sentence around it is the business of ``passwords``.
"""

from __future__ import annotations

import re

from aiguilleur.redaction.words import CALENDAR, is_product

PLAIN, MIXED, LIKELY, STRONG, EVIDENT = range(5)
"""A word; a word with digits, as an identifier; a password if one is spoken of; probably one;
one whatever the sentence."""

_NEVER = re.compile(
    r"0x[0-9a-f]*|ox8[0-9a-fo]{5,}|[0-9]{7}[a-z]|v[0-9]+|[0-9 .,:/+\-*()]+"
    r"|[0-9]{1,2}h(?:[0-9]{2})?(?:-[0-9]{1,2}h(?:[0-9]{2})?)?"
    r"|[0-9]+(?:[.,][0-9]+)?(?:er|re|e|eme|ere|iere|nd|nde|d|h|j|min|mn|s|sec|ms|go|mo|ko|to|gb|mb|kb|g|m|k|x|eur|euros?|"
    r"ans?|fois|px|bits?|ghz|mhz|hz|kg|cm|mm|km|p)[a-z]?[0-9]?"
    r"|(?:inc|req|ref|ritm|tck|tic|ticket|dossier|demande|sr|chg|prb|no|n)[-_#/][0-9]{3,}(?:-[0-9]+)?"
    r"|[a-z]{2,8}-(?:19|20)[0-9]{2}-[0-9]+|[0-9]{4}-[a-z]{0,4}-?[0-9]+"
    r"|[a-z_-]+[=:][0-9]{1,5}|[a-z.]+[0-9]?@|ce\.[0-9]{2,7}[a-z]?@?|kb[0-9]{5,}|aadsts[0-9]+|err[a-z]*[-_]?[0-9]+"
    r"|(?:[a-z]{2,8}://|www\.|m@gist|op@le).*"
)
_DOTTED = re.compile(
    r"v?[0-9]+(?:[.,][0-9]+)+[a-z]{0,2}[0-9]*"
    r"|[a-z0-9][a-z0-9.\-]{0,60}\.(?:fr|com|org|net|eu|edu|info|io|be|ch|local)(?:[:/].*)?"
    r"|[^.]*(?:\.[^.]*){0,3}\.(?:pdf|docx?|xlsx?|png|jpe?g|zip|txt|od[tsp]|pptx?|eml|msg|ics|exe|html?|php|apk|dmg|csv|ost|pst)"
    r"|[^@]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
)
_SHORT = re.compile(
    r"[a-z]{1,4}-?[0-9]{1,2}|[0-9]{1,2}[a-z]{1,3}|(?:term|tle|prem|sec|gr|groupe|salle|bat|lot|annexe|etape|cycle|"
    r"option|question|point|page|ligne|fig|photo|image|img|capture|article)[-_ ]?[a-z]{0,6}[0-9]{1,4}"
    r"|[0-9](?:eme|e|nde|ere|re)(?:[a-z]{1,6})?[0-9]{0,2}"
)
_REFERENCE = re.compile(r"[A-Z]{2,8}[-_#/][0-9]{3,}(?:-[0-9]+)?")
_SPLIT = re.compile(r"[+&=|/?;,]+")
_LEET = re.compile(r"[@$€£§^~%!µ¤]")
_SIGN = re.compile(r"[0-9@$€£§^~%!]")
_DIGIT = re.compile("[0-9]")
_PARTS = re.compile(r"[a-z]+|[0-9]+")


def impossible(low: str) -> bool:
    """Whether a folded token is something else for sure (host, version, date, ticket, file…)."""
    return bool(_NEVER.fullmatch(low) or ("." in low and _DOTTED.fullmatch(low)))


def strength(raw: str, low: str) -> int:
    """The level of a token; ``low`` is ``raw`` folded, without surrounding punctuation."""
    if not 4 <= len(low) <= 64 or not _SIGN.search(low):
        return PLAIN
    core = low.rstrip("!?*$")
    if (
        impossible(low)
        or (core != low and impossible(core))
        or is_product(core)
        or _SHORT.fullmatch(core)
    ):
        return PLAIN
    if _REFERENCE.fullmatch(raw):
        return PLAIN
    if CALENDAR.fullmatch(core):
        return LIKELY
    digits = len(_DIGIT.findall(low))
    upper, lower = raw != raw.lower(), raw != raw.upper()
    if not (upper or lower):
        return PLAIN
    inner = core[1:]
    leet = bool(_LEET.search(inner)) and core[-1:].isalnum()
    if leet and len(core) >= 5:
        return _leet(core, digits, upper)
    if digits and ("#" in inner or "*" in inner) and not core.startswith("#"):
        if digits and upper and lower and len(core) >= 10:
            return EVIDENT
        return STRONG if digits >= 2 and upper and lower else LIKELY
    pieces = [piece for piece in _SPLIT.split(core) if piece]
    if len(pieces) > 1:
        if "&" in core and digits >= 2 and upper and lower and len(core) >= 8:
            return STRONG
        if all(_is_dull(piece) for piece in pieces):
            return PLAIN
        if upper and lower and digits and len(core) >= 8:
            return EVIDENT if len(core) >= 10 and "&" in core else STRONG
        return MIXED
    if not digits:
        return PLAIN
    return _worded(raw, low, core, digits, upper, lower)


def _leet(core: str, digits: int, upper: bool) -> int:
    if "!" in core and not digits:
        return MIXED if re.fullmatch(r"[a-z]{4,}![a-z]{4,}", core) else PLAIN
    if "%" in core and not re.search(r"[a-z]%[a-z0-9]", core):
        return PLAIN
    if "€" in core and re.search(r"[0-9]€", core) and not upper:
        return PLAIN
    return EVIDENT if digits or upper or re.search(r"[a-z][@$][a-z]", core) else MIXED


def _worded(raw: str, low: str, core: str, digits: int, upper: bool, lower: bool) -> int:
    """Letters and digits, perhaps with hyphens, dots or underscores."""
    bang = low != core and low[len(core)] in "!*$"
    parts = _PARTS.findall(core)
    words = [part for part in parts if part.isalpha()]
    hyphened = not core.isalnum()
    scrambled = len(parts) >= 4 and not hyphened
    if upper and lower:
        if hyphened and len(words) == 1 and digits <= 2:
            return MIXED
        if hyphened:
            return STRONG if len(parts) >= 5 else LIKELY
        if bang and (digits >= 2 or low[-1] == "$"):
            return EVIDENT
        return STRONG if len(core) >= 6 else LIKELY
    if scrambled and len(core) >= 5:
        return LIKELY
    if upper:
        return LIKELY if bang else MIXED
    return LIKELY if digits >= 3 or bang or core[0].isdigit() else MIXED


def _is_dull(piece: str) -> bool:
    return (
        piece.isalpha() or impossible(piece) or bool(_SHORT.fullmatch(piece)) or is_product(piece)
    )
