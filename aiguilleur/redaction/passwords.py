"""Passwords: announced in a sentence, or evident by their look where one speaks of logging in.

Knows how people write « mon mot de passe c’est … » in French and how they speak of a password
without telling it; the look of a token is judged by ``strength``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from aiguilleur.redaction.strength import EVIDENT, LIKELY, MIXED, STRONG, impossible, strength
from aiguilleur.redaction.text import HOLE, Span, View
from aiguilleur.redaction.words import (
    COMMON,
    EXAMPLE_IDENTIFIERS,
    FRENCH_ENDING,
    FUNCTION,
    KEYBOARD,
    NO_VALUE,
    PARTICIPLE,
    PLACEHOLDER,
    PRODUCT,
)

_ANNOUNCER = re.compile(
    r"(?<![a-z0-9@.])(?:(?P<phrase>phrases?[ _-](?:de[ _-]pass?es?|secrete)|pass-?phrases?)"
    r"|(?P<strong>m[ou]ts?[ _-]{0,2}(?:d[eu]?|2)?[ _-]{0,2}pas(?:s{1,3}e?|e)s?|mdps?|mpd|m\.d\.p\.?|mdpasse|mdpass|"
    r"pass?[ _-]?words?|passwd|pswd|psw|pwd|mots? secrets?|sesame)"
    r"|(?P<access>codes? (?:d'acces|d acces|acces|secrets?|confidentiels?|provisoires?|temporaires?|personnels?|wifi|"
    r"wi-fi|d'activation|de connexion|de session|d'entree)|cle (?:wifi|wi-fi|wpa2?|wep|de securite|secrete)|"
    r"question secrete|reponse secrete)"
    r"|(?P<weak>pass|passe|mp|pw|mdc))(?![a-z0-9])"
)
_ATTEMPT = re.compile(
    r"(?<![a-z])(?:mis|met[st]?|mettre|mettant|mettez|retape[rzs]?|tape[rzs]?|tapant|essaye[rzs]?|essayant|essaie[s]?|"
    r"essais|entree?r?|entrant|rentree?r?|saisi[rst]?e?|saisissant|utilise[rzs]?|utilisant|choisi[rst]?|"
    r"tente[rzs]?|teste[rzs]?|remplac\w{1,6} par|chang\w{1,4} (?:en|par|pour)|modifi\w{1,4} (?:en|par|pour)|"
    r"reinitialis\w{1,4} (?:en|a|avec)|passe[er]? (?:de|a)|marque[rz]?|ecrit|ecris|note|donne|pris|reviens? a|remis)(?![a-z'])"
)
_LOGIN = re.compile(
    r"(?<![a-z])(?:login|logins|log|identifiants?|identifie[rz]?|id|ids|username|user|utilisateur|compte|acces|"
    r"connect\w{1,6}|loguer?|logger|se logger|credentials|codes)(?![a-z])"
)
_OLD_NEW = re.compile(
    r"(?<![a-z])(?:ancien|anciens|nouveau|nouveaux|nouvel|actuel|precedent|vieux|provisoire|initial|temporaire|premier|second|bon)(?![a-z])"
)
_PAIR = re.compile(
    r"(?<![a-z])(?:avec|identifiants?|login|log|id|ids|user|username|utilisateur|compte|acces|codes?)(?![a-z])"
    r"(?: (?:c'est|est|sont|suivants?|de connexion|mail|arena|academiques?))*[ ]?[:=]?[ ]?"
    r"(?P<ident>[a-z][a-z0-9._-]{2,30})(?P<sep>[ ]?[/;,|+&:][ ]?| et | puis | - | )(?P<value>[^\s\ue000]{4,64})"
)
_PAIR_ALONE = re.compile(
    r"[ ]*(?P<ident>[a-z][a-z0-9._-]{2,30})[ ]?[/:;|][ ]?(?P<value>[^\s\ue000]{4,40})[ ]*"
)
_PIECE = re.compile(
    rf"(?P<gap>\s*)(?:(?P<hole>{HOLE}+)|(?P<sep>(?:[:=]+>?|-+>|→|⇒|➡|=>)(?=\S|\s|$))|(?P<quote>\")"
    rf"|(?P<stop>[.;!?]+(?=\s|$))|(?P<soft>[,()/|–-]+(?=\s|$)|[(/|])|(?P<word>[^\s{HOLE}]+))"
)
_TOKEN = re.compile(rf"[^\s{HOLE}]+")
_LEADING = re.compile(r"[\"'(\[{<,;]+")
_TRAILING = re.compile(r"[\"'.,;:?)\]}>]+$")
_APOSTROPHE = re.compile(r"(?:l|d|c|j|m|s|n|t|qu|jusqu|lorsqu|puisqu)'")
_PART = re.compile(r"[a-z0-9@$!_.*#&+=%-]+")
_COPULA = frozenset(
    "c'est cest c c'etait est etait serait sera devient devenu vaut s'appelle etre soit ces c'et s'ecrit".split()
)
_FILLER = frozenset(
    "donc bien simplement juste en fait genre normalement actuellement maintenant".split()
)
_DETERMINERS = frozenset(
    "mon le ton son notre votre leur un ma la ce cet l' ancien nouveau actuel vrai bon vieux mes les au du".split()
)
_BACK_LINK = frozenset("c'est cest est etait serait comme sera voila ces devient = : c".split())
_LINKS = frozenset("et ou puis / , ; | ni & + apres ensuite enfin voire".split())
_PHRASE_END = re.compile(
    r"[.,;!?\n\"]|(?<![a-z])(?:mais|est-ce|et (?:ca|je|j'|elle|il|on|c'|rien|pourtant|toujours)|puis-je|merci|svp)(?![a-z])"
)
_UNIT = re.compile(
    r"[ ]?(?:caracter|chiffr|lettr|fois|jours?|mois|ans?|heures?|h\b|min|sign|essai|tentativ|mo\b|go\b|e\b|er\b|semaine)"
)
_IDENT_WORD = frozenset(
    """identifiant identifiants login compte utilisateur user username uid id pseudo nom salle classe poste ordinateur
    pc machine imprimante ticket reference ref dossier demande reseau ssid modele version erreur error session
    windows office serie commande numero n° port""".split()
)
_REACH = 12


@dataclass
class _Reading:
    """One message being read: its view, what it speaks of, the spans found so far."""

    view: View
    announced: bool = False
    login: bool = False
    attempts: bool = False
    spans: list[Span] = field(default_factory=list)

    def add(self, start: int, end: int) -> None:
        self.spans.append(Span("password", start, end))


@dataclass(frozen=True)
class _Value:
    """A token without the punctuation around it."""

    start: int
    end: int
    raw: str
    low: str
    level: int

    @property
    def word(self) -> str:
        return _APOSTROPHE.sub("", self.low.rstrip("!*$"), count=1)

    @property
    def known(self) -> bool:
        """Whether it is a word of the sentence, a product or a placeholder: never a value."""
        low = self.low.rstrip("!")
        return (
            not low
            or low in FUNCTION
            or low in NO_VALUE
            or self.word in FUNCTION
            or self.word in NO_VALUE
            or low in EXAMPLE_IDENTIFIERS
            or bool(PLACEHOLDER.fullmatch(self.low))
            or self._compound()
        )

    def _compound(self) -> bool:
        parts = re.split(r"[-/']", self.word)
        return len(parts) > 1 and all(
            part in FUNCTION
            or part in NO_VALUE
            or part in {"mdp", "passe"}
            or len(part) < 2
            or PRODUCT.fullmatch(part)
            for part in parts
        )


def find_passwords(view: View) -> list[Span]:
    """Passwords, pass phrases and access codes."""
    low = view.low
    announcers = list(_ANNOUNCER.finditer(low))
    reading = _Reading(
        view,
        announced=any(match.lastgroup != "weak" for match in announcers),
        login=bool(_LOGIN.search(low)),
    )
    attempts = list(_ATTEMPT.finditer(low))
    reading.attempts = bool(attempts)
    for index, match in enumerate(announcers):
        limit = announcers[index + 1].start() if index + 1 < len(announcers) else len(low)
        _read_announced(reading, match, limit)
    if announcers:
        _read_backwards(reading, announcers)
    if announcers or reading.login:
        for match in _PAIR.finditer(low):
            _read_pair(reading, match)
    alone = _PAIR_ALONE.fullmatch(low)
    if alone:
        value = _value(view, *alone.span("value"))
        if value.word in COMMON or value.level >= LIKELY:
            reading.add(value.start, value.end)
    for match in attempts:
        _read_attempt(reading, match.end())
    for match in _OLD_NEW.finditer(low):
        _read_old_new(reading, match.end())
    _read_evident(reading)
    return _clipped(reading.spans)


def _clipped(spans: list[Span]) -> list[Span]:
    """Overlapping spans made one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if merged and span.start < merged[-1].end:
            last = merged.pop()
            span = Span("password", last.start, max(last.end, span.end))
        merged.append(span)
    return merged


