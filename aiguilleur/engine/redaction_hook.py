"""The choke point where every text is masked: ``UserMessage``, which every channel builds.

Patched in place once, by the server and by the first component of the pipeline, so that Rasa's own
shell has it too. Knows no kind of secret: ``aiguilleur.redaction`` does.
"""

from __future__ import annotations

import functools
from typing import Any

from rasa.core.channels.channel import UserMessage

from aiguilleur.engine.store import BUTTON_TITLE, CLIENT_ID
from aiguilleur.redaction import redact

_OURS = frozenset((BUTTON_TITLE, CLIENT_ID))
_IN_ONE_WORD = frozenset(("numen", "email", "nir", "iban"))
"""What is masked even where no sentence is: the identifiers of a channel look like the other kinds."""

MASKED, ACADEMIC = "masked", "academic_address"
"""Keys of the message's metadata: the kinds that were masked, and whether one was an academic address."""


def install_redaction() -> None:
    """Mask the text and the metadata of every ``UserMessage`` from now on.

    Calling it again changes nothing.
    """
    original = UserMessage.__init__
    if getattr(original, "masks", False):
        return

    @functools.wraps(original)
    def masked_init(self: UserMessage, text: str | None = None, *args: Any, **kwargs: Any) -> None:
        redacted = redact(text) if isinstance(text, str) and text else None
        original(self, redacted.text if redacted else text, *args, **kwargs)
        if self.metadata:
            self.metadata = _masked(self.metadata)
        if redacted and redacted.secrets:
            self.metadata = noted(self.metadata, redacted.kinds, redacted.academic_address)

    masked_init.masks = True  # type: ignore[attr-defined]
    UserMessage.__init__ = masked_init


def _masked(value: Any) -> Any:
    """What a channel adds to a message, without secrets; its own identifiers stay as they are."""
    if isinstance(value, str):
        redacted = redact(value)
        sentence = any(map(str.isspace, value.strip()))
        return redacted.text if sentence or _IN_ONE_WORD.intersection(redacted.kinds) else value
    if isinstance(value, dict):
        return {name: each if name in _OURS else _masked(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_masked(each) for each in value]
    return value


def noted(
    metadata: dict[str, Any] | None, kinds: tuple[str, ...], academic: bool
) -> dict[str, Any]:
    """The metadata with the kinds that were masked added to those it already names."""
    known = dict(metadata or {})
    known[MASKED] = list(dict.fromkeys([*known.get(MASKED, ()), *kinds]))
    known[ACADEMIC] = bool(known.get(ACADEMIC)) or academic
    return known
