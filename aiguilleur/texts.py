"""Every text that a person can read, with where it comes from. Pure: knowledge in, texts out.

For the proofreader (``aiguilleur texts``) and for the tests that hold the voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aiguilleur.knowledge.model import Guide, Knowledge, Node, Question

SENTENCE, LABEL, TITLE, COPY, REQUEST = "phrase", "bouton", "titre", "à copier", "demande"
SENTENCE_END = re.compile(r"(?<=[.?…])\s+(?=[A-ZÀ-Ý«{])")


@dataclass(frozen=True)
class Said:
    """A text. ``where``: the file and line of what holds it; ``path``: what it is in there."""

    where: str
    path: str
    kind: str
    text: str

    @property
    def words(self) -> int:
        """How many words the whole text has."""
        return len(self.text.split())

    @property
    def longest_sentence(self) -> int:
        """How many words its longest sentence has, as one reads it."""
        return max(map(sentence_words, SENTENCE_END.split(self.text)), default=0)


def sentence_words(sentence: str) -> int:
    """Words as one reads them: a parenthesis, and what a semicolon or a colon cuts off, count apart."""
    bare = re.sub(r"\([^)]*\)", "", sentence)
    return max(len(re.findall(r"[\w@’.-]+", part)) for part in re.split(r"[;:]", bare))


def once(texts: Iterable[Said]) -> Iterator[Said]:
    """Each text once, where it is first written: YAML anchors repeat some under several steps."""
    seen: set[tuple[str, str]] = set()
    for said in texts:
        if (said.kind, said.text) not in seen:
            seen.add((said.kind, said.text))
            yield said


def said(knowledge: Knowledge) -> Iterator[Said]:
    """Every text of the knowledge, file by file."""
    for guide in knowledge.guides.values():
        yield from of_guide(guide)
    yield from _messages(knowledge)
    for near in knowledge.elsewhere:
        yield Said("elsewhere.yml", near.id, SENTENCE, near.say)
    for question in knowledge.questions:
        for text in filter(None, (question.say, question.vacation)):
            yield Said("questions.yml", question.like[0], SENTENCE, text)
    for error in knowledge.errors:
        yield Said("errors.yml", error.id, SENTENCE, error.say)
    for incident in knowledge.incidents:
        if incident.text:
            yield Said(incident.where, incident.id, SENTENCE, incident.text)
    yield from _facts(knowledge)
    yield from _requests(knowledge)


def of_guide(guide: Guide) -> Iterator[Said]:
    """The texts of one guide."""
    yield Said(guide.where, "title", TITLE, guide.title)
    yield Said(guide.where, "label", LABEL, guide.label)
    if guide.summary:
        yield Said(guide.where, "summary", TITLE, guide.summary)
    for node in guide.nodes.values():
        yield from _node(node)
    yield from _questions(guide.where, "questions", guide.questions)


def _node(node: Node) -> Iterator[Said]:
    path = f"nodes.{node.id}"
    if node.title:
        yield Said(node.where, f"{path}.title", TITLE, node.title)
    for name in ("text", "vacation", "steps"):
        for number, text in enumerate(getattr(node, name), 1):
            yield Said(node.where, f"{path}.{name} {number}", SENTENCE, text)
    for name in ("help", "desk_text", "question"):
        if text := getattr(node, name):
            yield Said(node.where, f"{path}.{name}", SENTENCE, text)
    for edge in node.edges:
        if edge.say:
            yield Said(node.where, f"{path}.answers.{edge.key}.say", SENTENCE, edge.say)
        if edge.label and edge.button:
            yield Said(node.where, f"{path}.answers.{edge.key}", LABEL, edge.label)
    for label, text in node.copies:
        yield Said(node.where, f"{path}.copies.{label}", COPY, text)
    yield from _questions(node.where, f"{path}.questions", node.questions)


def _questions(where: str, path: str, questions: tuple[Question, ...]) -> Iterator[Said]:
    for number, question in enumerate(questions, 1):
        yield Said(where, f"{path} {number}", SENTENCE, question.say)
        if question.vacation:
            yield Said(where, f"{path} {number}.vacation", SENTENCE, question.vacation)


def _messages(knowledge: Knowledge) -> Iterator[Said]:
    for key, label in knowledge.labels.items():
        yield Said("messages.yml", f"labels.{key}", LABEL, label)
    for message in knowledge.messages.values():
        for name in ("text", "vacation"):
            for number, text in enumerate(getattr(message, name), 1):
                yield Said(message.where, f"{message.key}.{name} {number}", SENTENCE, text)
        if message.title:
            yield Said(message.where, f"{message.key}.title", TITLE, message.title)
        for label, _ in message.buttons:
            yield Said(message.where, f"{message.key}.buttons", LABEL, label)


def _facts(knowledge: Knowledge) -> Iterator[Said]:
    for fact in knowledge.facts.values():
        yield Said(fact.where, fact.name, TITLE, fact.label)
        if fact.hedged:
            yield Said(fact.where, f"{fact.name}.hedged", TITLE, fact.hedged)
    for page in knowledge.pages.values():
        yield Said(page.url.where, page.name, TITLE, page.title)
        if page.hedged_title:
            yield Said(page.url.where, f"{page.name}.hedged_title", TITLE, page.hedged_title)


def _requests(knowledge: Knowledge) -> Iterator[Said]:
    for name, request in knowledge.requests.items():
        for key in ("subject", "subject_other"):
            if text := getattr(request, key):
                yield Said("requests.yml", f"{name}.{key}", TITLE, text)
        for key in ("opening", "opening_other"):
            if text := getattr(request, key):
                yield Said("requests.yml", f"{name}.{key}", REQUEST, text)
    for number, line in enumerate(knowledge.request_form.lines, 1):
        for text in dict.fromkeys((*line[0], *line[1])):
            yield Said("requests.yml", f"lines {number}", REQUEST, text)