def _value(view: View, start: int, end: int) -> _Value:
    low = view.low[start:end]
    head = _LEADING.match(low)
    if head:
        start += head.end()
    tail = _TRAILING.search(low)
    if tail and end - (len(low) - tail.start()) > start:
        end -= len(low) - tail.start()
    low = view.low[start:end]
    elision = _APOSTROPHE.match(low)
    if elision and low[elision.end() :].isalpha():
        start += elision.end()
    raw, low = view.raw[start:end], view.low[start:end]
    return _Value(start, end, raw, low, strength(raw, low))


# ---------------------------------------------------------------- after « mot de passe »


def _read_announced(reading: _Reading, match: re.Match[str], limit: int) -> None:
    """Look for the value after an announcer, up to the next one or the end of the sentence."""
    view, low = reading.view, reading.view.low
    kind = match.lastgroup or ""
    position = match.end()
    labelled = low[match.start() - 1 : match.start()] == '"'
    if labelled and low[position : position + 1] == '"':
        position += 1
    link = "" if labelled or kind in ("weak", "access") else "direct"
    if kind == "weak" and match.group() in ("pass", "mp", "pw") and reading.login:
        link = "direct"
    for _ in range(_REACH):
        piece = _PIECE.match(low, position)
        if not piece or piece.start(piece.lastgroup or 0) >= limit:
            return
        name, start, position = piece.lastgroup, piece.start(piece.lastgroup or 0), piece.end()
        if "\n" in piece.group("gap") and link not in ("explicit", "copula"):
            if link != "direct":
                return
            link = "strong"
        if name == "hole":
            _read_more(reading, position, limit, MIXED)
            return
        if name == "stop":
            if piece.group(name).startswith(("!", "?", ".", ";")) and link != "explicit":
                return
            continue
        if name == "sep":
            link = "explicit"
            continue
        if name == "quote":
            position = _read_quoted(reading, position, link, kind, limit)
            if position < 0:
                return
            continue
        if name == "soft":
            if piece.group(name)[0] in ",/|" and link == "direct":
                link = ""
            continue
        if piece.group(name) in _COPULA:
            link = "copula" if kind != "weak" or piece.group(name) != "c" else link
            continue
        if kind == "phrase" and link in ("explicit", "copula"):
            _read_phrase(reading, start, limit)
            return
        value = _value(view, start, position)
        if _accepts(reading, value, link, kind):
            reading.add(value.start, value.end)
            floor = LIKELY if link == "" else MIXED
            _read_more(reading, value.end, limit, floor, words=link == "explicit")
            return
        if link == "explicit" and _is_phrase(view, start, limit):
            reading.add(start, _phrase_end(low, start, limit))
            return
        link = _after_refusal(value, link)


