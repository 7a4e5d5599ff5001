"""Several people at once: none hears another. The same at a large size is in ``make fuzz``."""

from __future__ import annotations

import pytest

from tests.conftest import Site
from tests.fuzz.crosstalk import Talk, faults, play, talks

pytestmark = pytest.mark.rasa


async def test_no_session_hears_another(site: Site) -> None:
    everybody = talks(24)
    await play(site.url, everybody, turns=4, at_once=24)
    assert list(faults(everybody)) == []
    assert all(len(talk.said) == 4 for talk in everybody)


def test_a_leak_is_seen() -> None:
    def overheard(word: str, town: str, heard: str) -> Talk:
        card = {"text": heard}
        history = [{"from": "user", "text": word}, {"from": "bot", "card": card}]
        return Talk(word, town, "", [word], [card], history)

    assert list(faults([overheard("quba", "Gex", "Gex"), overheard("qudo", "Anse", "Anse")])) == []
    assert (
        len(list(faults([overheard("quba", "Gex", "Anse"), overheard("qudo", "Anse", "quba")])))
        == 2
    )
    assert (
        len(list(faults([Talk("quba", "Gex", "", ["quba"], [], [{"from": "user", "text": "x"}])])))
        == 1
    )
