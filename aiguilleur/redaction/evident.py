"""Passwords that nothing announces: typed, tried, paired with an identifier, or plain to see.

Knows the words around a log-in and an attempt; a token is judged by ``reading`` and ``strength``.
"""

from __future__ import annotations

import re

from aiguilleur.redaction.announced import is_adverbial
from aiguilleur.redaction.reading import (
    COPULA,
    TOKEN,
    Reading,
    Value,
    ends_clause,
    is_count,
    is_loose_word,
    next_piece,
    value_at,
)
from aiguilleur.redaction.strength import EVIDENT, LIKELY, MIXED, STRONG, impossible
from aiguilleur.redaction.text import View
from aiguilleur.redaction.words import (
    COMMON,
    FUNCTION,
    KEYBOARD,
    NO_VALUE,
    OWNERS,
    PARTICIPLE,
    is_product,
    word_set,
)

LOGIN = re.compile(
    r"\b(?:login|logins|log|identifiants?|identifie[rz]?|id|ids|username|user|utilisateur|compte|acces|"
    r"connect\w{1,6}|loguer?|logger|credentials|codes)(?![a-z])"
)
OLD_NEW = re.compile(
    r"\b(?:ancien|anciens|nouveau|nouveaux|nouvel|actuel|precedent|vieux|provisoire|initial|temporaire|premier|second|bon)(?![a-z])"
)
_PAIR = re.compile(
    r"\b(?:avec|identifiants?|login|log|id|ids|user|username|utilisateur|compte|acces|codes?)(?![a-z])"
    r"(?: (?:c'est|est|sont|suivants?|de connexion|mail|arena|academiques?)){0,4}[ ]?[:=]?[ ]?"
    r"(?P<ident>[a-z][a-z0-9._-]{2,30})(?P<sep>[ ]?[/;,|+&:][ ]?| et | puis | - | )(?P<value>[^\s\ue000]{4,64})"
)
_SLASHED = re.compile(
    r"\b(?P<ident>[a-z][a-z0-9._-]{2,30})(?P<sep>[ ]?/[ ]?)(?P<value>[a-z0-9@][^\s/\ue000]{4,40})(?!/)"
)
_IDENTIFIED = re.compile(
    r"[ ]?(?:et|puis|avec|plus|\+|,|/)[ ](?:mon|le|son|un|ce|leur)[ ](?:bon |nouveau |vrai )?(?:mots? de passe|mdp|pass)"
)
_PAIR_ALONE = re.compile(
    r"[ ]*(?P<ident>[a-z][a-z0-9._-]{2,30})[ ]?[/:;|][ ]?(?P<value>[^\s\ue000]{4,40})[ ]*"
)
_NAMED = word_set(
    """
identifiant identifiants login compte utilisateur user username uid id pseudo nom salle classe poste ordinateur pc
machine imprimante ticket reference ref dossier demande reseau ssid modele version erreur error session windows office
serie commande numero n° port
"""
)
_MONTHS = word_set(
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre classe ligne ville france"
)
_REFUSAL = re.compile(
    r"(?:march\w*|pass\w*|fonction\w*|veu[tx]|accept\w*|connect\w*|rentr\w*) (?:tjrs |toujours |plus |jamais )?(?:pas?|plu?s?)(?![a-z])"
    r"|refus|bloqu|incor+ect|invalide|erreur|echec|faux|(?:et|mais) rien(?![a-z])|redemande|coince|deconne|plant|bug"
)
_INNER_SIGN = re.compile(r"[!@$&*#%]")
_AGAIN = word_set("avec puis ou et sinon")
_TYPED = re.compile(r"(?:re)?(?:tape|sais|met|mis|entr|ecri|essa|utilis|choisi)|rentr")
_WORD = r"[^\s\ue000,;]{3,64}"
_CHANGED = re.compile(
    r"(?<![a-z])(?:chang|remplac|modifi|reinit|mis|passe)[a-z]{0,8} (?:[a-z']{1,10} ){0,3}"
    rf"(?:mots? de passe|mdp|passe?|password|code)(?: [a-z]{{3,12}})? (?:pour|par|en|avec) (?P<value>{_WORD})"
)
_BECAME = re.compile(
    r"(?:mots? de passe|mdp|password)[a-z' ]{0,25}?(?:change|modifie|passe|remplace|reinitialise|remis)[a-z]{0,2} "
    rf"(?:en|a|par|pour|de) (?P<value>{_WORD})(?: a (?P<second>{_WORD}))?"
    rf"|(?:remet|met|repass|reinitialis|fix)[a-z]{{1,4}} (?:mon|le|son) (?:mot de passe|mdp) (?:a|en|sur) (?P<third>{_WORD})"
)
_SUBJECT = re.compile(
    rf"(?:^|[.!?;,\n] ?|(?<![a-z])(?:que|si|pourtant|bonjour,?) )\"?(?P<value>{_WORD})\"?,? "
    r"(?=(?:\(|ca |est|n'est|c'est|cest|etait|n'etait|serait|marche|ne marche|fonctionne|refuse|va |irait|voila|voici|passe)"
    r"(?:[^.;!?\n]{0,30} )??(?:comme|un|mon|ton|\(|le)(?: (?:bon|mauvais|vieux|ancien|nouveau))?[ (]{0,2}(?:mots? de passe|mdp)(?![a-z]))"
    r"(?!(?:refuse|passe) (?:mon|le|un|ton))"
)
_CORRECTED = re.compile(
    rf"(?<![a-z])(?:pas|non) (?:du tout )?\"?(?P<one>{_WORD}?)\"?,? mais (?:plutot |bien |c'est )?\"?(?P<two>{_WORD})"
)
_RATHER = re.compile(
    rf"(?<!\S)\"?(?P<one>{_WORD}?)\"?,? (?:et non|et pas|pas|non|au lieu de|plutot que) (?:pas )?\"?(?P<two>{_WORD})"
)
_SIGN = re.compile(r"[0-9@$€£§^~%!]")