def _after_refusal(value: _Value, link: str) -> str:
    """What still can announce a value once a word was not one."""
    if link in ("explicit", "copula"):
        return link if value.low in _FILLER else "told"
    if link == "direct" and value.low in {
        "provisoire", "actuel", "temporaire", "initial", "perso", "personnel", "wifi", "nouveau", "suivant", "secret",
    }:  # fmt: skip
        return "direct"
    return "" if link == "direct" else link


def _accepts(reading: _Reading, value: _Value, link: str, kind: str) -> bool:
    low, after = value.low, reading.view.low[value.end : value.end + 14]
    if value.known or len(low) < 2:
        return False
    if low.isdigit():
        return _digits_accepted(low, after, link)
    if impossible(low):
        return False
    if PRODUCT.fullmatch(low):
        return link == "explicit" and sum(c.isdigit() for c in low) >= 2
    if value.level >= LIKELY:
        return True
    if link in ("", "told", "strong"):
        return value.level >= MIXED and link != ""
    has_digit = any(c.isdigit() for c in low)
    if link == "explicit":
        return has_digit or not PARTICIPLE.fullmatch(value.raw)
    if link == "copula":
        return has_digit or not (PARTICIPLE.fullmatch(value.raw) or _is_adverbial(value))
    if kind == "access":
        return has_digit
    return has_digit and not _looks_like_class(low) or _plain_direct(reading, value)


