"""Passwords that the sentence announces: « mon mot de passe c’est … », « … comme mot de passe ».

Knows the words that announce and those that link; a token is judged by ``reading`` and
``strength``.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from aiguilleur.redaction.reading import (
    COPULA,
    TOKEN,
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
    ATTEMPT,
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

ANNOUNCER = re.compile(
    r"\b(?=[mpqcrs])(?<![@.])(?:(?P<phrase>phrases?[ _-](?:de[ _-]pass?es?|secrete|que j'ai (?:choisie?|mise?|trouvee?|prise))|pass-?phrases?)"
    r"|(?P<strong>m[ou]ts?[ _-]{0,2}(?:d[eu]?|2)?[ _-]{0,2}pas(?:s{1,3}e?|e)s?|mdps?|mpd|m\.d\.p\.?|mdpasse|mdpass|"
    r"pass?[ _-]?words?|passwd|pswd|psw|pwd|pw|mots? secrets?|sesame)"
    r"|(?P<access>codes? (?:d'acces|d acces|acces|secrets?|confidentiels?|provisoires?|temporaires?|personnels?|wifi|"
    r"wi-fi|d'activation|de connexion|de session|d'entree|"
    r"(?:de |du |d')(?:la |l'|mon |ma )?(?:ordi[a-z]*|pc|portable|session|porte|wifi|alarme|portail|photocopieu[a-z]*|"
    r"copieur|tablette|coffre|telephone)(?: portable)?)|cle (?:wifi|wi-fi|wpa2?|wep|de securite|secrete)|"
    r"question secrete|reponse secrete)"
    r"|(?P<weak>pass|passe|mp|mdc))(?![a-z0-9])"
)
_QUALIFIERS = word_set(
    "provisoire actuel temporaire initial perso personnel wifi nouveau suivant secret academique saisi tape utilise "
    "choisi rentre recu donne envoye communique attribue genere"
)
_FILLER = word_set(
    "donc bien simplement juste en fait genre normalement actuellement maintenant toujours encore plutot peut-etre "
    "surement exactement desormais tout pas plus"
)
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
_PHRASE_END = re.compile(
    r"[.,;!?\n\"]|(?<![a-z])(?:mais|est-ce|et (?:ca|je|j'|elle|il|on|c'|rien|pourtant|toujours)|puis-je|merci|svp)(?![a-z])"
)
_PHRASE_SPOKEN_OF = word_set(
    "trop quoi combien comment bien pas mieux toujours pour plus obligatoire tres aussi encore que quand pourquoi elle "
    "il en dans sur"
)
_PHRASE_SAME = (
    ("la", "meme"),
    ("le", "meme"),
    ("celle", "que"),
    ("celle", "de"),
    ("une", "phrase"),
)
_PHRASE_OPENERS = word_set("le la les un une mon ma mes")
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
_FUNCTIONAL = re.compile(r"(?:d'|qu'|de$|que$|pour$|a$|et$|ou$|en$|avec$|plus$|trop$|assez$|tres$)")
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
_HYPHENED = re.compile(r"[a-z]{3,}(?:[-_][a-z]{3,})+")


def read_announced(reading: Reading, match: re.Match[str], limit: int) -> None:
    """Look for the value after an announcer, up to the next one or the end of the sentence.

    ``link`` tells how the value is tied to the announcer: *direct* (it follows), *explicit*
    (« : »), *copula* (« c’est »), *told* (one of those, then words), *strong* (on the next line),
    or nothing any more.
    """
    view, low = reading.view, reading.view.low
    kind, position = match.lastgroup or "", match.end()
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
            position = _read_quoted(reading, position, link, kind, limit)
            if position < 0:
                return
        elif kind == "phrase" and piece.text == "," and link == "direct":
            link = "copula" if len(_clause(view, position, limit)) >= 3 else ""
        elif (
            piece.name != "word"
            or piece.text in COPULA
            or _is_texted(view, piece, link, words)
            or (piece.text == "ete" and previous == "toujours")
        ):
            linked = _linked(piece, link, kind if match.group() != "pass" else "")
            words = words if linked == link else 0
            link = linked
        elif kind == "phrase" and (
            link in ("explicit", "copula") or _is_told(view, piece.start, limit, link, words)
        ):
            _read_phrase(reading, piece.start, limit)
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
            if told and _is_phrase(view, piece.start, limit, least):
                reading.add(piece.start, _phrase_end(low, piece.start, limit))
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


# ---------------------------------------------------------------- quoted values and phrases


def _read_quoted(reading: Reading, position: int, link: str, kind: str, limit: int) -> int:
    """Mask a quoted value as a whole, unless it is a message of the screen.

    The position to go on from, or -1 when the value was found.
    """
    low = reading.view.low
    close = low.find('"', position, min(position + 80, len(low)))
    if close < 0:
        return position
    inner = low[position:close]
    start = position + len(inner) - len(inner.lstrip())
    end = close - (len(inner) - len(inner.rstrip()))
    words = inner.split()
    if not words or HOLE in inner or start >= limit or link == "strong":
        return close + 1
    if len(words) == 1:
        value = value_at(reading.view, start, end)
        accepted = (value.low.isdigit() and len(value.low) >= 4) or not (
            value.known or impossible(value.low) or value.product or PARTICIPLE.fullmatch(value.raw)
        )
    else:
        said = any(
            (word.strip(".,!?") in NO_VALUE and word not in FUNCTION) or ANNOUNCER.match(word)
            for word in words
        )
        accepted = (kind == "phrase" or len(words) <= 6) and not said
    if not accepted:
        return close + 1
    reading.add(start, end)
    read_more(reading, close + 1, limit, MIXED)
    return -1


def _read_phrase(reading: Reading, start: int, limit: int) -> None:
    """Mask a pass phrase up to the end of the clause, unless the words only speak of it."""
    low, raw = reading.view.low, reading.view.raw
    end = _phrase_end(low, start, limit)
    words = low[start:end].split()
    content = [word for word in words if word not in FUNCTION]
    if not content or len(words) > 14:
        return
    known = sum(word in NO_VALUE for word in content)
    asked = low[end : end + 3].lstrip().startswith("?")
    spoken_of = (
        (words[0] in _PHRASE_SPOKEN_OF and (asked or known or len(content) < 2))
        or tuple(words[:2]) in _PHRASE_SAME
        or PARTICIPLE.fullmatch(raw[start : start + len(words[0])])
    )
    share = 3 if words[0] in NO_VALUE else 2
    if not spoken_of and known * share <= len(content):
        reading.add(start, end)


def _is_told(view: View, start: int, limit: int, link: str, words: int) -> bool:
    """« phrase de passe huit tortues dansent »: three words at once, none that speaks of passwords."""
    if link != "direct" or words:
        return False
    said = view.low[start : _phrase_end(view.low, start, limit)].split()
    return (
        len(said) >= 3
        and not _FUNCTIONAL.match(said[0])
        and not any(word in NO_VALUE or word == "est" for word in said)
    )


def _phrase_end(low: str, start: int, limit: int) -> int:
    stop = _PHRASE_END.search(low, start, limit)
    end = min(stop.start() if stop else len(low), limit)
    hole = low.find(HOLE, start, end)
    end = hole if hole >= 0 else end
    return start + len(low[start:end].rstrip())


def _clause(view: View, start: int, limit: int) -> list[str]:
    """The words up to the end of the clause, none when it ends with the message."""
    end = _phrase_end(view.low, start, limit)
    return view.low[start:end].split() if view.low[end : end + 1] == "," else []


def _is_phrase(view: View, start: int, limit: int, least: int) -> bool:
    """Whether a short sentence follows, of ``least`` words, none of which speaks of passwords."""
    words = view.low[start : _phrase_end(view.low, start, limit)].split()
    if not least <= len(words) <= 8 or words[0] not in _PHRASE_OPENERS:
        return False
    content = [word for word in words if word.rpartition("'")[2] not in FUNCTION]
    return len(content) >= 2 and all(
        word.replace("'", "").isalnum() and word not in NO_VALUE and not is_product(word)
        for word in content
    )


# ---------------------------------------------------------------- before the announcer


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
