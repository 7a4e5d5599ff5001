"""Passwords that the sentence announces: « mon mot de passe c’est … », « … comme mot de passe ».

Knows the words that announce and those that link; a token is judged by ``reading`` and
``strength``.
"""

from __future__ import annotations

import re

from aiguilleur.redaction.phrases import (
    clause,
    is_phrase,
    is_told,
    phrase_end,
    read_phrase,
    read_quoted,
)
from aiguilleur.redaction.reading import (
    COPULA,
    Piece,
    Reading,
    Value,
    ends_clause,
    is_count,
    is_loose_word,
    next_piece,
    read_more,
    value_at,
)
from aiguilleur.redaction.strength import LIKELY, MIXED, impossible
from aiguilleur.redaction.text import HOLE, View
from aiguilleur.redaction.words import (
    COMMON,
    FRENCH_ENDING,
    FUNCTION,
    GREETINGS,
    NO_VALUE,
    OWNERS,
    PARTICIPLE,
    ROLES,
    is_product,
    word_set,
)

_QUALIFIERS = word_set(
    "provisoire actuel temporaire initial perso personnel wifi nouveau suivant secret academique saisi tape utilise "
    "choisi rentre recu donne envoye communique attribue genere"
)
_FILLER = word_set(
    "donc bien simplement juste en fait genre normalement actuellement maintenant toujours encore plutot peut-etre "
    "surement exactement desormais tout pas plus"
)
_ALONE = re.compile(r"[\s.!\"')]*(?:$|[,;\n]|(?:et|mais) (?:il|ca|je|j'|c'))")
_BIRTHDAY = re.compile(r"[0-3]?[0-9][/.\-][01]?[0-9][/.\-](?:19|20)[0-9]{2}")
_LABEL = re.compile(r"([a-z']+)[:=]")
_CLASS = re.compile(r"[a-z]{1,3}[0-9]|[0-9][a-z]{1,3}")
_ADVERBIAL = re.compile(r".*(?:ment|ants?|antes?|ifs?|ives?|eux|euse|uels?|uelles?)")
_CAMEL = re.compile(r"[A-Za-z][a-z]{2,}[A-Z][a-z]{2,}[A-Za-z]*")
_SIGNED = re.compile(r"[a-z]+[*#&+%$@_][a-z*#&+%$@_]+")
_TO_DO = re.compile(r" a [a-z]+(?:er|ir|re)(?![a-z])")
_BARE = re.compile(r"[a-z@$]{4,}")
_REACH = 12
_CUE = re.compile(
    r"(?:(?<![a-z])(?:voici|voila|tenez|avec|tape|mets|mis|saisis?|entre|utilise|donne|communique|recu|envoye) "
    r"(?:(?:bien|toujours|mon|le|son|ce|un|votre|ton|leur|nouveau|ancien) ){1,2}|(?<![a-z])comme "
    rf"|(?<![a-z])(?:login|log|identifiants?|id|ids|user|username|utilisateur|compte)(?: ?[:=]| est| c'est)? ?"
    rf"[^\s{HOLE},;]{{3,40}} ?[,;/|&+\-]? ?(?:et )?(?:(?:mon|le|ce) )?)$"
)
"""What comes before a password that is given, rather than spoken of."""
_SERVICE = r"(?:messagerie|boite(?: mail)?|mail|webmail|arena|i-?prof|pronote|ent|ordi(?:nateur)?|session|compte|wifi)"
_QUALIFIED = re.compile(
    rf"(?: (?:par defaut|d'origine|de base|de depart|du depart|du debut|de test|{_SERVICE}"
    rf"|(?:de (?:la |ma |mon |l')?|du ){_SERVICE})(?![a-z'])){{1,2}}"
)
_RELATION = word_set(
    "prenom nom naissance anniversaire chien chat chienne chatte fille fils mari femme mere pere ville date"
)
_OWNED = re.compile(r"(?<![a-z])(?:mon|ton|son|notre|mn) (?:ancien |nouveau |vieux |vrai )?$")
_LOGIN_AFTER = re.compile(r"[)\"]?,? (?:et |pour )?(?:login|identifiant|id|user)(?![a-z])")
_ORDER = re.compile(r"[a-z]{3,}ez(?:-[a-z]{1,4})*")
_OF = re.compile(r" (?:d[eu]s?|d'[a-z]+|qu[ei]|qu'[a-z]+|aux?)(?![a-z'])")
"""After a word that is then of the sentence: « mot de passe absent du trousseau »."""
_TEXTED = frozenset(
    ("cé", "sé", "cè", "sè", "cay", "ces", "ses", "s'est", "s’est", "reste", "restait")
)
_CLOSED = {"(": ")", "[": "]", "<": ">", "'": "'", ",": ",", "*": "*", "{": "}"}
_REFUSED = re.compile(
    r"[)\"]?(?: ?$| (?:ne |n'|est |marche|refus|fonctionn|passe|a ete|etait |mais |et ))"
)
_DOES = re.compile(r"(?<![a-z])(?:je|tu|il|elle|on|ca|cela|ils|elles|qui|ne|rien) $")
"""Before « passe », a verb: « si elle passe pas au lycée »."""
_WORKING = word_set("marche fonctionne passe bon ok correct juste accepte")
"""« Le mot de passe marche, c’est les pièces jointes »: what follows the comma is something else."""
_SOMEBODY = re.compile(r"(?<![a-z])et (?:il|elle|on|ils|elles) $")
"""Before « est », somebody: « il a perdu son mot de passe et il est en arrêt »."""
_HYPHENED = re.compile(r"[a-z]{3,}(?:[-_][a-z]{3,})+")


