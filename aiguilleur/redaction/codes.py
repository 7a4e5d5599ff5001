"""One-time codes: the four to eight digits of an SMS, a mail or an authenticator.

Knows the words that announce a code and those that announce another number (ticket, port,
version, postcode); nothing of passwords.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from aiguilleur.redaction.text import Ruler, Span, View
from aiguilleur.redaction.words import word_set

_CODE_WORD = (
    r"(?:codes?|otp|totp|sms|textos?|verif(?:ication)?|a2f|2fa|mfa|validation|jetons?|tokens?|"
    r"digicode|(?:code )?pin|captcha|authenticator|freeotp|double authentification|cle otp)"
)
_OTHER_CODE = (
    r"codes? (?:d'erreurs?|erreurs?|error|d'etat|retour|de retour|http|smtp|imap|postal(?:e|aux)?|insee|"
    r"uai|rne|etablissement|d'etablissement|de l'etablissement|de l'ecole|commune|departement|ape|naf|"
    r"grade|discipline|matiere|pays|source|barre|article|client|0x|stop|dysfonctionnement|d'arret)"
)
_OTHER_WORD = (
    r"(?:erreurs?|error|tickets?|demandes?|dossiers?|incidents?|references?|ref|ports?|versions?|build|"
    r"windows|office|outlook|thunderbird|macos|android|chrome|firefox|postal|insee|uai|rne|siret|siren|"
    r"salle|poste|bureau|batiment|article|loi|decret|circulaire|annee|rentree|promo|depuis|kb|http|smtp|"
    r"imap|pop|inc|numero de (?:demande|ticket|dossier|serie|suivi)|quota|eleves?|"
    r"rue|avenue|boulevard|place|bp|cs|cedex|serie)"
)
_WORDS = re.compile(
    rf"(?<![a-z0-9_])(?:(?P<other>{_OTHER_CODE}|{_OTHER_WORD})|(?P<code>{_CODE_WORD}))(?![a-z0-9])"
)
_NUMBER = re.compile(
    r"(?<![a-z0-9#])(?<![0-9][.,:/+\-])(?:g-)?(?:[0-9]{4,8}|[0-9]{3}(?P<a>[ .\-]{1,3})[0-9]{3}(?:(?P=a)[0-9]{2,3})?"
    r"|[0-9]{2}(?P<b>[ .\-]{1,3})[0-9]{2}(?:(?P=b)[0-9]{2}){0,2}|[0-9]{4}[ .\-][0-9]{4}|[0-9]{1,2}[ .][0-9]{3}"
    r"|[0-9](?:(?P<c>[ .\-,]{1,2})[0-9])(?:(?P=c)[0-9]){2,6})(?![a-z0-9]|[.,:/\-][0-9]| ?[%€])"
)
_GAP_WORD = re.compile(r"[a-z0-9'°]+|[^a-z0-9'° ]+")
_GAP_WORDS = word_set(
    """
