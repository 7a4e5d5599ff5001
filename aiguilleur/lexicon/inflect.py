"""Lemmas to inflected forms, and the list of real French words, at build time only.

Reads the lookup tables of spacy-lookups-data; knows nothing of concepts. Nothing is loaded at import.
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from functools import lru_cache
from importlib import resources
from typing import Any

from aiguilleur.lexicon.text import fold

_ENDINGS_ER = [
    "er",
    "e",
    "es",
    "ent",
    "ons",
    "ez",
    "ais",
    "ait",
    "ions",
    "iez",
    "aient",
    "ant",
    "ai",
    "as",
    "a",
    "era",
    "erai",
    "eras",
    "erez",
    "erons",
    "eront",
    "erait",
    "erais",
    "eraient",
]


class Inflector:
    """Expands a lemma to its forms, all folded."""

    def __init__(self) -> None:
        lookup = _table("fr_lemma_lookup")
        verbs = _table("fr_lemma_exc")["verb"]
        index = _table("fr_lemma_index")
        self._verbs: dict[str, set[str]] = defaultdict(set)
        self._others: dict[str, set[str]] = defaultdict(set)
        for form, lemmas in verbs.items():
            for lemma in lemmas:
                self._verbs[fold(lemma)].add(fold(form))
        for form, lemmas in lookup.items():
            for lemma in lemmas:
                self._others[fold(lemma)].add(fold(form))
        words = {fold(word) for word in lookup} | {fold(word) for word in verbs}
        for kind in ("adj", "adv", "noun", "verb"):
            words.update(fold(word) for word in index[kind])
        self.words = frozenset(word for word in words if word.isalpha())

    def forms(self, word: str) -> set[str]:
        """Every folded form of ``word``: conjugations of an infinitive, plural and feminine else."""
        word = fold(word)
        forms = {word}
        if len(word) < 3 or not word.isalpha():
            return forms
        verb = word.endswith(("er", "ir", "re", "oir")) and word in self._verbs
        if verb or word.endswith("er"):
            forms |= self._verbs.get(word, set()) | self._others.get(word, set())
            if word.endswith("er"):
                stem = word[:-2]
                forms |= {stem + ending for ending in _ENDINGS_ER}
            for form in [f for f in forms if f[-1] in "eiut" and not f.endswith(("ait", "ent"))]:
                forms |= {form + "s", form + "e", form + "es"} if form[-1] in "iu" else {form + "s"}
            return {form for form in forms if len(form) > 2}
        if len(word) > 3:
            forms |= {form for form in self._others.get(word, set()) if form[:2] == word[:2]}
        if word.endswith("al"):
            forms |= {word[:-2] + "aux", word + "e", word + "es"}
        elif word.endswith(("eau", "eu")):
            forms.add(word + "x")
        elif word.endswith("eux"):
            forms |= {word[:-1] + "se", word[:-1] + "ses"}
        elif word.endswith("if"):
            forms |= {word[:-1] + "ve", word[:-1] + "ves", word + "s"}
        elif not word.endswith(("s", "x", "z")):
            forms.add(word + "s")
            if word[-1] in "eiutdl" and len(word) > 4:
                forms |= {word + "e", word + "es"}
        elif word.endswith("s"):
            forms |= {word + "e", word + "es"}
        return forms


@lru_cache(maxsize=1)
def inflector() -> Inflector:
    """The one inflector (about a second to build). Raises ModuleNotFoundError without the tables."""
    return Inflector()


@lru_cache(maxsize=3)
def _table(name: str) -> dict[str, Any]:
    path = resources.files("spacy_lookups_data") / "data" / f"{name}.json.gz"
    table: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return table