def _digits_accepted(low: str, after: str, link: str) -> bool:
    if _UNIT.match(after) or len(low) < 4:
        return False
    if link in ("explicit", "copula"):
        return True
    year = len(low) == 4 and low[:2] in ("19", "20")
    return link == "direct" and not year


def _is_adverbial(value: _Value) -> bool:
    return bool(re.fullmatch(r".*(?:ment|ants?|antes?)", value.low)) and value.low not in COMMON


def _looks_like_class(low: str) -> bool:
    return bool(re.fullmatch(r"[a-z]{1,3}[0-9]|[0-9][a-z]{1,3}", low))


def _plain_direct(reading: _Reading, value: _Value) -> bool:
    """« mot de passe azerty »: a bare word right after, that is not one of the sentence."""
    word = value.low.rstrip("!")
    if word in COMMON:
        return True
    if not value.raw.isascii() or not re.fullmatch(r"[a-z@$]+", word) or len(word) < 4:
        return False
    return not FRENCH_ENDING.fullmatch(word)


def _read_quoted(reading: _Reading, position: int, link: str, kind: str, limit: int) -> int:
    """A quoted value: masked as a whole unless it is a message of the screen. Next position, or -1."""
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
    value = _value(reading.view, start, end)
    if len(words) == 1:
        accepted = (
            not value.known and not impossible(value.low) and not PRODUCT.fullmatch(value.low)
        )
        accepted = accepted and not PARTICIPLE.fullmatch(value.raw)
    else:
        said = sum(
            word.strip(".,!?") in NO_VALUE or _ANNOUNCER.match(word) is not None for word in words
        )
        accepted = (kind == "phrase" or len(words) <= 6) and not said
    if not accepted:
        return close + 1
    reading.add(start, end)
    _read_more(reading, close + 1, limit, MIXED)
    return -1


def _read_phrase(reading: _Reading, start: int, limit: int) -> None:
    """A pass phrase, up to the end of the clause, unless the words only speak of it."""
    low = reading.view.low
    end = _phrase_end(low, start, limit)
    words = low[start:end].split()
    content = [word for word in words if word not in FUNCTION]
    if not words or not content or len(words) > 14:
        return
    spoken = words[0] in NO_VALUE or words[0] in {
        "trop", "quoi", "combien", "comment", "bien", "pas", "mieux", "toujours", "pour", "plus", "obligatoire",
        "tres", "aussi", "encore", "que", "quand", "pourquoi", "elle", "il", "en", "dans", "sur",
    } or words[:2] in (["la", "meme"], ["le", "meme"], ["celle", "que"], ["celle", "de"], ["une", "phrase"])  # fmt: skip
    known = sum(word in NO_VALUE for word in content)
    if (
        not spoken
        and known <= len(content) / 2
        and not PARTICIPLE.fullmatch(reading.view.raw[start : start + len(words[0])])
    ):
        reading.add(start, end)


def _phrase_end(low: str, start: int, limit: int) -> int:
    stop = _PHRASE_END.search(low, start)
    end = min(stop.start() if stop else len(low), limit)
    hole = low.find(HOLE, start, end)
    end = hole if hole >= 0 else end
    return start + len(low[start:end].rstrip())


