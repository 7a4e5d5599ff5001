"""Secrets out of a text: identification numbers, passwords, codes, phones, addresses, bank details.

A leaf: it knows neither Rasa nor the conversation, reads no file, keeps nothing. It would rather
mask a word too many than let a secret through, but leaves alone what the helpdesk needs to read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiguilleur.redaction.addresses import find_addresses
from aiguilleur.redaction.codes import find_codes
from aiguilleur.redaction.numbers import find_bank, find_nir, find_phones
from aiguilleur.redaction.numen import find_numen
from aiguilleur.redaction.passwords import find_passwords, is_crowded
from aiguilleur.redaction.spelled import find_spelled
from aiguilleur.redaction.text import MASK, MASKS, Span, View, composed, disjoint, view

__all__ = ["KINDS", "MASKS", "Redacted", "Secret", "redact", "redact_json"]

KINDS = tuple(MASKS)

_DETECTORS: tuple[Callable[[View], list[Span]], ...] = (
    find_addresses,
    find_bank,
    find_numen,
    find_nir,
    find_phones,
    find_spelled,
    find_codes,
    find_passwords,
)
_MAX_PASSES = 6
_LONG, _NEAR = 1000, 200
"""A longer text is read again only this near to what was masked in it."""


@dataclass(frozen=True)
class Secret:
    """What was masked: its ``kind`` (one of ``KINDS``) and where it stood in the original text."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Redacted:
    """A text without its secrets.

    ``academic_address``: one of the masked addresses was a person's address in an academy.
    """

    text: str
    secrets: tuple[Secret, ...] = ()
    academic_address: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of secrets masked, each once, in the order of the text."""
        return tuple(dict.fromkeys(secret.kind for secret in self.secrets))


def redact(text: str) -> Redacted:
    """Mask every secret of ``text``. Masking the result again changes nothing.

    A mask can reveal another secret (the word before it now stands alone), so the masked text is
    looked at again until nothing more is found; once is enough for a text that no person writes.
    """
    secrets: list[Secret] = []
    masked, academic = text, False
    for _ in range(_MAX_PASSES):
        found = _find_near_masks(masked) if secrets and len(masked) > _LONG else _find(masked)
        if not found:
            break
        academic = academic or any(span.academic for span in found)
        secrets = sorted(
            secrets + _in_original(found, secrets), key=lambda secret: (secret.start, secret.end)
        )
        masked = _mask(text, secrets)
        if is_crowded(view(masked)):
            break
    return Redacted(masked, tuple(secrets), academic)


def redact_json(redacted: Redacted) -> dict[str, Any]:
    """The shape of ``aiguilleur redact --jsonl``: masked text, and each secret's kind and place."""
    return {
        "text": redacted.text,
        "secrets": [
            {"kind": secret.kind, "start": secret.start, "end": secret.end}
            for secret in redacted.secrets
        ],
    }


def _find(text: str) -> list[Span]:
    whole, positions = composed(text)
    current, found = view(whole), list[Span]()
    for detect in _DETECTORS:
        spans = disjoint(detect(current))
        if spans:
            found += spans
            current = current.without(spans)
    found.sort(key=lambda span: span.start)
    if positions is None:
        return found
    return [
        Span(span.kind, positions[span.start], positions[span.end], span.academic) for span in found
    ]


def _find_near_masks(text: str) -> list[Span]:
    """As ``_find``, around the masks only, where a mask may have uncovered something."""
    windows: list[tuple[int, int]] = []
    for match in MASK.finditer(text):
        start = text.rfind(" ", 0, max(0, match.start() - _NEAR)) + 1
        end = text.find(" ", match.end() + _NEAR)
        end = end if end >= 0 else len(text)
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
        windows.append((start, end))
    return [
        Span(span.kind, span.start + start, span.end + start, span.academic)
        for start, end in windows
        for span in _find(text[start:end])
    ]


def _in_original(found: list[Span], secrets: list[Secret]) -> list[Secret]:
    """The spans of the masked text as secrets of the original text, from which ``secrets`` left."""
    mapped, shift, index = [], 0, 0
    for span in found:
        while index < len(secrets) and secrets[index].start < span.start + shift:
            secret = secrets[index]
            shift += secret.end - secret.start - len(MASKS[secret.kind])
            index += 1
        mapped.append(Secret(span.kind, span.start + shift, span.end + shift))
    return mapped


def _mask(text: str, secrets: list[Secret]) -> str:
    parts: list[str] = []
    last = 0
    for secret in secrets:
        parts += (text[last : secret.start], MASKS[secret.kind])
        last = secret.end
    return "".join(parts) + text[last:]