def read_announced(reading: Reading, match: re.Match[str], limit: int) -> None:
    """Look for the value after an announcer, up to the next one or the end of the sentence.

    ``link`` tells how the value is tied to the announcer: *direct* (it follows), *explicit*
    (« : »), *copula* (« c’est »), *told* (one of those, then words), *strong* (on the next line),
    or nothing any more.
    """
    view, low = reading.view, reading.view.low
    kind, position = match.lastgroup or "", match.end()
    if kind == "weak" and _DOES.search(low, max(0, match.start() - 8), match.start()):
        return
    labelled = low[match.start() - 1 : match.start()] == '"'
    if labelled and low[position : position + 1] == '"':
        position += 1
    qualified = _QUALIFIED.match(low, position)
    if qualified:
        position = qualified.end()
    elif low[position : position + 1] == "." and low[position + 1 : position + 2].isalnum():
        position += 1
    vague = kind == "weak" and not (reading.login and match.group() != "passe")
    link = "" if labelled or vague else "direct"
    words, previous = 0, ""
    cued = bool(_CUE.search(low, max(0, match.start() - 70), match.start()))
    for _ in range(_REACH):
        piece = next_piece(low, position)
        if not piece or piece.start >= limit:
            return
        position = piece.end
        if piece.newline and link not in ("explicit", "copula"):
            if link != "direct":
                return
            link = "strong"
        if piece.name == "hole":
            read_more(reading, position, limit, MIXED)
            return
        if piece.name == "stop" and link != "explicit":
            if link != "direct" or piece.text != "?":
                return
            link = "strong"
            continue
        if piece.name == "quote":
            position = read_quoted(reading, position, link, kind, limit)
            if position < 0:
                return
        elif kind == "phrase" and piece.text == "," and link == "direct":
            link = "copula" if len(clause(view, position, limit)) >= 3 else ""
        elif (
            piece.name != "word"
            or piece.text in COPULA
            or _is_texted(view, piece, link, words)
            or (piece.text == "ete" and previous == "toujours")
        ):
            if previous in _WORKING and low[: piece.start].rstrip().endswith(","):
                return
            if piece.text in ("est", "etait") and _SOMEBODY.search(low, 0, piece.start):
                return
            linked = _linked(piece, link, kind if match.group() != "pass" else "")
            words = words if linked == link else 0
            link = linked
        elif kind == "phrase" and (
            link in ("explicit", "copula") or is_told(view, piece.start, limit, link, words)
        ):
            read_phrase(reading, piece.start, limit)
            return
        else:
            value = value_at(view, piece.start, _label_end(view, piece))
            position = max(value.end, piece.start + 1) if value.end < piece.end else position
            words += 1
            owned = link == "" and previous in OWNERS
            related = link == "told" and previous in _RELATION and _is_related(view, value)
            previous = value.low
            if owned:
                continue
            bare = link == "direct" and words < 3 and _is_bare(view, match, value, cued)
            if (
                related
                or (words == 1 and (_is_birthday(value, link) or _is_greeting(low, value, link)))
                or _accepts(reading, value, link, kind, bare)
            ):
                reading.add(value.start, value.end)
                label = next_piece(low, position) if link == "direct" else None
                if label and label.name == "sep" and label.start < limit:
                    position, link, words = label.end, "explicit", 0
                    continue
                floor = LIKELY if link == "" else MIXED
                read_more(reading, value.end, limit, floor, words=link != "")
                return
            least = 3 if link == "explicit" else 4
            told = link == "explicit" or (link == "copula" and words == 1)
            if told and is_phrase(view, piece.start, limit, least):
                reading.add(piece.start, phrase_end(low, piece.start, limit))
                return
            link = _after_refusal(value, link)


def _is_texted(view: View, piece: Piece, link: str, words: int) -> bool:
    """« mn mdp cé … », « ces », « s’est »: how « c’est » is written in a hurry; « reste »."""
    if link != "direct" or words:
        return False
    return view.raw[piece.start : piece.end].lower() in _TEXTED


