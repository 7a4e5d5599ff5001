"""Cards that the tests answer in the server's place: one with everything, one that means harm."""

from __future__ import annotations

import json
from typing import Any

FULL: dict[str, Any] = {
    "title": "Réglages de réception",
    "text": "Voici ce qu’il faut saisir dans votre logiciel.",
    "steps": ["Ouvrez les paramètres du compte.", "Saisissez les valeurs ci-dessous."],
    "facts": [
        {"label": "Port", "value": "993", "copy": True},
        {"label": "Serveur d’envoi", "value": "smtp.exemple.fr", "copy": True},
        {"label": "Adresse", "value": "assistance@exemple.fr", "copy": True},
        {"label": "Méthode", "value": "Mot de passe normal", "copy": True},
        {"label": "À saisir", "value": "jdupont", "copy": True},
        {"label": "Message", "value": "Bonjour,\nje n’ai plus accès.", "copy": True},
        {"label": "Sécurité", "value": "SSL/TLS"},
    ],
    "links": [{"title": "Webmail (nouvel onglet)", "url": "https://webmail.exemple.fr/"}],
    "buttons": [{"title": "Oui", "payload": "/a"}, {"title": "Non", "payload": "/b"}],
    "source": {"label": "Aide de la messagerie", "url": None, "verified_on": "2026-11-23"},
    "level": "warning",
}
MARKUP = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>'
HOSTILE: dict[str, Any] = {
    "title": MARKUP,
    "text": MARKUP,
    "steps": [MARKUP],
    "facts": [{"label": MARKUP, "value": MARKUP, "copy": True}],
    "links": [
        {"title": "Un", "url": "javascript:window.harmed=1"},
        {"title": "Deux", "url": "data:text/html,<script>parent.harmed=1</script>"},
        {"title": "Trois", "url": " JaVaScRiPt:window.harmed=1"},
        {"title": MARKUP, "url": 'https://exemple.fr/" onclick="window.harmed=1'},
    ],
    "buttons": [{"title": MARKUP, "payload": "javascript:window.harmed=1"}],
    "source": {"label": MARKUP, "url": "javascript:window.harmed=1", "verified_on": "2026-11-23"},
    "level": 'warning" onclick="window.harmed=1',
}


def answer_with(page: Any, *cards: dict[str, Any]) -> None:
    """From now on these Cards answer every message."""
    body = json.dumps({"messages": list(cards)})
    page.route(
        "**/webhooks/web/message",
        lambda route: route.fulfill(status=200, content_type="application/json", body=body),
    )
