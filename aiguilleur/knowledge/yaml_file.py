"""YAML with the line of every entry, and readers that say what is wrong and how to mend it.

Knows YAML and typography, not what the entries mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from aiguilleur.errors import KnowledgeError

NARROW, WIDE = "\u202f", "\u00a0"


def typeset(text: str) -> str:
    """French typography for a text typed on an ordinary keyboard; addresses are left alone.

    Apostrophes become ’, ``...`` becomes …, spaces before ``; ? !`` and inside « » become narrow
    no-break spaces, a space before a colon a no-break space.
    """
    words = " ".join(text.split())
    words = words.replace("'", "’").replace("...", "…")
    words = re.sub(r" ([;?!])", NARROW + r"\1", words)
    words = re.sub(r" :(?=\s|$)", WIDE + ":", words)
    words = re.sub(r"« ?", "«" + NARROW, words)
    return re.sub(r" ?»", NARROW + "»", words)


LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser in C where PyYAML has it: some ten times faster, and a live reload holds a turn."""


class Entry:
    """A mapping of a YAML file that knows its own line. Reading a key marks it as known."""

    def __init__(self, file: Path, node: yaml.MappingNode, path: str = "") -> None:
        self.file = file
        self.line = node.start_mark.line + 1
        self.path = path
        self._nodes: dict[str, yaml.Node] = {}
        self._read: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in self._nodes:
                raise self.error(
                    f"la clé « {name} » est écrite deux fois.", "Gardez-en une seule.", key
                )
            self._nodes[name] = value

    @property
    def where(self) -> str:
        return f"{self.file.name}:{self.line}"

    def error(self, message: str, remedy: str, node: yaml.Node | None = None) -> KnowledgeError:
        """A KnowledgeError that names this file, the line and the entry."""
        line = node.start_mark.line + 1 if node is not None else self.line
        path = f" ({self.path})" if self.path else ""
        return KnowledgeError(f"{self.file.name}, ligne {line}{path} : {message}", remedy)

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def names(self) -> list[str]:
        """The keys of the mapping, in the order of the file."""
        return list(self._nodes)

    def _node(self, key: str) -> yaml.Node | None:
        self._read.add(key)
        node = self._nodes.get(key)
        if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null":
            return None
        return node

    def text(self, key: str, *, raw: bool = False) -> str:
        """A required text. Raises KnowledgeError when it is absent or empty."""
        value = self.maybe_text(key, raw=raw)
        if not value:
            raise self.error(f"il manque « {key} ».", f"Ajoutez une ligne « {key}: … ».")
        return value

    def maybe_text(self, key: str, *, raw: bool = False) -> str | None:
        """An optional text, typeset unless ``raw``."""
        node = self._node(key)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(f"« {key} » doit être un texte.", "Écrivez-le entre guillemets.", node)
        return node.value.strip() if raw else typeset(node.value)

    def texts(self, key: str, *, raw: bool = False) -> tuple[str, ...]:
        """A text or a list of texts; empty when absent."""
        node = self._node(key)
        if node is None:
            return ()
        if isinstance(node, yaml.ScalarNode):
            return (node.value.strip() if raw else typeset(node.value),)
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(
                f"« {key} » doit être un texte ou une liste.", "Écrivez « - … ».", node
            )
        values = []
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode):
                raise self.error(
                    f"« {key} » contient autre chose que du texte.",
                    "Mettez entre guillemets les textes qui contiennent « : ».",
                    item,
                )
            values.append(item.value.strip() if raw else typeset(item.value))
        return tuple(values)

    def flag(self, key: str) -> bool | None:
        """A yes/no value; None when absent."""
        node = self._node(key)
        if node is None:
            return None
        value = yaml.safe_load(node.value) if isinstance(node, yaml.ScalarNode) else None
        if not isinstance(value, bool):
            raise self.error(f"« {key} » doit être true ou false.", "Corrigez la valeur.", node)
        return value

    def number(self, key: str, default: int) -> int:
        """A whole number."""
        node = self._node(key)
        if node is None:
            return default
        if not isinstance(node, yaml.ScalarNode) or not node.value.isdigit():
            raise self.error(f"« {key} » doit être un nombre entier.", "Corrigez la valeur.", node)
        return int(node.value)

    def entry(self, key: str) -> Entry | None:
        """A nested mapping; None when absent."""
        node = self._node(key)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            raise self.error(
                f"« {key} » doit contenir des lignes « clé: valeur ».", "Corrigez-le.", node
            )
        return Entry(self.file, node, f"{self.path}.{key}" if self.path else key)

    def entries(self, key: str) -> Iterator[tuple[str, Entry]]:
        """The named mappings under ``key`` (name, mapping), in order."""
        group = self.entry(key)
        if group is None:
            return
        for name in group.names():
            entry = group.entry(name)
            if entry is None:
                raise group.error(f"« {name} » est vide.", "Remplissez-le ou retirez-le.")
            yield name, entry

    def items(self, key: str) -> Iterator[Entry]:
        """The mappings of the list under ``key``."""
        node = self._node(key)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(f"« {key} » doit être une liste.", "Écrivez « - … ».", node)
        for number, item in enumerate(node.value, 1):
            if not isinstance(item, yaml.MappingNode):
                raise self.error(
                    f"« {key} », élément {number} : lignes « clé: valeur » attendues.", "", item
                )
            yield Entry(self.file, item, f"{self.path}.{key}[{number}]".lstrip("."))

    def scalar_or_entry(self, key: str) -> str | Entry | None:
        """A short form (text) or a long form (mapping)."""
        node = self._node(key)
        if isinstance(node, yaml.MappingNode):
            return Entry(self.file, node, f"{self.path}.{key}")
        return self.maybe_text(key, raw=True)

    def done(self) -> None:
        """Refuse the keys that nobody has read: a typo must not be silent."""
        unknown = sorted(set(self._nodes) - self._read)
        if unknown:
            raise self.error(
                f"clé inconnue « {unknown[0]} ».",
                f"Clés comprises ici : {', '.join(sorted(self._read))}.",
                self._nodes[unknown[0]],
            )


def read(file: Path) -> Entry:
    """The top mapping of a YAML file. Raises KnowledgeError with file, line and remedy."""
    try:
        node: Any = yaml.compose(file.read_text(encoding="utf-8"), Loader=LOADER)
    except FileNotFoundError as error:
        raise KnowledgeError(
            f"{file.name} : fichier introuvable.", "Remettez-le en place."
        ) from error
    except UnicodeDecodeError as error:
        raise KnowledgeError(
            f"{file.name} : ce n’est pas de l’UTF-8.", "Enregistrez-le en UTF-8."
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", ligne {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "YAML illisible"
        raise KnowledgeError(
            f"{file.name}{line} : {problem}.",
            "Vérifiez l’alignement et les guillemets de cette ligne et de la précédente.",
        ) from error
    if not isinstance(node, yaml.MappingNode):
        raise KnowledgeError(
            f"{file.name} : le fichier est vide ou n’est pas une suite de clés.", ""
        )
    return Entry(file, node)