def _label_end(view: View, piece: Piece) -> int:
    """Where a word ends that is itself a label, as in « mdp arena:x »; else the end of the piece."""
    label = _LABEL.match(piece.text)
    if label:
        value = value_at(view, piece.start, piece.start + label.end(1))
        if value.known or value.product:
            return value.end
    return piece.end


def _linked(piece: Piece, link: str, kind: str) -> str:
    if piece.name == "sep":
        return "explicit"
    if piece.name == "word":
        aside = (kind == "weak" and piece.text == "c") or (link == "told" and piece.text == "est")
        return link if aside else "copula"
    return link


def _after_refusal(value: Value, link: str) -> str:
    """What still can announce a value once a word was not one."""
    if link in ("explicit", "copula"):
        return link if value.low in _FILLER else "told"
    if link == "direct":
        return "direct" if value.low in _QUALIFIERS else ""
    return link


def _is_birthday(value: Value, link: str) -> bool:
    return link in ("explicit", "copula") and bool(_BIRTHDAY.fullmatch(value.low))


def _is_related(view: View, value: Value) -> bool:
    """« mon prénom Bernadette », « ma date de naissance 12051979 »."""
    if value.low.isdigit():
        return len(value.low) >= 4 and not is_count(view.low, value.end)
    return value.raw[:1].isupper() and not value.known and not value.product


def _is_greeting(low: str, value: Value, link: str) -> bool:
    """« mon mot de passe est bonjour », « … c’est eleve », and nothing after."""
    word = value.low.rstrip("!")
    said = (link in ("explicit", "copula") and word in GREETINGS) or (
        link == "copula" and word in ROLES
    )
    return said and bool(_ALONE.match(low, value.end))


def _accepts(reading: Reading, value: Value, link: str, kind: str, bare: bool) -> bool:
    low = value.low
    if value.known or len(low) < 2:
        return False
    if low.isdigit():
        return _accepts_digits(reading.view, value, link)
    if impossible(low):
        return False
    if value.product:
        return link == "explicit" and sum(map(str.isdigit, low)) >= 2
    if value.level >= LIKELY:
        return True
    if link == "strong" and is_loose_word(value) and _ALONE.match(reading.view.low, value.end):
        return True
    if link in ("", "told", "strong"):
        return value.level >= MIXED and (link != "" or sum(map(str.isdigit, low)) >= 2)
    if value.has_digit:
        return link != "direct" or not _CLASS.fullmatch(low)
    if link == "explicit":
        order = (
            value.raw.islower()
            and _ORDER.fullmatch(low)
            and not ends_clause(reading.view.low, value.end)
        )
        return not (order or PARTICIPLE.fullmatch(value.raw))
    if link == "copula":
        return not (
            PARTICIPLE.fullmatch(value.raw)
            or is_adverbial(value)
            or _TO_DO.match(reading.view.low, value.end)
        )
    return bare and (kind != "access" or not FRENCH_ENDING.fullmatch(low))


def _accepts_digits(view: View, value: Value, link: str) -> bool:
    if len(value.low) < 4 or is_count(view.low, value.end):
        return False
    if link in ("explicit", "copula"):
        return True
    year = len(value.low) == 4 and value.low[:2] in ("19", "20")
    return (link == "direct" and not year) or (
        link == "strong" and len(value.low) >= 6 and bool(_ALONE.match(view.low, value.end))
    )


def _is_bare(view: View, announcer: re.Match[str], value: Value, cued: bool) -> bool:
    """« mot de passe azerty »: a bare word right after, that is not one of the sentence."""
    low, word, raw = view.low, value.low.rstrip("!"), value.raw
    if word in COMMON or _SIGNED.fullmatch(word) or _CAMEL.fullmatch(raw):
        return True
    hyphened = _HYPHENED.fullmatch(word)
    if hyphened and any(
        part in NO_VALUE or part in FUNCTION or is_product(part) for part in re.split("[-_]", word)
    ):
        return False
    if not (hyphened or _BARE.fullmatch(word)) or FRENCH_ENDING.fullmatch(word):
        return False
    if raw.isascii() and raw.islower() and (cued or not _OF.match(low, value.end)):
        return True
    named = raw[0].isupper() and not raw.isupper()
    if named and raw.endswith("!"):
        return True
    aside = low[announcer.end() : value.start].strip(' "')
    after = low[value.end : value.end + 1]
    closed = bool(after) and _CLOSED.get(aside) == after
    if closed or cued or _LOGIN_AFTER.match(low, value.end):
        return named or not PARTICIPLE.fullmatch(raw)
    before = low[max(0, announcer.start() - 16) : announcer.start()]
    return named and bool(_OWNED.search(before)) and bool(_REFUSED.match(low, value.end))


def is_adverbial(value: Value) -> bool:
    """Whether a word looks like an adverb or a participle in -ant."""
    return bool(_ADVERBIAL.fullmatch(value.low)) and value.low not in COMMON
