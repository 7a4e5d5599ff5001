"""``lexicon.yml`` as a person wrote it: read, checked, and refused with the entry and the remedy.

Knows the shape of the file; neither spelling nor matching.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from aiguilleur.errors import LexiconError

PLACES = ("words", "start", "whole", "short")
NEGATIONS = ("none", "swap", "both")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PLAIN = re.compile(r"=?\w+")
_RASA_KEYS = re.compile(r"^\s*(nlu|rules|stories|responses):", re.MULTILINE)
_SECTIONS = {
    "corrections",
    "light",
    "fillers",
    "not_negated",
    "concepts",
    "frames",
    "frames_anywhere",
}
_CONCEPT_KEYS = {"about", "negation", *PLACES}


@dataclass(frozen=True)
class Concept:
    """One entry: ``patterns`` maps where a phrase counts to the phrases, alternatives expanded."""

    name: str
    negation: str
    patterns: dict[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Frame:
    """Concepts that say something together: ``wanted`` all present, ``unwanted`` all absent."""

    name: str
    wanted: frozenset[str]
    unwanted: frozenset[str]
    anywhere: bool


@dataclass(frozen=True)
class Source:
    corrections: dict[str, tuple[str, ...]]
    light: frozenset[str]
    fillers: tuple[tuple[str, ...], ...]
    not_negated: frozenset[str]
    concepts: tuple[Concept, ...]
    frames: tuple[Frame, ...]


def names(source: Source) -> frozenset[str]:
    """Every name that a reading may give: concepts, their negations, frames."""
    concepts = {concept.name for concept in source.concepts}
    negated = {f"not_{concept.name}" for concept in source.concepts if concept.negation != "none"}
    return frozenset(concepts | negated | {frame.name for frame in source.frames})


class _Loader(yaml.SafeLoader):
    """Refuses an entry written twice, which YAML would silently drop; every value stays a text."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    seen: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in seen:
            raise _error(
                f"« {key} » est écrit deux fois (ligne {key_node.start_mark.line + 1}).",
                "Réunissez les deux entrées en une seule.",
            )
        seen[key] = loader.construct_object(value_node, deep=True)
    return seen


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.yaml_implicit_resolvers = {}


def _error(message: str, remedy: str, name: str = "lexicon.yml") -> LexiconError:
    return LexiconError(f"{name}\u00a0: {message}", remedy)


