"""The errors of the house, each with its remedy.

AiguilleurError
├── SettingsError      the environment is wrong: the start is refused
├── KnowledgeError     a file under knowledge/ cannot be served
├── LexiconError       data/lexicon.yml cannot be compiled
├── ModelError         no model, or one that does not answer
├── StoreError         the conversation could not be read or written
└── MessageRefused     a message that no channel should hand on (empty, too long)
"""

from __future__ import annotations


class AiguilleurError(Exception):
    """An error that a person can mend; ``remedy`` says how, in French."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy

    def __str__(self) -> str:
        message = super().__str__()
        return f"{message} {self.remedy}".rstrip()


class SettingsError(AiguilleurError):
    """A variable of the environment is unknown, missing or has a bad value."""


class KnowledgeError(AiguilleurError):
    """A file of ``knowledge/`` is malformed or contradicts another."""


class LexiconError(AiguilleurError):
    """``data/lexicon.yml`` is malformed."""


class ModelError(AiguilleurError):
    """The trained model is missing or does not answer."""


class StoreError(AiguilleurError):
    """The conversation store cannot be read or written; nothing was kept of the turn."""


class MessageRefused(AiguilleurError):
    """A message that cannot be handled. ``code`` is one of ``empty``, ``too_long``."""

    def __init__(self, code: str, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.code = code
