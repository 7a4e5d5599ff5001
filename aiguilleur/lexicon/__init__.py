"""Concepts in a text: ``Lexicon.load(path).read(text)``.

A leaf: knows French words and ``data/lexicon.yml``, neither intents nor conversations nor Rasa.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from aiguilleur.lexicon.compiled import Compiled, compile_source
from aiguilleur.lexicon.reader import Clause, Hit, Reader, Reading
from aiguilleur.lexicon.source import read_source

DEFAULT_PATH = Path("data/lexicon.yml")

__all__ = ["DEFAULT_PATH", "Clause", "Hit", "Lexicon", "Reading"]


class Lexicon(Reader):
    """The compiled lexicon, ready to read texts."""

    @classmethod
    def load(cls, path: Path | str = DEFAULT_PATH, known: Iterable[str] = ()) -> Lexicon:
        """From the file people edit (a few seconds). ``known``: more real words, as names of towns.

        Raises LexiconError.
        """
        return cls(compile_source(read_source(Path(path)), known))

    @classmethod
    def cached(cls, path: Path | str = DEFAULT_PATH) -> Lexicon:
        """As :meth:`load`, once per version of the file in this process."""
        path = Path(path)
        return _cached(path, path.stat().st_mtime_ns if path.exists() else 0)

    @classmethod
    def from_json(cls, text: str) -> Lexicon:
        """From what :meth:`to_json` gave. Raises ValueError for another version's."""
        return cls(Compiled.from_json(text))

    def to_json(self) -> str:
        return self.compiled.to_json()


@lru_cache(maxsize=2)
def _cached(path: Path, _version: int) -> Lexicon:
    return Lexicon.load(path)