def _is_phrase(view: View, start: int, limit: int) -> bool:
    """Whether « : » is followed by a short sentence none of whose words speaks of passwords."""
    low = view.low
    end = _phrase_end(low, start, limit)
    words = low[start:end].split()
    if (
        not 3 <= len(words) <= 8
        or "'" in words[0]
        or words[0] not in {"le", "la", "les", "un", "une", "mon", "ma", "mes"}
    ):
        return False
    content = [word for word in words if word not in FUNCTION]
    return len(content) >= 2 and not any(
        word in NO_VALUE or PRODUCT.fullmatch(word) or "'" in word or not word.isalpha()
        for word in content
    )


def _read_more(
    reading: _Reading, position: int, limit: int, floor: int, *, words: bool = False
) -> None:
    """Values that follow a value: « X ou Y », « X 2023 », « X, Y, Z »."""
    view, low = reading.view, reading.view.low
    misses = 0
    linked = False
    for _ in range(_REACH):
        piece = _PIECE.match(low, position)
        if not piece or piece.lastgroup is None or "\n" in piece.group("gap"):
            return
        name, start, position = piece.lastgroup, piece.start(piece.lastgroup), piece.end()
        if start >= limit or name == "stop":
            return
        text = piece.group(name)
        if name != "word" or text in _LINKS:
            linked = True
            continue
        value = _value(view, start, position)
        digits = value.low.isdigit() and 2 <= len(value.low) <= 8 and not linked and not misses
        if digits and not _UNIT.match(low, value.end):
            reading.add(value.start, value.end)
        elif value.level >= floor and not value.known and not PRODUCT.fullmatch(value.low):
            reading.add(value.start, value.end)
        elif words and not linked and not misses and _is_loose_word(value):
            reading.add(value.start, value.end)
        else:
            misses += 1
            words = False
            if misses > 3:
                return
        linked = False
        if text[-1] in ".;!?":
            return


def _is_loose_word(value: _Value) -> bool:
    return (
        value.low.isalpha()
        and value.raw.isascii()
        and not value.known
        and not PRODUCT.fullmatch(value.low)
        and not FRENCH_ENDING.fullmatch(value.low)
    )


# ---------------------------------------------------------------- before « mot de passe »


def _read_backwards(reading: _Reading, announcers: list[re.Match[str]]) -> None:
    """« X c’est mon mot de passe », « X comme mot de passe », « X en mot de passe »."""
    view = reading.view
    tokens = [match.span() for match in _TOKEN.finditer(view.low)]
    starts = [start for start, _ in tokens]
    for match in announcers:
        if match.lastgroup == "weak":
            continue
        index = bisect_right(starts, match.start()) - 1
        if index < 0 or tokens[index][0] != match.start():
            if index < 0 or view.low[tokens[index][0] : match.start()].strip("(\"'") not in (
                "",
                "l",
                "d",
            ):
                continue
        index -= 1
        steps = 0
        while index >= 0 and steps < 3 and _token(view, tokens[index]) in _DETERMINERS:
            index, steps = index - 1, steps + 1
        link = _token(view, tokens[index]) if index >= 0 else ""
        if index < 1 or not (link in _BACK_LINK or link == "en" and steps == 0):
            continue
        value = _value(view, *tokens[index - 1])
        between = view.low[value.end : tokens[index][0]]
        if "." in between or "?" in between or HOLE in view.low[value.end : match.start()]:
            continue
        if _accepts_backwards(value, link, tokens, index - 1, view):
            reading.add(value.start, value.end)


def _accepts_backwards(
    value: _Value, link: str, tokens: list[tuple[int, int]], index: int, view: View
) -> bool:
    if value.known or PRODUCT.fullmatch(value.low) or impossible(value.low) or len(value.low) < 3:
        return False
    if value.low.isdigit():
        return len(value.low) >= 4
    if value.level >= MIXED or value.word in COMMON:
        return True
    quoted = view.low[value.start - 1 : value.start] == '"'
    before = _token(view, tokens[index - 1]) if index else ""
    if PARTICIPLE.fullmatch(value.raw) or "'" in value.low:
        return quoted
    return quoted or index == 0 or bool(_ATTEMPT.fullmatch(before))


