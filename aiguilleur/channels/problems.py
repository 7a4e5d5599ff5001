"""Errors of HTTP as ``application/problem+json`` (RFC 9457), in French.

A problem never echoes what was sent. Knows no channel.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sanic.response import HTTPResponse

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Words:
    """The title and the detail of a problem, and its HTTP status."""

    status: int
    title: str
    detail: str


PROBLEMS: Mapping[str, Words] = {
    "malformed": Words(
        400, "Demande illisible", "Envoyez un objet JSON en UTF-8, avec « text » ou « payload »."
    ),
    "wrong_type": Words(
        400, "Champ mal formé", "« text », « payload » et « id » sont des chaînes de caractères."
    ),
    "empty": Words(400, "Message vide", "Écrivez votre question, puis envoyez-la de nouveau."),
    "too_long": Words(
        413, "Message trop long", "Un message compte au plus 2 000 caractères. Écrivez l’essentiel."
    ),
    "too_large": Words(413, "Demande trop lourde", "Une demande pèse au plus 16 kilooctets."),
    "unauthorized": Words(
        401, "Session absente ou terminée", "Ouvrez une nouvelle session, puis réessayez."
    ),
    "too_many": Words(
        429, "Trop de messages", "Attendez un peu avant d’envoyer le message suivant."
    ),
    "unavailable": Words(
        503,
        "Service momentanément indisponible",
        "Votre message n’a pas été enregistré. Réessayez dans un instant.",
    ),
    "not_ready": Words(503, "Pas encore prêt", "L’assistant démarre ou ne peut pas répondre."),
    "not_found": Words(404, "Adresse inconnue", "Rien ne se trouve à cette adresse."),
    "not_allowed": Words(405, "Méthode refusée", "Cette adresse n’accepte pas cette méthode."),
    "timeout": Words(408, "Demande trop lente", "La demande n’est pas arrivée à temps. Réessayez."),
    "refused": Words(400, "Demande refusée", "La demande n’a pas la forme attendue."),
}


def problem(name: str, headers: Mapping[str, str] | None = None) -> HTTPResponse:
    """The response that tells the problem ``name`` (a key of ``PROBLEMS``)."""
    words = PROBLEMS[name]
    body = {
        "type": "about:blank",
        "title": words.title,
        "status": words.status,
        "detail": words.detail,
    }
    return HTTPResponse(
        json.dumps(body, ensure_ascii=False),
        words.status,
        headers={**(headers or {})},
        content_type=CONTENT_TYPE,
    )
