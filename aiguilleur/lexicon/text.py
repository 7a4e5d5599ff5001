"""Raw text to plain words: Unicode, accents, apostrophes, repeated letters, marks of clauses.

Knows the French language's spelling, nothing of the concepts nor of the file they come from.
"""

from __future__ import annotations

import re
import unicodedata

EMAIL, URL, SENTENCE, COMMA, QUESTION = "_email_", "_url_", ".", ",", "?"
NEGATORS = frozenset(
    {"pas", "plus", "jamais", "rien", "aucun", "aucune", "sans", "ni", "impossible"}
)
STOPS = frozenset({SENTENCE, COMMA, QUESTION})

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w|\b\w+\.\w+@|[\w.-]*@ac-?\w*", re.UNICODE)
_URL = re.compile(r"https?://\S+|\bwww\.\S+")
_COMPOUND = re.compile(r"\b(e)-(mails?|mel)\b|\b(aujourd)'(hui)\b|\b(i)-(prof|phone|pad|cloud)\b")
_TOKEN = re.compile(
    r"_email_|_url_|[^\W\d_]{4,}\d{1,2}\b|\d+(?:[.,:h]\d+)*|[^\W\d_]+'?|\w+|[\U0001F300-\U0001FAFF\u2600-\u27BF]"
    r"|[?!.;:\n,()\"«»]+"
)
_SPOKEN = re.compile(r"\b(cé|sé|cè|jé|mé|mè|lé)\b", re.IGNORECASE)
_SPOKEN_AS = {
    "cé": "c'est",
    "sé": "c'est",
    "cè": "c'est",
    "jé": "j'ai",
    "mé": "mais",
    "mè": "mais",
    "lé": "les",
}
_SPELLED = re.compile(r"\b(?:[a-z]\.){3,}[a-z]?(?![a-z])")
_CODE = re.compile(r"\b0x[0-9a-f]{3,}\b")
_REPEATED = re.compile(r"([a-z])\1{2,}")
_VOWELS = frozenset("aeiouyh")
_ELIDED = frozenset("jcdlmnst")


def fold(text: str) -> str:
    """``text`` in NFKC, lower case, without accents, straight apostrophes."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).casefold()
    text = unicodedata.normalize("NFD", text.translate(_LIGATURES))
    return "".join(c for c in text if unicodedata.category(c) != "Mn").translate(_APOSTROPHES)


def split(text: str) -> list[str]:
    """The words of ``text``, folded; clause marks become ``.``, ``,`` or ``?``.

    An elided word loses its apostrophe (« j'ai » gives ``j``, ``ai``) and ends with ``'`` until
    :func:`settle` has run, so that a lone letter can be told from an elision.
    """
    text = _SPOKEN.sub(lambda m: _SPOKEN_AS[m[1].lower()], text)
    folded = _URL.sub(" _url_ ", fold(text))
    folded = _EMAIL.sub(" _email_ ", folded).replace("%", " pourcent ")
    folded = _SPELLED.sub(lambda m: m[0].replace(".", ""), folded)
    folded = _CODE.sub(" erreurlogiciel ", folded).replace("a+", "a plus")
    folded = _COMPOUND.sub(lambda m: "".join(g for g in m.groups() if g), folded)
    tokens: list[str] = []
    for piece in _TOKEN.findall(folded):
        first = piece[0]
        if first.isalnum() or first == "_":
            tokens.append(_REPEATED.sub(r"\1\1", piece))
        elif first in '?!.;:\n,()"«»':
            mark = QUESTION if "?" in piece else COMMA if piece[0] in ',:()"«»' else SENTENCE
            tokens.append(mark)
        else:
            tokens.append(piece)
    return settle(tokens)


def settle(tokens: list[str]) -> list[str]:
    """Lone elision letters followed by a vowel (« l ai », « d acc ») are marked as elided."""
    for index, token in enumerate(tokens[:-1]):
        if len(token) == 1 and token in _ELIDED and tokens[index + 1][0] in _VOWELS:
            tokens[index] = token + "'"
    return tokens


def sound(word: str) -> str:
    """A rough key of how a folded French word sounds; close spellings share it."""
    key = word.replace("qu", "k").replace("ph", "f").replace("eau", "o").replace("au", "o")
    key = re.sub(r"c(?=[eiy])", "s", key).replace("ch", "ʃ").replace("c", "k")
    key = re.sub(r"(ss|sc)", "s", key).replace("ai", "e").replace("ei", "e").replace("y", "i")
    key = re.sub(r"(.)\1+", r"\1", key.replace("h", "").replace("z", "s"))
    return re.sub(r"(e?r|e?s|es|ent|ez|et|e|t|x|d)$", "", key) if len(key) > 4 else key
