"""The choke point where every text is masked: ``UserMessage``, which every channel builds.

Patched in place once, by the server and by the first component of the pipeline, so that Rasa's own
shell has it too. Knows no kind of secret: ``aiguilleur.redaction`` does.
"""

from __future__ import annotations

import functools
from typing import Any

from rasa.core.channels.channel import UserMessage

from aiguilleur.redaction import redact

MASKED, ACADEMIC = "masked", "academic_address"
"""Keys of the message's metadata: the kinds that were masked, and whether one was an academic address."""


def install_redaction() -> None:
    """Mask the text of every ``UserMessage`` from now on. Calling it again changes nothing."""
    original = UserMessage.__init__
    if getattr(original, "masks", False):
        return

    @functools.wraps(original)
    def masked_init(self: UserMessage, text: str | None = None, *args: Any, **kwargs: Any) -> None:
        redacted = redact(text) if isinstance(text, str) and text else None
        original(self, redacted.text if redacted else text, *args, **kwargs)
        if redacted and redacted.secrets:
            self.metadata = noted(self.metadata, redacted.kinds, redacted.academic_address)

    masked_init.masks = True  # type: ignore[attr-defined]
    UserMessage.__init__ = masked_init


def noted(
    metadata: dict[str, Any] | None, kinds: tuple[str, ...], academic: bool
) -> dict[str, Any]:
    """The metadata with the kinds that were masked added to those it already names."""
    known = dict(metadata or {})
    known[MASKED] = list(dict.fromkeys([*known.get(MASKED, ()), *kinds]))
    known[ACADEMIC] = bool(known.get(ACADEMIC)) or academic
    return known