def read_source(path: Path) -> Source:
    """The checked content of the lexicon file at ``path``. Raises :class:`LexiconError`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _error(
            f"fichier illisible ({error}).",
            "Vérifiez qu’il existe et qu’il est en UTF-8.",
            path.name,
        ) from error
    if found := _RASA_KEYS.search(text):
        line = text.count("\n", 0, found.start(1)) + 1
        raise _error(
            f"la ligne {line} commence par « {found[1]}: », que Rasa prendrait pour des données "
            "d’entraînement.",
            "Choisissez un autre nom.",
            path.name,
        )
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader subclass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"ligne {mark.line + 1}, " if mark else ""
        raise _error(
            f"{where}la mise en forme YAML est incorrecte ({getattr(error, 'problem', error)}).",
            "Vérifiez l’alignement, les guillemets et les virgules autour de cette ligne.",
            path.name,
        ) from error
    if not isinstance(data, dict):
        raise _error("le fichier est vide.", "Remettez la dernière version valable.", path.name)
    for section in data:
        if section not in _SECTIONS:
            raise _error(
                f"partie « {section} » inconnue.",
                f"Les parties possibles sont\u00a0: {', '.join(sorted(_SECTIONS))}.",
                path.name,
            )
    concepts = tuple(
        _concept(name, entry, path.name) for name, entry in _dict(data, "concepts", path).items()
    )
    if not concepts:
        raise _error("aucun concept.", "Remplissez la partie « concepts ».", path.name)
    names = {concept.name for concept in concepts}
    negated = {f"not_{concept.name}" for concept in concepts if concept.negation != "none"}
    frames = _frames(_dict(data, "frames", path), False, names | negated, path.name)
    made = {frame.name for frame in frames}
    frames += _frames(_dict(data, "frames_anywhere", path), True, names | negated | made, path.name)
    return Source(
        corrections={
            word: tuple(str(words).split())
            for word, words in _dict(data, "corrections", path).items()
        },
        light=frozenset(_list(data, "light", path)),
        fillers=tuple(
            sequence
            for item in _list(data, "fillers", path)
            for sequence in _expand(item, path.name)
        ),
        not_negated=frozenset(_list(data, "not_negated", path)),
        concepts=concepts,
        frames=frames,
    )


def _dict(data: dict[str, Any], section: str, path: Path) -> dict[str, Any]:
    value = data.get(section) or {}
    if not isinstance(value, dict):
        raise _error(
            f"« {section} » doit être une suite de lignes « nom\u00a0: contenu ».",
            "Voyez l’exemple en tête du fichier.",
            path.name,
        )
    return value


def _list(data: dict[str, Any], section: str, path: Path) -> list[str]:
    return _strings(data.get(section) or [], section, path.name)


def _strings(value: Any, entry: str, name: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise _error(
            f"« {entry} » doit être une liste de textes, entre crochets ou avec des tirets.",
            "Exemple\u00a0: [oublier, trou de mémoire].",
            name,
        )
    return [item.strip() for item in value]


def _concept(name: str, entry: Any, file: str) -> Concept:
    if not _NAME.fullmatch(name) or name.startswith("not_"):
        raise _error(
            f"« {name} » n’est pas un nom de concept.",
            "Minuscules sans accent, chiffres et « _ » seulement\u00a0; « not_ » est réservé.",
            file,
        )
    if isinstance(entry, list):
        entry = {"words": entry}
    if not isinstance(entry, dict):
        raise _error(
            f"« {name} » est vide ou mal aligné.", "Donnez-lui au moins une liste « words ».", file
        )
    for key in entry:
        if key not in _CONCEPT_KEYS:
            raise _error(
                f"« {name} »\u00a0: clé « {key} » inconnue.",
                f"Les clés possibles sont\u00a0: {', '.join(sorted(_CONCEPT_KEYS))}.",
                file,
            )
    default = {"st": "swap", "v": "swap", "obj": "both"}.get(name.split("_")[0], "none")
    negation = entry.get("negation", default)
    if negation not in NEGATIONS:
        raise _error(
            f"« {name} »\u00a0: négation « {negation} » inconnue.",
            f"Choisissez parmi\u00a0: {', '.join(NEGATIONS)}.",
            file,
        )
    patterns = {
        place: tuple(
            sequence
            for item in _strings(entry[place], f"{name}/{place}", file)
            for sequence in _expand(item, file)
        )
        for place in PLACES
        if place in entry
    }
    return Concept(name, negation, patterns)


def _expand(item: str, file: str) -> list[tuple[str, ...]]:
    """« (mot de passe|mdp) perdu » as its sequences of words."""
    if item.count("(") != item.count(")"):
        raise _error(f"« {item} »\u00a0: une parenthèse manque.", "Écrivez (mot|autre mot|).", file)
    if re.search(r"\([^()]*\(", item):
        raise _error(
            f"« {item} »\u00a0: une parenthèse dans une parenthèse.",
            "Écrivez deux expressions plutôt qu’une.",
            file,
        )
    pieces = re.split(r"\(([^()]*)\)", item)
    options = [
        _choices(piece) if index % 2 else [piece.split()] for index, piece in enumerate(pieces)
    ]
    sequences = [tuple(word for part in combo for word in part) for combo in product(*options)]
    sequences = [sequence for sequence in sequences if sequence]
    if not sequences or any(s[0] == "..." or s[-1] == "..." for s in sequences):
        raise _error(
            f"« {item} »\u00a0: une expression ne commence ni ne finit par « ... ».",
            "Ajoutez un mot de chaque côté.",
            file,
        )
    return sequences


def _choices(group: str) -> list[list[str]]:
    """« a|b|c d| » as sequences; single words stay together as one element « a|b »."""
    parts = [part.split() for part in group.split("|")]
    single = [part[0] for part in parts if len(part) == 1 and _PLAIN.fullmatch(part[0])]
    others = [part for part in parts if len(part) != 1 or not _PLAIN.fullmatch(part[0])]
    return ([["|".join(single)]] if single else []) + others


def _frames(
    entries: dict[str, Any], anywhere: bool, names: set[str], file: str
) -> tuple[Frame, ...]:
    frames = []
    known = set(names) | set(entries)
    for name, alternatives in entries.items():
        if not _NAME.fullmatch(name):
            raise _error(
                f"« {name} » n’est pas un nom.", "Minuscules, chiffres et « _ » seulement.", file
            )
        for alternative in _strings(alternatives, name, file):
            parts = alternative.replace("-", "+ -").split("+")
            wanted = frozenset(p.strip() for p in parts if p.strip() and "-" not in p)
            unwanted = frozenset(p.strip(" -") for p in parts if "-" in p)
            for part in wanted | unwanted:
                if part not in known:
                    raise _error(
                        f"« {name} »\u00a0: le concept « {part} » n’existe pas.",
                        "Corrigez son nom, ou ajoutez-le à la partie « concepts ».",
                        file,
                    )
            if not wanted:
                raise _error(
                    f"« {name} »\u00a0: il faut au moins un concept présent.",
                    "Écrivez « concept + autre - absent ».",
                    file,
                )
            frames.append(Frame(name, wanted, unwanted, anywhere))
    return tuple(frames)
