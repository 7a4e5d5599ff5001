"""Plays a written dialogue against an assistant and says what does not hold.

A dialogue is a YAML file that a person of the helpdesk can read and write; ``README.md`` beside
this file says how. Knows Cards and what every answer must respect, not how an answer is decided.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import yaml

from aiguilleur import dialogue
from aiguilleur.card import MAX_BUTTON_TITLE, MAX_BUTTONS, MAX_WORDS, Button, Card, plain
from aiguilleur.conversation import Conversation, choice_of
from aiguilleur.dialogue import State
from aiguilleur.knowledge import Knowledge

PARIS = ZoneInfo("Europe/Paris")
MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=PARIS)

MAX_CHARACTERS = 700
MAX_CARDS = 3
MAX_STATE_BYTES = 2000
COPIED = 900
"""What a Card offers to copy or lists step by step is not read as the answer; it has its own limit."""

DESKS = ("dsden de l'ain", "dsden de la loire", "dsden du rhone")
FORBIDDEN = (
    r"!",
    r"veuillez",
    r"malheureusement",
    r"n'hesitez pas",
    r"cliquez ici",
    r"\bpnom\b",
    r"je comprends votre",
    r"\bhotline\b",
    r"\bhelpdesk\b",
    r"desole",
    r"sous (24|48|72) ?h",
    r"\w·\w",
    r"[\U0001F300-\U0001FAFF☀-➿]",
)
ASKS_SECRET = re.compile(
    r"((donnez|ecrivez|envoyez|indiquez|dites|communiquez)-(moi|nous)|quel est) (votre|le) "
    r"(mot de passe|numen|code)(?! uai)"
)

TURN_KEYS = {"user", "press", "press_earlier", "pause", "must", "must_not", "department", "buttons"}
TURN_KEYS |= {"no_buttons", "erased", "notice"}
SCRIPT_KEYS = {"title", "at", "channel", "knowledge", "turns"}


@dataclass(frozen=True)
class Line:
    """One exchange: what the person does, and what the answer must be."""

    number: int
    user: str | None = None
    press: str | None = None
    press_earlier: str | None = None
    pause: bool = False
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    no_buttons: tuple[str, ...] = ()
    expects: Mapping[str, Any] = field(default_factory=dict)

    @property
    def said(self) -> str:
        return self.user if self.user is not None else f"[{self.press or self.press_earlier}]"


@dataclass(frozen=True)
class Script:
    """A dialogue. ``widget``: the welcome Card was shown before the first message.

    ``overlay``: what the knowledge holds on that day only, by file (an incident, a desk’s phone…).
    """

    name: str
    title: str
    at: datetime
    widget: bool
    lines: tuple[Line, ...]
    overlay: Mapping[str, Any] = field(default_factory=dict)


class Assistant(Protocol):
    """What a script is played against."""

    cards: tuple[Card, ...]
    state: State
    erased: bool

    def say(self, text: str) -> tuple[Card, ...]: ...

    def press(self, button: Button) -> tuple[Card, ...]: ...

    def pause(self) -> None: ...


class InProcess:
    """The real assistant without Rasa. Its state goes through the slots between two turns."""

    def __init__(
        self,
        knowledge: Knowledge,
        understand: Callable[[str], Mapping[str, Any]],
        script: Script,
    ) -> None:
        self._talk = Conversation(
            knowledge, understand, clock=lambda: script.at, welcomed=script.widget
        )
        self.cards: tuple[Card, ...] = (dialogue.welcome(knowledge),) if script.widget else ()

    @property
    def state(self) -> State:
        return self._talk.state

    @property
    def erased(self) -> bool:
        return self._talk.state == State().but(
            told=self._talk.state.told, last=self._talk.state.last, turns=self._talk.state.turns
        )

    def say(self, text: str) -> tuple[Card, ...]:
        return self._done(self._talk.say(text))

    def press(self, button: Button) -> tuple[Card, ...]:
        return self._done(self._talk.press(button.payload))

    def pause(self) -> None:
        self._talk.state = dialogue.resumed(self._talk.state)

    def _done(self, cards: tuple[Card, ...]) -> tuple[Card, ...]:
        slots = json.loads(json.dumps(self._talk.state.to_slots()))
        self._talk.state = State.from_slots(slots)
        self.cards = cards
        return cards


def read(path: Path, root: Path) -> Script:
    """The dialogue of a file. Raises ValueError, naming the file, when a key is not understood."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    name = str(path.relative_to(root))
    unknown = set(raw) - SCRIPT_KEYS
    lines = []
    for number, turn in enumerate(raw.get("turns") or (), 1):
        unknown |= set(turn) - TURN_KEYS
        lines.append(
            Line(
                number=number,
                user=turn.get("user"),
                press=turn.get("press"),
                press_earlier=turn.get("press_earlier"),
                pause=bool(turn.get("pause")),
                **{
                    key: tuple(turn.get(key) or ())
                    for key in ("must", "must_not", "buttons", "no_buttons")
                },
                expects={
                    key: turn[key] for key in ("department", "erased", "notice") if key in turn
                },
            )
        )
        if sum(key in turn for key in ("user", "press", "press_earlier")) != 1:
            raise ValueError(f"{name}, tour {number} : un seul de user, press, press_earlier.")
    if unknown or not lines or not raw.get("title"):
        raise ValueError(f"{name} : il manque title ou turns, ou clé inconnue : {unknown}.")
    at = raw.get("at")
    moment = datetime.fromisoformat(str(at)).replace(tzinfo=PARIS) if at else MORNING
    return Script(
        name,
        raw["title"],
        moment,
        raw.get("channel") != "message",
        tuple(lines),
        raw.get("knowledge") or {},
    )


