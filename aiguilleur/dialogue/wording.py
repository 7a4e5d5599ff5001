"""From knowledge to words: values put into texts, unknown ones left out with their sentence.

Pure. Knows Cards and knowledge; decides nothing of the conversation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from aiguilleur.card import Button, Card, Fact, Link, Source
from aiguilleur.knowledge.model import Edge, Guide, Knowledge, Node

VALUE = re.compile(r"{(\w+)}")
SENTENCE_END = re.compile(r"(?<=[.?!…»])\s(?=[A-ZÀ-ÖØ-Þ«{])")

Values = Mapping[str, str | None]


def fill(text: str, values: Values) -> tuple[str, bool]:
    """The text with its values, and whether it is whole.

    A sentence one of whose values is missing is left out.
    """
    kept, whole = [], True
    for sentence in SENTENCE_END.split(text):
        names = VALUE.findall(sentence)
        if any(not values.get(name) for name in names):
            whole = False
            continue
        kept.append(VALUE.sub(lambda match: str(values[match[1]]), sentence))
    words = " ".join(kept)
    return words[:1].upper() + words[1:], whole


def choose(texts: Sequence[str], times: int, values: Values) -> str:
    """The wording for the ``times``-th telling; one that must leave nothing out is preferred."""
    if not texts:
        return ""
    first = min(times, len(texts) - 1)
    for candidate in (*texts[first:], *texts[:first]):
        words, whole = fill(candidate, values)
        if whole:
            return words
    return fill(texts[first], values)[0]


def payload(choice: str, step: str) -> str:
    """What a button carries: Rasa's payload-only intent ``choose``."""
    entities = json.dumps({"choice": choice, "step": step}, ensure_ascii=False)
    return f"/choose{entities}"


def button(label: str, choice: str, step: str = "*") -> Button:
    """A button; ``step`` ``*`` is valid at any time."""
    return Button(label, payload(choice, step))


def links(names: Sequence[str], knowledge: Knowledge) -> tuple[Link, ...]:
    """The pages that may be shown, under the title that their status allows."""
    pages = (
        page
        for name in names
        for page in (knowledge.pages[name], *knowledge.other_pages.get(name, ()))
    )
    return tuple(
        Link(page.shown_title, page.url.value)
        for page in pages
        if page.shown_title and page.url.value
    )


def facts(names: Sequence[str], knowledge: Knowledge) -> tuple[Fact, ...]:
    """The facts that may be shown; a name that begins with ``=`` gets a copy button."""
    shown = []
    for name in names:
        known = knowledge.facts[name.lstrip("=")]
        if known.shown:
            shown.append(Fact(known.label, known.shown, copy=name.startswith("=")))
    return tuple(shown)


def source(guide: Guide) -> Source | None:
    """The source of a guide, if it names one."""
    if not guide.source_label:
        return None
    return Source(guide.source_label, guide.source_url, guide.verified_on)


def count(guide: Guide, node: Node) -> str:
    """« Étape 2 sur 4. » for a counted step, else nothing."""
    if node.id not in guide.counted:
        return ""
    return f"Étape {guide.counted.index(node.id) + 1} sur {len(guide.counted)}. "


def _choice(guide: Guide, node: Node, edge: Edge) -> tuple[str, str]:
    """What a button of a step chooses, and where it is valid.

    The buttons of an answer or of an end outlive their step: they carry their target.
    """
    if node.kind not in {"answer", "end"} or edge.say or edge.sets:
        return edge.key, f"{guide.id}#{node.id}"
    target = edge.to
    if not target.startswith(("@", "guide:")):
        target = f"guide:{guide.id}#{target}"
    return target, "*"


def node_card(guide: Guide, node: Node, text: str, knowledge: Knowledge, values: Values) -> Card:
    """The Card of a step: its counted text, links, facts, things to copy and buttons."""
    buttons = tuple(
        button(edge.label or knowledge.labels[edge.key], *_choice(guide, node, edge))
        for edge in node.edges
        if edge.button
    )
    copies = tuple(
        Fact(label, filled, copy=True)
        for label, value in node.copies
        if (filled := fill(value, values)[0])
    )
    return Card(
        text=text,
        title=node.title,
        steps=tuple(filled for step in node.steps if (filled := fill(step, values)[0])),
        facts=facts(node.facts, knowledge) + copies,
        links=links(node.links, knowledge),
        buttons=buttons,
        level="success" if node.kind == "end" else "info",
    )