c'est cest c est etait sont recu recus recue par sms texto mail le la les de du d un une n° numero suivant suivante
voici verification verif validation securite confirmation connexion authentification otp l'otp pin code usage unique
secret provisoire temporaire et ou tape saisi entre dit me m'a envoye donne indique affiche marque puis que j'ai on ils
vous bien pas chiffres a l'appli l'application lui affiche s'affiche acces d'acces pour google microsoft deverrouillage actuel nouveau a ete etre arrive sur mon ma telephone
portable via qui ca fait mis j'entre je mets double facteur facteurs etapes ce matin hier
: = , ; - -> => > ( " :"
"""
)
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])[0-9]$")
_DAY = re.compile(r"(?:0[1-9]|[12][0-9]|3[01])[.\-](?:0[1-9]|1[0-2])[.\-][0-9]{2,4}")
_POSTCODE_TOWN = re.compile(r" ?,? ?[A-ZÀ-Ý][a-zà-ÿ]")
_COUNTED = re.compile(
    r" ?(?:h|heures?|min|minutes?|mn|secondes?|jours?|fois|ans?|mo|go|ko|euros?|eleves?|mails?|messages?|"
    r"caracteres?|chiffres?|personnes?|janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec)(?![a-z])"
)
_ALONE = re.compile(
    r"[^a-z0-9]*(?:(?:c'est|le|voici|voila|merci|bonjour|euh|ok|recu|j'ai recu|il dit|alors)[ ,:]+){0,3}"
    r"(?P<number>(?:g-)?[0-9]{6}|[0-9]{3}[ .\-][0-9]{3}|[0-9]{2}(?P<g>[ .\-])[0-9]{2}(?P=g)[0-9]{2}"
    r"|[0-9](?: [0-9]){5})[^a-z0-9]*(?:merci)?[^a-z0-9]*"
)
_MIXED = re.compile(
    r"\b(?:codes?|otp|jeton|token|digicode)(?: (?:de|d'|du|la|le|recu|par|sms|mail|verification|"
    r"validation|securite|secours|recuperation|connexion|activation|est|c'est|suivant)){0,6} ?[:=]? ?\"?"
    r"(?P<value>(?=[a-z\-]{0,12}[0-9])(?=[0-9\-]{0,12}[a-z])[a-z0-9]{2,12}(?:-[a-z0-9]{2,12}){0,4})(?![a-z0-9])"
)
_NOT_MIXED = re.compile(
    r"0x[0-9a-f]+|[0-9]{7}[a-z]|[0-9]{1,3}[a-z]{1,4}|[a-z]{1,3}[0-9]{1,2}|[a-z]{2,8}-?[0-9]{4,}|"
    r"[0-9]+(?:er|eme|e|ere|nde)|wpa[0-9]|wifi[0-9]|2fa|a2f|(?:windows|outlook|office|iphone)[0-9]+"
)
_SHOWN = re.compile(
    r"(?<![a-z])(?:tape[zr]?|saisi[rs]?(?:sez)?|entre[zr]?|compose[zr]) (?:le )?(?P<typed>[0-9]{6}|[0-9]{3} [0-9]{3}) (?:pour|afin|sur|dans)"
    r"|(?<![a-z])(?:cle|boitier|porte-cle|appli|application|calculette)(?: otp)? (?:me |m'|qui )?"
    r"(?:donne|affiche|indique|genere|montre|dit)[ :]{1,3}(?:le )?(?P<value>[0-9]{3}[ .\-]?[0-9]{3,5})(?![0-9a-z]|[.,][0-9])"
)
_CAPITALS = re.compile(
    r"(?<![A-Za-z0-9])(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[A-Z0-9]{5,10}(?![A-Za-z0-9])"
)
_CODE_AFTER = re.compile(r"[\"»]? ?(?:,|:|c'est|est|comme)? ?(?:le |mon |un |ce )?code(?![a-z])")
_GLUED = re.compile(r"(?<![a-z])(?:code|otp|sms|pin)(?P<value>[0-9]{4,8})(?![a-z0-9])")
_DIGIT = re.compile("[0-9]")
_NO, _PERHAPS, _YES = range(3)
_BEFORE, _AFTER, _OTHER_REACH = 60, 45, 26
_CROWD = 12
"""More times than a person writes the word: every number is then taken for one."""


@dataclass(frozen=True)
class _Announcers:
    starts: list[int]
    ends: list[int]
    codes: list[bool]


def find_codes(view: View) -> list[Span]:
    """Digits (grouped or not) near a word that announces a code, or alone in the message."""
    low = view.low
    if not _DIGIT.search(low):
        return []
    alone = _ALONE.fullmatch(low)
    if alone and not _DAY.fullmatch(alone.group("number")):
        return [Span("code", *alone.span("number"))]
    matches = list(_WORDS.finditer(low))
    spans = [Span("code", *match.span("value")) for match in _GLUED.finditer(low)]
    for match in _SHOWN.finditer(low):
        spans.append(Span("code", *match.span("typed" if match["typed"] else "value")))
    if not any(match.group("code") for match in matches):
        return spans
    words = _Announcers(
        [match.start() for match in matches],
        [match.end() for match in matches],
        [match.group("code") is not None for match in matches],
    )
    if sum(words.codes) > _CROWD:
        return spans + [Span("code", *match.span()) for match in _NUMBER.finditer(low)]
    apart: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(low):
        if sum(map(str.isdigit, match.group())) >= 4:
            verdict = _verdict(view, match, words)
            if verdict == _YES:
                spans.append(Span("code", *match.span()))
            elif verdict == _PERHAPS:
                apart.append(match.span())
    ruler = Ruler(low)
    for span in spans:
        ruler.hide(span.start, span.end)
    codes = [start for start, code in zip(words.starts, words.codes, strict=True) if code]
    spans += (Span("code", *span) for span in ruler.near(apart, codes, _BEFORE, _AFTER))
    spans += _capitals(view, words)
    spans += (
        Span("code", *match.span("value"))
        for match in _MIXED.finditer(low)
        if not _NOT_MIXED.fullmatch(match.group("value"))
    )
    return spans


def _capitals(view: View, words: _Announcers) -> list[Span]:
    """« le texto dit A7K9Q2 », « A7K9Q2 c’est le code »: capitals and digits, announced word by word."""
    low, spans = view.low, list[Span]()
    for match in _CAPITALS.finditer(view.raw):
        start, end = match.span()
        if len(_DIGIT.findall(match.group())) < 2 or _NOT_MIXED.fullmatch(low, start, end):
            continue
        index = bisect_left(words.starts, start)
        gap = low[words.ends[index - 1] : start] if index else ""
        announced = index and words.codes[index - 1] and len(gap) <= _BEFORE and _is_direct(gap)
        if announced or _CODE_AFTER.match(low, end):
            spans.append(Span("code", start, end))
    return spans


def _verdict(view: View, match: re.Match[str], words: _Announcers) -> int:
    """Whether a number is a code for sure, by no means, or if a word of code is near."""
    low, (start, end) = view.low, match.span()
    index = bisect_left(words.starts, start)
    if index:
        gap = low[words.ends[index - 1] : start]
        if not words.codes[index - 1]:
            if len(gap) <= _OTHER_REACH and _is_plain_gap(gap):
                return _NO
        elif len(gap) <= _BEFORE and _is_direct(gap):
            return _NO if _COUNTED.match(low, end) else _YES
    return _PERHAPS if _can_stand_apart(view, match) else _NO


def _is_plain_gap(gap: str) -> bool:
    return not any(character in ",;.!?\n" for character in gap)


def _is_direct(gap: str) -> bool:
    return all(word in _GAP_WORDS for word in _GAP_WORD.findall(gap))


def _can_stand_apart(view: View, match: re.Match[str]) -> bool:
    """Whether a number that is not announced word by word can be a code at all."""
    text, end = match.group(), match.end()
    if _YEAR.match(text) or _DAY.match(text) or _COUNTED.match(view.low, end):
        return False
    return not (len(text) == 5 and text.isdigit() and _POSTCODE_TOWN.match(view.raw, end))
