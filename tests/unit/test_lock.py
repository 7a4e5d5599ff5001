"""One conversation at a time, in order, without polling and without leftovers."""

from __future__ import annotations

import asyncio

import pytest

from aiguilleur.engine.lock import ConversationLocks


async def test_the_same_conversation_is_served_in_order_of_arrival() -> None:
    locks, served = ConversationLocks(), []

    async def speak(number: int) -> None:
        async with locks.hold("a"):
            served.append(("in", number))
            await asyncio.sleep(0)
            served.append(("out", number))

    await asyncio.gather(*(speak(number) for number in range(5)))
    assert served == [(way, number) for number in range(5) for way in ("in", "out")]
    assert len(locks) == 0


async def test_two_conversations_do_not_wait_for_each_other() -> None:
    locks = ConversationLocks()
    async with locks.hold("a"):
        await asyncio.wait_for(_take(locks, "b"), 1)
        assert len(locks) == 1


async def test_a_failure_or_a_cancelled_wait_leaves_nothing_behind() -> None:
    locks = ConversationLocks()

    async def fail() -> None:
        async with locks.hold("a"):
            waiting = asyncio.create_task(_take(locks, "a"))
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            raise ValueError("raté")

    with pytest.raises(ValueError, match="raté"):
        await fail()
    assert len(locks) == 0
    await asyncio.wait_for(_take(locks, "a"), 1)


async def _take(locks: ConversationLocks, conversation: str) -> None:
    async with locks.hold(conversation):
        pass
