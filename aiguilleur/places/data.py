"""The files of ``knowledge/places``, read and checked. Decides nothing.

Every mistake is refused with its file and what to do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from aiguilleur.errors import KnowledgeError

FORMS = ("bare", "the", "of", "in")
_WANTED: dict[type, str] = {
    dict: "des lignes «\u202fclé: valeur\u202f»",
    list: "une liste",
    str: "un texte",
}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Served:
    """A served département: the forms of its name and the other ways to write it."""

    forms: Mapping[str, str]
    names: tuple[str, ...]


@dataclass(frozen=True)
class PlaceData:
    """The files as they stand; codes of départements are strings (``"07"``, ``"2A"``)."""

    academy: str
    served: Mapping[str, Served]
    neighbours: tuple[str, ...]
    whole_area: tuple[str, ...]
    not_places: tuple[str, ...]
    academies: Mapping[str, Mapping[str, tuple[str, ...]]]
    communes: tuple[tuple[str, str, tuple[str, ...]], ...]
    former: tuple[tuple[str, str, str], ...]
    districts: tuple[tuple[str, int, str, str], ...]
    straddling: Mapping[str, tuple[str, ...]]
    nicknames: Mapping[str, tuple[str, str]]
    ambiguous: Mapping[str, tuple[str, ...]]
    areas: Mapping[str, tuple[str, ...]]
    gentiles: Mapping[str, tuple[str, ...]]
    other_gentiles: Mapping[str, tuple[str, ...]]
    ordinary: tuple[str, ...]
    people: tuple[str, ...]
    not_alone: tuple[str, ...]
    never_repaired: tuple[str, ...]
    institutions: tuple[str, ...]
    schools: tuple[str, ...]


def load(folder: Path) -> PlaceData:
    """The data under ``folder``. Raises KnowledgeError with the file and the remedy."""
    departments = _file(folder / "departments.yml")
    academies = _file(folder / "academies.yml")
    names = _file(folder / "names.yml")
    guards = _file(folder / "words.yml")
    communes = _file(folder / "communes.json")
    data = PlaceData(
        academy=departments.text("academy"),
        served={
            code: _served(departments, code, raw) for code, raw in departments.map("served").items()
        },
        neighbours=departments.texts("neighbours"),
        whole_area=departments.texts("whole_area"),
        not_places=departments.texts("not_places"),
        academies={
            name: {
                code: tuple(map(_apostrophes, academies.list_of(places, f"{name}, {code}")))
                for code, places in held.items()
            }
            for name, held in academies.map("academies").items()
            if academies.expect(held, dict, name)
        },
        communes=tuple(
            (_apostrophes(row[0]), row[1], tuple(row[2:]))
            for row in communes.rows("communes", at_least=3)
        ),
        former=tuple(
            (_apostrophes(row[0]), row[1], row[2]) for row in communes.rows("former", at_least=3)
        ),
        districts=tuple(
            (row[0], int(row[1]), row[2], row[3]) for row in communes.rows("districts", at_least=4)
        ),
        straddling=communes.lists("straddling"),
        nicknames=_nicknames(names),
        ambiguous=names.lists("ambiguous"),
        areas=names.lists("areas"),
        gentiles=names.lists("gentiles"),
        other_gentiles=names.lists("other_gentiles"),
        ordinary=guards.texts("ordinary"),
        people=guards.texts("people"),
        not_alone=guards.texts("not_alone"),
        never_repaired=guards.texts("never_repaired"),
        institutions=guards.texts("institutions"),
        schools=guards.texts("schools"),
    )
    _check_codes(folder, data)
    return data


class _File:
    """A file and readers that name it when something is wrong in it."""

    def __init__(self, path: Path, content: Any) -> None:
        self.path = path
        self._content = content
        self.expect(content, dict, "le fichier")
        for key in ("source", "licence"):
            self.text(key)

    def error(self, message: str, remedy: str) -> KnowledgeError:
        return KnowledgeError(f"{self.path.parent.name}/{self.path.name}\u00a0: {message}", remedy)

    def expect(self, value: Any, kind: type, where: str) -> bool:
        if not isinstance(value, kind):
            wanted = _WANTED[kind]
            raise self.error(
                f"«\u202f{where}\u202f» doit contenir {wanted}.", "Corrigez cette entrée."
            )
        return True

    def _value(self, key: str) -> Any:
        if key not in self._content:
            raise self.error(
                f"il manque «\u202f{key}\u202f».", f"Ajoutez une entrée «\u202f{key}\u202f»."
            )
        return self._content[key]

    def text(self, key: str) -> str:
        value = self._value(key)
        self.expect(value, str, key)
        return str(value)

    def map(self, key: str) -> dict[str, Any]:
        value = self._value(key)
        self.expect(value, dict, key)
        for name in value:
            if not isinstance(name, str):
                raise self.error(
                    f"la clé {name!r} de «\u202f{key}\u202f» n’est pas un texte.",
                    "Mettez-la entre guillemets droits.",
                )
        return dict(value)

    def list_of(self, value: Any, where: str) -> tuple[str, ...]:
        self.expect(value, list, where)
        for item in value:
            if not isinstance(item, str):
                raise self.error(
                    f"«\u202f{where}\u202f» contient {item!r}, qui n’est pas un texte.",
                    "Mettez-le entre guillemets droits.",
                )
        return tuple(value)

    def texts(self, key: str) -> tuple[str, ...]:
        return self.list_of(self._value(key), key)

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        return {name: self.list_of(held, name) for name, held in self.map(key).items()}

    def rows(self, key: str, *, at_least: int) -> list[list[Any]]:
        rows = self._value(key)
        self.expect(rows, list, key)
        for row in rows:
            if not isinstance(row, list) or len(row) < at_least:
                raise self.error(
                    f"ligne incomplète dans «\u202f{key}\u202f»\u00a0: {row!r}.",
                    f"Il faut au moins {at_least} valeurs.",
                )
        return rows


def _file(path: Path) -> _File:
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader=_LOADER)  # noqa: S506
    except FileNotFoundError as error:
        raise KnowledgeError(
            f"{path.name}\u00a0: fichier introuvable.", "Remettez-le en place."
        ) from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(
            f"{path.name}\u00a0: ce n’est pas de l’UTF-8.", "Enregistrez-le en UTF-8."
        ) from error
    except json.JSONDecodeError as error:
        raise KnowledgeError(
            f"{path.name}, ligne {error.lineno}\u00a0: JSON illisible.",
            "Vérifiez les virgules et les guillemets de cette ligne et de la précédente.",
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", ligne {mark.line + 1}" if mark else ""
        raise KnowledgeError(
            f"{path.name}{line}\u00a0: YAML illisible.",
            "Vérifiez l’alignement et les guillemets de cette ligne et de la précédente.",
        ) from error
    return _File(path, content)


def _apostrophes(name: str) -> str:
    return name.replace("'", "’")


def _served(file: _File, code: str, raw: Any) -> Served:
    file.expect(raw, dict, code)
    for form in FORMS:
        if not isinstance(raw.get(form), str):
            raise file.error(
                f"il manque la forme «\u202f{form}\u202f» du département {code}.",
                "Écrivez les quatre formes\u00a0: bare, the, of, in.",
            )
    return Served(
        forms={form: raw[form] for form in FORMS},
        names=(raw["bare"], *file.list_of(raw.get("names", []), f"names ({code})")),
    )


def _nicknames(file: _File) -> dict[str, tuple[str, str]]:
    read = {}
    for name, held in file.map("nicknames").items():
        pair = file.list_of(held, name)
        if len(pair) != 2:
            raise file.error(
                f"«\u202f{name}\u202f» doit avoir deux valeurs.",
                "Écrivez [département, nom affiché].",
            )
        read[name] = (pair[0], pair[1])
    return read


def _check_codes(folder: Path, data: PlaceData) -> None:
    known = set(data.served) | {code for held in data.academies.values() for code in held}
    used = [("communes.json", code) for _, code, _ in (*data.communes, *data.former)]
    used += [("departments.yml", code) for code in data.neighbours]
    used += [("names.yml", code) for code, _ in data.nicknames.values()]
    used += [("names.yml", code) for codes in data.ambiguous.values() for code in codes]
    for held in (data.areas, data.gentiles, data.other_gentiles):
        used += [("names.yml", code) for code in held]
    for name, code in used:
        if code not in known:
            raise KnowledgeError(
                f"{folder.name}/{name}\u00a0: le département {code} n’est décrit nulle part.",
                "Ajoutez-le à departments.yml ou à academies.yml, ou corrigez le code.",
            )
