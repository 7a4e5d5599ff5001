"""The Card: what one answer of the assistant is made of, and its plain-text form.

Knows neither the conversation nor any channel. The JSON shape is a contract
(``Card.as_dict``): absent and empty fields are left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_BUTTONS = 5
MAX_BUTTON_TITLE = 25
MAX_WORDS = 60


@dataclass(frozen=True)
class Fact:
    """A labelled value; ``copy`` asks the channel for a copy button."""

    label: str
    value: str
    copy: bool = False


@dataclass(frozen=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True)
class Button:
    """``payload`` is what the channel sends back when the button is pressed."""

    title: str
    payload: str


@dataclass(frozen=True)
class Source:
    label: str
    url: str | None = None
    verified_on: str | None = None


@dataclass(frozen=True)
class Card:
    """One bubble: ``text`` is the lead, true alone; the rest is optional."""

    text: str
    title: str | None = None
    steps: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()
    buttons: tuple[Button, ...] = ()
    source: Source | None = None
    level: str = "info"

    def as_dict(self) -> dict[str, Any]:
        """The Card in its JSON shape (see the contract of the web channel)."""
        card: dict[str, Any] = {"text": self.text}
        if self.title:
            card["title"] = self.title
        if self.steps:
            card["steps"] = list(self.steps)
        if self.facts:
            card["facts"] = [
                {"label": f.label, "value": f.value, **({"copy": True} if f.copy else {})}
                for f in self.facts
            ]
        if self.links:
            card["links"] = [{"title": link.title, "url": link.url} for link in self.links]
        if self.buttons:
            card["buttons"] = [{"title": b.title, "payload": b.payload} for b in self.buttons]
        if self.source:
            source: dict[str, Any] = {"label": self.source.label, "url": self.source.url}
            if self.source.verified_on:
                source["verified_on"] = self.source.verified_on
            card["source"] = source
        if self.level != "info":
            card["level"] = self.level
        return card

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Card:
        """The Card of a JSON shape produced by :meth:`as_dict`. Raises KeyError without ``text``."""
        source = data.get("source")
        return cls(
            text=data["text"],
            title=data.get("title"),
            steps=tuple(data.get("steps", ())),
            facts=tuple(
                Fact(f["label"], f["value"], f.get("copy", False)) for f in data.get("facts", ())
            ),
            links=tuple(Link(link["title"], link["url"]) for link in data.get("links", ())),
            buttons=tuple(Button(b["title"], b["payload"]) for b in data.get("buttons", ())),
            source=Source(source["label"], source.get("url"), source.get("verified_on"))
            if source
            else None,
            level=data.get("level", "info"),
        )


def plain(card: Card) -> str:
    """The Card as plain text, without its buttons: one line per part, never a blank line.

    Rasa's ``text``, the terminal and the exports use it (stock channels cut at blank lines).
    """
    lines = [card.title] if card.title else []
    lines.append(card.text)
    lines += [f"{number}. {step}" for number, step in enumerate(card.steps, 1)]
    lines += [f"{fact.label}\u00a0: {fact.value}" for fact in card.facts]
    lines += [f"{link.title}\u00a0: {link.url}" for link in card.links]
    if card.source:
        when = f", vérifié le {card.source.verified_on}" if card.source.verified_on else ""
        lines.append(f"Source\u00a0: {card.source.label}{when}")
    return "\n".join(lines)