def read_pairs(reading: Reading) -> None:
    """« avec jdupont et X », « identifiants jdupont / X »."""
    if not (reading.announced or reading.login):
        return
    for match in (*_PAIR.finditer(reading.view.low), *_SLASHED.finditer(reading.view.low)):
        value = value_at(reading.view, *match.span("value"))
        ident, sep = match.group("ident"), match.group("sep").strip()
        if ident in FUNCTION or ident in NO_VALUE or is_product(ident):
            continue
        if value.low.isdigit():
            accepted = len(value.low) >= 4 and sep in ("/", ":", "|", ";")
        elif value.known or value.product or impossible(value.low) or value.low[:4] == ident[:4]:
            continue
        else:
            accepted = (
                value.level >= LIKELY
                or (
                    value.level == MIXED
                    and (sep not in ("", ",", "-", "et") or _digits(value) >= 2)
                )
                or value.word in COMMON
                or (sep in ("/", "|") and is_loose_word(value))
                or (
                    sep == "et"
                    and match.group().startswith(("identifiants", "codes", "ids"))
                    and is_loose_word(value)
                    and ends_clause(reading.view.low, value.end)
                )
            )
        if accepted:
            reading.add(value.start, value.end)


def _digits(value: Value) -> int:
    return sum(map(str.isdigit, value.low))


def read_pair_alone(reading: Reading) -> None:
    """A message that is nothing but « jdupont / X »."""
    match = _PAIR_ALONE.fullmatch(reading.view.low) if len(reading.view.low) < 90 else None
    if match:
        value = value_at(reading.view, *match.span("value"))
        capital = value.level == MIXED and value.raw != value.low
        if match.group("value").startswith("//"):
            return
        if value.word in COMMON or value.level >= LIKELY or capital:
            reading.add(value.start, value.end)


def read_attempt(reading: Reading, match: re.Match[str], limit: int) -> None:
    """« j’ai mis X », « je tape X », « changé en X »: the first words after the verb."""
    low, position = reading.view.low, match.end()
    floor = MIXED if reading.announced else LIKELY
    typed = reading.announced and bool(_TYPED.match(match.group()))
    reach = -1
    for step in range(6):
        piece = next_piece(low, position)
        if not piece or piece.name in ("stop", "hole") or piece.newline or piece.start >= limit:
            return
        position = piece.end
        if piece.name != "word":
            continue
        value = value_at(reading.view, piece.start, piece.end)
        if value.low in _NAMED:
            return
        first = step == 0 or low[piece.start - 1] == '"'
        first = first or step <= reach
        if first and typed and _is_typed(low, value):
            reading.add(value.start, value.end)
            reach = step + 2
            continue
        if first and piece.text in _AGAIN:
            reach = step + 1
        if value.known or value.product or impossible(value.low):
            continue
        common = value.word in KEYBOARD or (reading.announced and value.word in COMMON)
        if _IDENTIFIED.match(low, value.end) and value.level < STRONG:
            continue
        signed = first and value.level == MIXED and bool(_INNER_SIGN.search(value.raw[1:-1]))
        refused = step == 0 and value.level == MIXED and not reading.login and _digits(value) >= 2
        if (
            value.level >= floor
            or (first and common)
            or signed
            or (refused and _is_refused(low, value.end))
        ):
            reading.add(value.start, value.end)


def _is_refused(low: str, position: int) -> bool:
    """Whether what was typed did not work: the message says so just after."""
    return bool(_REFUSAL.search(low, position, position + 60))


def _is_typed(low: str, value: Value) -> bool:
    """Whether a plain word or a number right after « je tape » is what was typed as a password."""
    if not ends_clause(low, value.end) or _IDENTIFIED.match(low, value.end):
        return False
    if value.low.isdigit():
        return len(value.low) >= 4 and not is_count(low, value.end)
    return len(value.low) >= 4 and not impossible(value.low) and is_loose_word(value)