def overlaid(folder: Path, root: Path, overlay: Mapping[str, Any]) -> Path:
    """A copy of the knowledge under ``root`` in ``folder``, with other contents laid over it.

    Mappings are merged, anything else is replaced.
    """
    shutil.copytree(root, folder, dirs_exist_ok=True)
    for name, changes in overlay.items():
        path = folder / name
        merged = _merged(yaml.safe_load(path.read_text(encoding="utf-8")), changes)
        path.write_text(yaml.safe_dump(merged, allow_unicode=True), encoding="utf-8")
    return folder


def _merged(under: Any, over: Any) -> Any:
    if not isinstance(under, dict) or not isinstance(over, dict):
        return over
    return under | {key: _merged(under.get(key), value) for key, value in over.items()}


def play(script: Script, assistant: Assistant) -> list[str]:
    """Play a dialogue; every thing that does not hold, in the order of the turns."""
    faults: list[str] = []
    seen: dict[str, Button] = {}
    previous = ""
    for line in script.lines:
        if line.pause:
            assistant.pause()
            previous = ""
        shown = {button.title: button for card in assistant.cards for button in card.buttons}
        if line.user is not None:
            cards = assistant.say(line.user)
        else:
            offered = shown if line.press is not None else seen
            wanted = typeset(line.press or line.press_earlier or "")
            if wanted not in offered:
                faults.append(f"tour {line.number} : pas de bouton « {wanted} » parmi {[*offered]}")
                break
            cards = assistant.press(offered[wanted])
        found = [
            *_expected(line, cards, assistant),
            *invariants(cards, previous, first=line.number == 1 and not script.widget),
            *_alive(cards, assistant),
            *_memory(assistant),
        ]
        if found:
            faults += [f"tour {line.number} ({line.said}) : {fault}" for fault in found]
            faults.append(f"    réponse : {_transcript(cards)}")
        previous = whole(cards)
        seen |= shown | {button.title: button for card in cards for button in card.buttons}
    return faults


def invariants(cards: tuple[Card, ...], previous: str, *, first: bool = False) -> list[str]:
    """What must hold of every answer, whatever was asked."""
    faults = []
    text = whole(cards)
    read_text = folded(text)
    if not cards or not text.strip():
        return ["réponse vide"]
    limit = MAX_CARDS if first or any(card.text.startswith("J’ai masqué") for card in cards) else 2
    if len(cards) > limit:
        faults.append(f"{len(cards)} Cards, {limit} au plus")
    if spoken(cards) > MAX_CHARACTERS:
        faults.append(f"{spoken(cards)} caractères, {MAX_CHARACTERS} au plus")
    if len(text) - spoken(cards) > COPIED:
        faults.append(f"{len(text) - spoken(cards)} caractères à copier, {COPIED} au plus")
    if text == previous:
        faults.append("même réponse que la précédente")
    desks = sum(desk in read_text for desk in DESKS)
    if desks == 2:
        faults.append("deux services départementaux dans une seule réponse")
    for pattern in FORBIDDEN:
        if re.search(pattern, read_text):
            faults.append(f"mot interdit « {pattern} »")
    if ASKS_SECRET.search(read_text):
        faults.append(f"demande un secret : {ASKS_SECRET.search(read_text)}")
    if "'" in text:
        faults.append("apostrophe droite")
    if re.search(r"{\w*}", text):
        faults.append("accolades restées dans le texte")
    for card in cards:
        faults += _card(card)
    return faults


