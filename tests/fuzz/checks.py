"""What must hold of every answer of the web channel, whatever was sent. Loaded by schemathesis."""

from __future__ import annotations

import json
from typing import Any

import schemathesis

LONG_ENOUGH = 6
"""Shorter words of a body may stand in a French error by chance."""


@schemathesis.hook
def map_body(ctx: Any, body: Any) -> Any:
    """Most messages without the client's id: a short one comes twice, and is only answered again."""
    if isinstance(body, dict) and isinstance(body.get("id"), str) and len(body["id"]) % 4:
        return {name: value for name, value in body.items() if name != "id"}
    return body


@schemathesis.check
def an_error_echoes_nothing(ctx: Any, response: Any, case: Any) -> None:
    """No word of what was sent comes back in an error, not even one escaped."""
    if response.status_code < 400:
        return
    answered = response.text
    for word in _words(case.body) | _words(dict(case.path_parameters or {})):
        for shape in {word, json.dumps(word)[1:-1]}:
            assert shape not in answered, (
                f"l’erreur {response.status_code} répète ce qui a été envoyé"
            )


def _words(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value} if len(value) >= LONG_ENOUGH and value.isprintable() else set()
    if isinstance(value, dict):
        return set().union(*(_words(part) for part in value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*(_words(part) for part in value)) if value else set()
    return set()