def _token(view: View, span: tuple[int, int]) -> str:
    return view.low[span[0] : span[1]].strip('",()')


# ---------------------------------------------------------------- without « mot de passe »


def _read_pair(reading: _Reading, match: re.Match[str]) -> None:
    """« avec jdupont et X », « identifiants jdupont / X »."""
    value = _value(reading.view, *match.span("value"))
    ident, sep = match.group("ident"), match.group("sep")
    if ident in FUNCTION or value.known or impossible(value.low) or PRODUCT.fullmatch(value.low):
        return
    if ident in NO_VALUE or PRODUCT.fullmatch(ident):
        return
    spaced = sep.strip() in ("", ",", "-")
    if value.level >= LIKELY or value.level == MIXED and not spaced and sep.strip() != "et":
        reading.add(value.start, value.end)
    elif value.low.isdigit():
        if len(value.low) >= 4 and sep.strip() in ("/", ":", "|", ";"):
            reading.add(value.start, value.end)
    elif value.word in COMMON or sep.strip() in ("/", "|") and _is_loose_word(value):
        reading.add(value.start, value.end)


def _read_attempt(reading: _Reading, position: int) -> None:
    """« j’ai mis X », « je tape X », « changé en X »: the first words after the verb."""
    low = reading.view.low
    floor = MIXED if reading.announced else LIKELY
    for step in range(6):
        piece = _PIECE.match(low, position)
        if not piece or piece.lastgroup in (None, "stop", "hole") or "\n" in piece.group("gap"):
            return
        name, start, position = (
            piece.lastgroup or "",
            piece.start(piece.lastgroup or ""),
            piece.end(),
        )
        if name != "word":
            continue
        value = _value(reading.view, start, position)
        if value.low in _IDENT_WORD:
            return
        first = step == 0 or name == "word" and low[start - 1] == '"'
        if value.known or impossible(value.low) or PRODUCT.fullmatch(value.low):
            continue
        common = value.word in KEYBOARD or value.word in COMMON and reading.announced
        if value.level >= floor or first and common:
            reading.add(value.start, value.end)
            floor = min(floor, MIXED) if reading.announced else LIKELY


def _read_old_new(reading: _Reading, position: int) -> None:
    """« mon ancien X et le nouveau Y », « le nouveau c’est X »."""
    low = reading.view.low
    linked = False
    for _ in range(3):
        piece = _PIECE.match(low, position)
        if not piece or piece.lastgroup in (None, "stop", "hole", "soft"):
            return
        name, start, position = (
            piece.lastgroup or "",
            piece.start(piece.lastgroup or ""),
            piece.end(),
        )
        if name == "sep" or piece.group(name) in _COPULA:
            linked = True
            continue
        if name == "quote":
            continue
        value = _value(reading.view, start, position)
        if value.known or impossible(value.low) or PRODUCT.fullmatch(value.low):
            return
        if value.level >= MIXED or value.word in COMMON and (linked or reading.announced):
            reading.add(value.start, value.end)
        elif linked and reading.announced and value.raw.isascii() and len(value.low) >= 4:
            if not PARTICIPLE.fullmatch(value.raw) and not _is_adverbial(value):
                reading.add(value.start, value.end)
        return


def _read_evident(reading: _Reading) -> None:
    """Tokens that give themselves away, the more easily as the message speaks of logging in."""
    view = reading.view
    previous = ""
    context = reading.announced or reading.attempts
    for match in _TOKEN.finditer(view.low):
        text = match.group()
        if any(c in "0123456789@$€£§^~%!" for c in text) and len(text) > 3:
            value = _value(view, *match.span())
            level = value.level
            named = previous in _IDENT_WORD
            digits = sum(c.isdigit() for c in value.low)
            if (
                level == EVIDENT
                or level == STRONG
                and not named
                and (context or reading.login or len(value.low) >= 8 and digits >= 2)
                or level == LIKELY
                and context
                and not named
            ):
                reading.add(value.start, value.end)
        word = text.strip('":,;()=')
        if word and word not in _COPULA:
            previous = word
