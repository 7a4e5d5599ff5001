"""Session tokens: a random conversation id, signed, that expires. Stores nothing.

The id is chosen here and never by the client; what it opens is not known here.
"""

from __future__ import annotations

import re
import secrets

from itsdangerous import BadData, URLSafeTimedSerializer

from aiguilleur.errors import AiguilleurError

SALT = "aiguilleur.web.session"
_ID = re.compile(r"[A-Za-z0-9_-]{22}")


class TokenRefused(AiguilleurError):
    """The token is missing, forged or expired."""


class Tokens:
    """Makes and reads the tokens of one secret; ``seconds``: how long they live."""

    def __init__(self, secret: str, seconds: int) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt=SALT)
        self.seconds = seconds

    def new(self) -> str:
        """A token for a conversation that nobody knows yet."""
        return str(self._serializer.dumps(secrets.token_urlsafe(16)))

    def conversation(self, token: str) -> str:
        """The conversation id that the token carries. Raises TokenRefused."""
        try:
            conversation = self._serializer.loads(token, max_age=self.seconds)
        except (BadData, UnicodeError):
            raise TokenRefused("Jeton refusé.") from None
        if not isinstance(conversation, str) or not _ID.fullmatch(conversation):
            raise TokenRefused("Jeton refusé.")
        return conversation
