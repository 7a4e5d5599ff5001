"""Personal e-mail addresses, written plainly or in disguise.

Knows the shape of an address and of an academy's domain (national: ``ac-….fr``), not whose
academy it serves. Shared mailboxes and the words of an example are left alone.
"""

from __future__ import annotations

import re

from aiguilleur.redaction.text import Span, View
from aiguilleur.redaction.words import FUNCTION, NO_VALUE, word_set

_PROVIDERS = (
    "gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|orange|wanadoo|free|sfr|neuf|bbox|"
    "laposte|icloud|me|mac|proton|protonmail|gmx|aol|numericable|club-internet|voila|caramail|"
    "posteo|mailo|tutanota|zaclys|riseup|infomaniak"
)
_AT = (
    r"(?:[ ]{0,2}@{1,2}[ ]{0,2}|[ ]{0,2}[(\[{<][ ]?(?:at|@|a|arobase?|arrobase?|chez)[ ]?[)\]}>][ ]{0,2}"
    r"|[ ](?:at|chez|arobase?|arrobase?|a commercial)[ ]|[ ]?\*at\*[ ]?|[_-](?:at|arobase?|arrobase?)[_-])"
)
_DOT = r"(?:\.|[ ]{0,2}[(\[{][ ]?(?:dot|point|\.)[ ]?[)\]}][ ]{0,2}|[ ](?:point|dot)[ ]|[ ]\.[ ]?)"
_LOCAL = r"[a-z0-9][a-z0-9._%+'-]{0,63}"
_LOCAL_SPELT = rf"{_LOCAL}(?:[ ](?:point|tiret|\.|-|_)[ ]{_LOCAL}){{0,3}}"
_WORD_BEFORE = re.compile(r"(?<![a-z'@])[a-z]{2,20} $")

_AT_HINT = re.compile(r"@|[(\[{<* _-](?:at|a|arr?obase?|chez|a commercial)[)\]}>* _-]")
_HOST = re.compile(
    rf"{_AT}(?P<domain>[a-z0-9][a-z0-9-]{{0,62}}(?:{_DOT}[a-z0-9][a-z0-9-]{{0,62}}){{0,4}}?"
    rf"{_DOT}[a-z]{{2,12}}(?![a-z0-9-]|\.[a-z0-9])|(?:{_PROVIDERS}|ac-[a-z]+(?:-[a-z]+){{0,3}})(?![a-z0-9]))"
)
_LOCAL_BEFORE = re.compile(rf"(?<![a-z0-9._%+-]){_LOCAL_SPELT}$")
_NAMED = word_set("adresse mail email courriel boite mel secours perso pro avec ecris contact")
_ACADEMIC = re.compile(r"(?:^|\.)(?:ac|region-academique)-[a-z-]+(?:\.fr)?$")
_DISGUISED_DOT = re.compile(r"[ ]{0,2}[(\[{]?[ ]?\b(?:dot|point)\b[ ]?[)\]}]?[ ]{0,2}|[ ]?\.[ ]?")

_UAI = re.compile(r"(?<![0-9])[0-9]{7}[a-z](?![a-z])")
_PLACEHOLDER = re.compile(
    r"(?:ton|votre|mon|son|leur)?[._-]?(?:prenom|nom|pnom|p|n|identifiant|login|adresse|mail|user|"
    r"utilisateur|exemple|example|x{2,}|\.{2,})"
    r"(?:[._-]?(?:prenom|nom|famille|de|usage|x+|[0-9]{1,2}))*"
    r"|jeanne\.dupont|jdupont|j\.dupont"
)
_SHARED = re.compile(
    r"(?:ce|ecole|college|lycee|clg|lyc|lpo|lp|erea|segpa|ien|circo|circonscription|dsden|ia|rectorat|"
    r"secretariat|direction|principal|proviseur|gestion|gestionnaire|intendance|vie[-_.]?scolaire|cdi|"
    r"infirmerie|assistance|support|aide|helpdesk|guichet|contact|info|infos|accueil|scolarite|"
    r"dpo|dsi|dane|drane|dpe|dipe|dp|sg|cab|cabinet|webmaster|postmaster|mailer-daemon|"
    r"no-?reply|ne-?pas-?repondre|notification|notifications|abuse|admin|administrateur)"
    r"(?:[._-].{0,50}|[0-9]{1,3}(?:[._-].{0,50})?)?"
)
_URL_LOGIN = re.compile(r"://[^\s/:@]{1,64}:(?P<password>[^\s/@]{1,64})@")


def find_addresses(view: View) -> list[Span]:
    """E-mail addresses of persons, and the password of an address such as ``https://x:y@host``."""
    low = view.low
    if not _AT_HINT.search(low):
        return []
    spans = [
        Span("password", *match.span("password"))
        for match in (_URL_LOGIN.finditer(low) if "://" in low else ())
    ]
    last = 0
    for match in _HOST.finditer(low):
        floor = max(last, match.start() - 100)
        before = _LOCAL_BEFORE.search(low[floor : match.start()])
        if not before:
            continue
        local = before.group().lstrip("'")
        start, end = match.start() - len(local), match.end()
        last = end
        local = _elided(local)
        start = match.start() - len(local)
        if " arob" in match.group() and local.isalpha():
            start = _first_name(low, start)
        domain = _DISGUISED_DOT.sub(".", match.group("domain"))
        academic = bool(_ACADEMIC.search(domain))
        if match.group()[0] == " " and _is_word(local, academic, match.group()):
            continue
        if not _is_public(local, academic):
            spans.append(Span("email", start, end, academic))
    return spans


def _first_name(low: str, start: int) -> int:
    """Where « prénom nom arobase » begins: at the word before, unless it is one of the sentence."""
    before = _WORD_BEFORE.search(low, max(0, start - 22), start)
    if not before:
        return start
    word = before.group().strip()
    return start if word in FUNCTION or word in NO_VALUE or word in _NAMED else before.start()


def _is_word(local: str, academic: bool, rest: str) -> bool:
    """Whether what stands apart before « @ » is a word of the sentence: « une adresse @ac-x.fr »."""
    if not local.isalpha():
        return False
    if "chez" in rest:
        return True
    glued_after = rest.startswith(" @") and rest[2:3] != " "
    return local in FUNCTION or local in NO_VALUE or (academic and glued_after)


def _elided(local: str) -> str:
    """Without what an apostrophe ties to the front: ``l'adresse``, ``c'est``."""
    head, apostrophe, tail = local.partition("'")
    if apostrophe and tail and head in {"l", "d", "c", "j", "m", "s", "n", "qu", "t"}:
        return tail
    return local


def _is_public(local: str, academic: bool) -> bool:
    if _UAI.search(local) or _SHARED.fullmatch(local):
        return True
    if local in {"jeanne.dupont", "jdupont", "j.dupont"}:
        return academic
    return bool(_PLACEHOLDER.fullmatch(local))
