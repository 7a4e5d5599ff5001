"""Every dialogue of the folders beside this file, played in process with the real understanding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import cycle
from pathlib import Path
from typing import Any

import player
import pytest

from aiguilleur import dialogue
from aiguilleur.card import Button, Card
from aiguilleur.dialogue import State
from aiguilleur.knowledge import Knowledge, check, load, root
from aiguilleur.understanding import Choice, Understanding

HERE = Path(__file__).parent
SCRIPTS = [player.read(path, HERE) for path in sorted(HERE.glob("*/*.yml"))]
BEHAVIOURS = {
    "happy_path", "branches", "correction", "digression", "cancel", "give_up", "secret_pasted",
    "other_academy", "two_problems", "for_someone_else", "follow_up", "fallback", "small_talk",
    "resume", "summary", "erase", "anger", "places", "calendar", "incidents", "migration", "both", "denied",
}  # fmt: skip

Understand = Callable[[str], Mapping[str, Any]]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_dialogue(
    script: player.Script, knowledge: Knowledge, understand: Understand, tmp_path: Path
) -> None:
    if script.overlay:
        knowledge = load(player.overlaid(tmp_path, root(), script.overlay))
        assert not check(knowledge)
    faults = player.play(script, player.InProcess(knowledge, understand, script))
    assert not faults, f"{script.title}\n" + "\n".join(faults)


def test_every_behaviour_has_dialogues() -> None:
    folders = {script.name.split("/")[0] for script in SCRIPTS}
    assert folders == BEHAVIOURS
    assert len(SCRIPTS) >= 80
    assert len({script.title for script in SCRIPTS}) == len(SCRIPTS)


class Parrot:
    """An assistant that says the same few things whatever it hears."""

    def __init__(self, answers: Iterator[tuple[Card, ...]]) -> None:
        self._answers = answers
        self.cards: tuple[Card, ...] = ()
        self.state = State()
        self.erased = False

    def say(self, text: str) -> tuple[Card, ...]:
        self.cards = next(self._answers)
        return self.cards

    def press(self, button: Button) -> tuple[Card, ...]:
        return self.say(button.title)

    def pause(self) -> None:
        """Forgets nothing, having learned nothing."""


def _constant_answers(knowledge: Knowledge) -> dict[str, list[tuple[Card, ...]]]:
    def asked(choice: str) -> tuple[Card, ...]:
        heard = Understanding(choice=Choice(choice, "*"))
        return dialogue.turn(State(), heard, knowledge, player.MORNING, welcomed=True).cards

    welcome = (dialogue.welcome(knowledge),)
    menu, desk = asked("@topics"), asked("@support")
    lost = asked("guide:reset_password")
    return {
        "welcome": [welcome],
        "the list of topics": [menu],
        "ask the place": [desk],
        "the commonest problem": [lost],
        "the place, then the list": [desk, menu],
        "the commonest problem, then the place": [lost, desk],
    }


def test_a_constant_answer_fails_every_dialogue(knowledge: Knowledge) -> None:
    for name, answers in _constant_answers(knowledge).items():
        passed = [s.name for s in SCRIPTS if not player.play(s, Parrot(cycle(answers)))]
        assert not passed, f"« {name} » suffit à : {passed}"
