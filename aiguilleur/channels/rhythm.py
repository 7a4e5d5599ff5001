"""How many messages a session may send: a sliding window, in memory. Knows no channel."""

from __future__ import annotations

import math
from collections import deque

WINDOW = 60.0
SWEEP_AT = 1000


class Rhythm:
    """At most ``most`` messages in ``window`` seconds for each session."""

    def __init__(self, most: int, window: float = WINDOW) -> None:
        self._most = most
        self._window = window
        self._sent: dict[str, deque[float]] = {}
        self._sweep_at = SWEEP_AT

    def wait(self, session: str, now: float) -> int:
        """Count a message sent at ``now`` (seconds, monotonic): 0, or the whole seconds to wait.

        A message that has to wait is not counted.
        """
        if len(self._sent) >= self._sweep_at:
            self._sweep(now)
        sent = self._sent.setdefault(session, deque())
        while sent and sent[0] <= now - self._window:
            sent.popleft()
        if len(sent) >= self._most:
            return max(1, math.ceil(sent[0] + self._window - now))
        sent.append(now)
        return 0

    def _sweep(self, now: float) -> None:
        """Forget the sessions that have been silent for a whole window."""
        silent = [key for key, sent in self._sent.items() if sent[-1] <= now - self._window]
        for key in silent:
            del self._sent[key]
        self._sweep_at = max(SWEEP_AT, 2 * len(self._sent))
