"""One conversation at a time, in this process: who comes first is served first.

Knows nothing of what is locked. No polling; an entry lives only while somebody holds or awaits it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class ConversationLocks:
    """A lock per conversation, in order of arrival."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        """Hold the lock of ``conversation``; not re-entrant."""
        lock, users = self._locks.get(conversation) or (asyncio.Lock(), 0)
        self._locks[conversation] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            users = self._locks[conversation][1] - 1
            if users:
                self._locks[conversation] = (lock, users)
            else:
                del self._locks[conversation]

    def __len__(self) -> int:
        """How many conversations are held or awaited now."""
        return len(self._locks)