def read_changed(reading: Reading) -> None:
    """« changé mon mot de passe pour X », « remplacé mon mdp par X »."""
    view = reading.view
    places = [match.span("value") for match in _CHANGED.finditer(view.low)]
    for match in _BECAME.finditer(view.low):
        places += [match.span(name) for name in ("value", "second", "third") if match[name]]
    for place in places:
        value = value_at(view, *place)
        if value.low.isdigit():
            accepted = len(value.low) >= 5 and not is_count(view.low, value.end)
        elif value.known or value.product or impossible(value.low) or value.low in _MONTHS:
            accepted = False
        else:
            plain = (
                len(value.low) >= 4 and is_loose_word(value) and ends_clause(view.low, value.end)
            )
            accepted = value.level >= MIXED or plain
        if accepted:
            reading.add(value.start, value.end)


def read_subjects(reading: Reading) -> None:
    """« X est-il un bon mot de passe ? »: French puts an article before a noun, none before a password."""
    view = reading.view
    for match in _SUBJECT.finditer(view.low):
        value = value_at(view, *match.span("value"))
        if _is_correction(value) and value.start == match.start("value"):
            reading.add(value.start, value.end)


def read_corrections(reading: Reading) -> None:
    """« pas X mais Y », « Y et pas X »: what is corrected and what corrects it."""
    view = reading.view
    for match in _CORRECTED.finditer(view.low):
        values = [value_at(view, *match.span(name)) for name in ("one", "two")]
        if all(_is_correction(value) for value in values):
            for value in values:
                reading.add(value.start, value.end)
    for match in _RATHER.finditer(view.low):
        one, two = (value_at(view, *match.span(name)) for name in ("one", "two"))
        if _is_correction(one) and _is_correction(two) and max(one.level, two.level) >= MIXED:
            reading.add(one.start, one.end)
            reading.add(two.start, two.end)


def _is_correction(value: Value) -> bool:
    if value.known or value.product or len(value.low) < 3:
        return False
    if value.low.isdigit():
        return len(value.low) >= 4
    return not impossible(value.low) and (value.level >= MIXED or is_loose_word(value))


def read_old_new(reading: Reading, adjectives: list[re.Match[str]]) -> None:
    """« mon ancien X et le nouveau Y », « le nouveau c’est X »."""
    for match in adjectives:
        _read_after_adjective(reading, match.end())


def _read_after_adjective(reading: Reading, position: int) -> None:
    low, linked = reading.view.low, False
    floor = LIKELY if reading.login and not reading.announced else MIXED
    for _ in range(3):
        piece = next_piece(low, position)
        if not piece or piece.name in ("stop", "hole", "soft"):
            return
        position = piece.end
        if piece.name == "quote":
            continue
        if piece.name == "sep" or piece.text in COPULA:
            linked = True
            continue
        value = value_at(reading.view, piece.start, piece.end)
        if value.known or value.product or impossible(value.low):
            return
        plain = (
            linked
            and reading.announced
            and value.raw.isascii()
            and len(value.low) >= 4
            and not PARTICIPLE.fullmatch(value.raw)
            and not is_adverbial(value)
        )
        common = value.word in COMMON and (linked or reading.announced)
        if value.level >= floor or common or plain:
            reading.add(value.start, value.end)
        return


def read_evident(reading: Reading) -> None:
    """Tokens that give themselves away, the more easily as the message speaks of logging in."""
    view = reading.view
    if not _SIGN.search(view.low):
        return
    context = reading.announced or reading.attempts
    spans: list[tuple[int, int]] = []
    for match in TOKEN.finditer(view.low):
        spans.append(match.span())
        text = match.group()
        if len(text) < 4 or not _SIGN.search(text):
            continue
        value = value_at(view, *match.span())
        level = value.level
        if level < STRONG and _IDENTIFIED.match(view.low, value.end):
            continue
        if level == MIXED and reading.announced and _digits(value) >= 2 and len(value.low) >= 7:
            if value.raw != value.low or _previous_word(view, spans) not in OWNERS | _NAMED:
                reading.add(value.start, value.end)
            continue
        quoted = (
            view.low[value.start - 1 : value.start] == '"' == view.low[value.end : value.end + 1]
        )
        if (
            level >= MIXED
            and quoted
            and value.raw != value.low
            and _is_refused(view.low, value.end)
        ):
            reading.add(value.start, value.end)
        if level < LIKELY:
            continue
        if level < EVIDENT:
            long = len(value.low) >= 8 and (_digits(value) >= 2 or text == view.low.strip())
            spoken_of = context or (level == STRONG and (reading.login or long))
            if not spoken_of or _previous_word(view, spans) in _NAMED:
                continue
        reading.add(value.start, value.end)


def _previous_word(view: View, spans: list[tuple[int, int]]) -> str:
    """The word before the last token, links such as « est » and « : » left out."""
    for start, end in reversed(spans[-4:-1]):
        word = view.low[start:end].strip('":,;()=')
        if word and word not in COPULA:
            return word
    return ""