def _card(card: Card) -> list[str]:
    faults = []
    words = len(card.text.split())
    if words > MAX_WORDS:
        faults.append(f"{words} mots dans un texte, {MAX_WORDS} au plus")
    if re.search(r"\n\s*\n", plain(card)):
        faults.append("ligne blanche")
    if not card.text.rstrip("»\u202f").endswith((".", "?", "…", ":")):
        faults.append("phrase sans fin")
    if re.search(r"(?<![\u202f])[?;]|« | »| :", card.text):
        faults.append("espaces de la typographie française")
    if len(card.buttons) > MAX_BUTTONS:
        faults.append(f"{len(card.buttons)} boutons, {MAX_BUTTONS} au plus")
    titles = [button.title for button in card.buttons]
    if len(set(titles)) < len(titles):
        faults.append(f"deux boutons du même nom : {titles}")
    for button in card.buttons:
        if not 0 < len(button.title) <= MAX_BUTTON_TITLE:
            faults.append(f"bouton « {button.title} » trop long ou vide")
        choice_of(button.payload)
    return faults


def _expected(line: Line, cards: tuple[Card, ...], assistant: Assistant) -> list[str]:
    text = folded(whole(cards))
    faults = [f"attendu : {p}" for p in line.must if not re.search(folded(p), text)]
    faults += [f"interdit : {p}" for p in line.must_not if re.search(folded(p), text)]
    titles = [button.title for card in cards for button in card.buttons]
    faults += [f"bouton absent : {b} ({titles})" for b in line.buttons if typeset(b) not in titles]
    faults += [f"bouton de trop : {b}" for b in line.no_buttons if typeset(b) in titles]
    if "department" in line.expects:
        known, wanted = assistant.state.department, line.expects["department"]
        if known != (wanted if wanted is None else str(wanted)):
            faults.append(f"département {known}, attendu {wanted}")
    if "erased" in line.expects and assistant.erased != line.expects["erased"]:
        faults.append("l’échange devait être effacé" if line.expects["erased"] else "effacé à tort")
    if "notice" in line.expects:
        told = "assistant automatique" in text
        if told != line.expects["notice"]:
            faults.append("l’avis de début manque" if line.expects["notice"] else "avis répété")
    return faults


def _alive(cards: tuple[Card, ...], assistant: Assistant) -> list[str]:
    """Buttons of a step that is no longer the one in hand: pressing them would lead nowhere."""
    if assistant.state == State():
        return []
    asked = f"ask:{assistant.state.pending}"
    faults = []
    for button in (button for card in cards for button in card.buttons):
        choice = choice_of(button.payload)
        anywhere = choice.step == "*" or choice.choice.startswith(("@", "guide:", "dept:"))
        if not anywhere and choice.step not in {assistant.state.at(), asked}:
            faults.append(f"bouton mort : {button.title} ({choice.step})")
    return faults


def _memory(assistant: Assistant) -> list[str]:
    size = len(json.dumps(assistant.state.to_slots()["dialogue"], ensure_ascii=False).encode())
    return [f"état de {size} octets"] if size > MAX_STATE_BYTES else []


def whole(cards: tuple[Card, ...]) -> str:
    """Everything that an answer shows, buttons excepted."""
    return "\n".join(plain(card) for card in cards)


def spoken(cards: tuple[Card, ...]) -> int:
    """The characters of the answer that are to be read: neither what is to copy nor listed steps."""
    copied = sum(len(fact.value) for card in cards for fact in card.facts if fact.copy)
    listed = sum(len(step) for card in cards for step in card.steps)
    return len(whole(cards)) - copied - listed


def folded(text: str) -> str:
    """How texts are compared: lower case, plain apostrophes and spaces, accents kept off."""
    text = text.lower().replace("’", "'").replace("\u202f", " ").replace("\u00a0", " ")
    return text.translate(str.maketrans("àâäéèêëîïôöùûüç", "aaaeeeeiioouuuc"))


def typeset(label: str) -> str:
    """A label typed on an ordinary keyboard, as the assistant writes it."""
    return label.replace("'", "’").replace(" ?", "\u202f?").replace(" :", "\u00a0:")


def _transcript(cards: tuple[Card, ...]) -> str:
    return " || ".join(
        f"{plain(card)} {[button.title for button in card.buttons]}" for card in cards
    )
