"""Every sentence of ``knowledge/``, read as the person will read it: typography, tone, length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aiguilleur.card import MAX_BUTTON_TITLE, MAX_BUTTONS, MAX_WORDS
from aiguilleur.knowledge import Knowledge, check, load, root
from aiguilleur.knowledge.model import Guide

PROJECT = Path(__file__).resolve().parents[2]
KNOWLEDGE = load(root())

MAX_SENTENCE = 25
MAX_LIKE = 8
NARROW, WIDE = "\u202f", "\u00a0"

TONE = {
    "point d’exclamation": r"!",
    "émoji": r"[\U0001F300-\U0001FAFF\u2600-\u27BF]",
    "veuillez": r"veuillez",
    "malheureusement": r"malheureusement",
    "n’hésitez pas": r"n’hésitez pas",
    "cliquez ici": r"cliquez ici|cliquer ici",
    "pnom": r"\bpnom\b",
    "anglais du métier": r"\b(hotline|helpdesk|ticket|mail de récupération|bug|spam)\b",
    "empathie de robot": r"je comprends (votre|que vous)|désolé|navré",
    "point médian": r"\w·\w",
    "participe genré": r"\b(connecté|bloqué|inscrit|affecté|sûr)(\(e\)|·e)",
    "promesse de délai": r"sous (24|48|72) ?h|dans les (24|48|72) heures|sous \d+ jours|d’ici \d+",
    "tutoiement": r"\b(tu|ton|tes|toi)\b",
    "accent absent sur capitale": r"\b(Etape|Ecole|Ecrire|Etes|A quelle|Etablissement)\b",
}
SECRET = re.compile(
    r"(donnez|écrivez|envoyez|indiquez|dites|communiquez|précisez|tapez|saisissez)(-moi|-nous)"
    r"[^.?]{0,30}(mot de passe|numen|code\b(?! uai))"
    r"|quel est votre (mot de passe|numen|code)",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"(?<=[.?…])\s+(?=[A-ZÀ-Ý«{])")


def _of_guide(guide: Guide) -> Iterator[tuple[str, str]]:
    for node in guide.nodes.values():
        where = f"{guide.id}#{node.id}"
        for text in (*node.text, *node.steps):
            yield where, text
        for name in ("help", "desk_text", "question"):
            if text := getattr(node, name):
                yield f"{where} {name}", text
        for edge in node.edges:
            if edge.say:
                yield f"{where} {edge.key}", edge.say
        for label, text in node.copies:
            yield f"{where} copie {label}", text
        for question in node.questions:
            yield f"{where} question", question.say
    for number, question in enumerate(guide.questions, 1):
        yield f"{guide.id} question {number}", question.say


def _texts(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for key, message in knowledge.messages.items():
        for text in message.text:
            yield f"messages.yml {key}", text
    for guide in knowledge.guides.values():
        yield from _of_guide(guide)
    for near in knowledge.elsewhere:
        yield f"elsewhere.yml {near.id}", near.say
    for error in knowledge.errors:
        yield f"errors.yml {error.id}", error.say
    for name, request in knowledge.requests.items():
        for text in (request.opening, request.opening_other):
            if text:
                yield f"support.yml {name}", text


def _labels(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for key, label in knowledge.labels.items():
        yield f"messages.yml labels {key}", label
    for key, message in knowledge.messages.items():
        for label, _ in message.buttons:
            yield f"messages.yml {key}", label
    for guide in knowledge.guides.values():
        yield guide.id, guide.label
        for node in guide.nodes.values():
            for edge in node.edges:
                if edge.label and edge.button:
                    yield f"{guide.id}#{node.id}", edge.label


def _titles(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for guide in knowledge.guides.values():
        yield guide.id, guide.title
        yield guide.id, guide.summary
        for node in guide.nodes.values():
            if node.title:
                yield f"{guide.id}#{node.id}", node.title
    for key, message in knowledge.messages.items():
        if message.title:
            yield f"messages.yml {key}", message.title
    for request in knowledge.requests.values():
        for subject in (request.subject, request.subject_other):
            if subject:
                yield "support.yml", subject


TEXTS = list(_texts(KNOWLEDGE))
LABELS = list(_labels(KNOWLEDGE))
SPOKEN = [(where, text) for where, text in TEXTS if "support.yml" not in where]


def _offenders(found: Iterator[tuple[str, str]]) -> str:
    return "\n".join(f"{where} : {text}" for where, text in found)


def test_the_knowledge_has_no_contradiction() -> None:
    assert not [str(finding) for finding in check(KNOWLEDGE)]


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("apostrophe droite", r"'"),
        ("guillemets droits", r'"'),
        ("trois points", r"\.\.\."),
        ("espace avant ; ? !", rf"(?<![{NARROW}])[;?!]"),
        ("guillemets français", rf"«(?!{NARROW})|(?<!{NARROW})»"),
        ("espace avant deux-points", rf"(?<![{WIDE}\d]):(?!//)"),
        ("espace avant virgule ou point", r"\s[,.](?!\w)"),
        ("double espace", r"\s\s"),
    ],
)
def test_typography(what: str, pattern: str) -> None:
    everything = [*TEXTS, *LABELS, *_titles(KNOWLEDGE)]
    found = ((where, text) for where, text in everything if re.search(pattern, text))
    assert not (faults := _offenders(found)), f"{what}\n{faults}"


@pytest.mark.parametrize("what", TONE)
def test_tone(what: str) -> None:
    found = (
        (where, text) for where, text in [*TEXTS, *LABELS] if re.search(TONE[what], text, re.I)
    )
    if what == "accent absent sur capitale":
        found = ((w, t) for w, t in [*TEXTS, *LABELS] if re.search(TONE[what], t))
    assert not (faults := _offenders(found)), f"{what}\n{faults}"


def test_a_text_has_sixty_words_at_most() -> None:
    found = ((f"{where} ({len(t.split())})", t) for where, t in TEXTS if len(t.split()) > MAX_WORDS)
    assert not (faults := _offenders(found)), faults


def test_a_sentence_has_twenty_five_words_at_most() -> None:
    found = (
        (f"{where} ({_words(sentence)})", sentence)
        for where, text in SPOKEN
        for sentence in SENTENCE.split(text)
        if _words(sentence) > MAX_SENTENCE
    )
    assert not (faults := _offenders(found)), faults


def _words(sentence: str) -> int:
    """Words as one reads them: a parenthesis and what a semicolon or a colon cuts off counts apart."""
    bare = re.sub(r"\([^)]*\)", "", sentence)
    return max(len(re.findall(r"[\w@’.-]+", part)) for part in re.split(r"[;:]", bare))


def test_a_text_ends_as_a_sentence() -> None:
    ends = (".", "?", "…", ":", f".{NARROW}»", f"{NARROW}»", "{again}")
    found = ((w, t) for w, t in SPOKEN if not t.endswith(ends) and "copie" not in w)
    assert not (faults := _offenders(found)), faults


def test_one_question_at_most() -> None:
    found = ((where, text) for where, text in SPOKEN if text.count("?") > 1)
    assert not (faults := _offenders(found)), faults


def test_nobody_is_asked_for_a_secret() -> None:
    found = ((where, text) for where, text in [*TEXTS, *LABELS] if SECRET.search(text))
    assert not (faults := _offenders(found)), faults


def test_no_identifier_but_the_example() -> None:
    allowed = {"jeanne.dupont@ac-lyon.fr"}
    addresses = ((w, t) for w, t in TEXTS for found in re.findall(r"\S+@\S+\.\w+", t)
                 if found not in allowed)  # fmt: skip
    assert not (faults := _offenders(addresses)), faults


def test_no_phone_number_in_a_text() -> None:
    found = ((where, text) for where, text in TEXTS if re.search(r"\b0\d([ .]?\d\d){4}\b", text))
    assert not (faults := _offenders(found)), faults


def test_buttons_are_short() -> None:
    found = ((w, label) for w, label in LABELS if not 0 < len(label) <= MAX_BUTTON_TITLE)
    assert not (faults := _offenders(found)), faults


def test_buttons_of_a_card_are_few_and_distinct() -> None:
    for guide in KNOWLEDGE.guides.values():
        for node in guide.nodes.values():
            shown = [e.label or KNOWLEDGE.labels[e.key] for e in node.edges if e.button]
            assert len(shown) <= MAX_BUTTONS, f"{guide.id}#{node.id}"
            assert len(set(shown)) == len(shown), f"{guide.id}#{node.id} : {shown}"
    for key, message in KNOWLEDGE.messages.items():
        shown = [label for label, _ in message.buttons]
        assert len(set(shown)) == len(shown) <= MAX_BUTTONS, key


def test_wordings_of_a_message_differ() -> None:
    for key, message in KNOWLEDGE.messages.items():
        assert len(set(message.text)) == len(message.text), key


def test_every_message_serves() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("aiguilleur", "actions")
        for path in (PROJECT / folder).rglob("*.py")
        if path.name != "check.py"
    )
    unused = [key for key in KNOWLEDGE.messages if f'"{key}"' not in sources]
    assert not unused


def test_every_label_serves() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in (PROJECT / "aiguilleur").rglob("*.py")
    )
    keys = {edge.key for g in KNOWLEDGE.guides.values() for n in g.nodes.values() for edge in n.edges
            if edge.label is None}  # fmt: skip
    departments = {f"department_{code}" for code in KNOWLEDGE.departments()}
    ways = {"form", "write", "phone"}
    unused = [
        key
        for key in KNOWLEDGE.labels
        if key not in keys | departments | ways and f'"{key}"' not in sources
    ]
    assert not unused


def test_like_phrases_are_short() -> None:
    phrases = [
        (f"{guide.id}#{node.id} {edge.key}", like)
        for guide in KNOWLEDGE.guides.values()
        for node in guide.nodes.values()
        for edge in node.edges
        for like in edge.like
    ]
    phrases += [
        (f"{guide.id} {kind}", like)
        for guide in KNOWLEDGE.guides.values()
        for kind, items in (("entries", guide.entries), ("questions", guide.questions))
        for item in items
        for like in item.like
    ]
    found = ((w, like) for w, like in phrases if not 0 < len(like.split()) <= MAX_LIKE)
    assert not (faults := _offenders(found)), faults


def test_an_answer_of_a_step_is_never_ambiguous() -> None:
    """Two answers of one step that the same words name: only the first would ever be taken."""
    found = []
    for guide in KNOWLEDGE.guides.values():
        for node in guide.nodes.values():
            seen: dict[str, str] = {}
            for edge in node.edges:
                for like in edge.like:
                    if like in seen:
                        found.append(
                            (f"{guide.id}#{node.id}", f"{like} : {seen[like]}, {edge.key}")
                        )
                    seen[like] = edge.key
    assert not (faults := _offenders(iter(found))), faults


def test_every_guide_reaches_a_desk() -> None:
    stuck = [
        f"{guide.id}#{node.id}"
        for guide in KNOWLEDGE.guides.values()
        for node in guide.nodes.values()
        if node.kind in {"ask", "do", "test"} and not _reaches_a_desk(guide.id, node.id)
    ]
    assert not stuck


def _reaches_a_desk(guide_id: str, start: str) -> bool:
    todo, seen = [(guide_id, start)], set()
    while todo:
        here = todo.pop()
        if here in seen:
            continue
        seen.add(here)
        guide = KNOWLEDGE.guides[here[0]]
        node = guide.nodes[here[1] or guide.start]
        if node.kind == "route":
            return True
        for edge in node.edges:
            if edge.to in {"@support", "@prepare"}:
                return True
            if edge.to.startswith("guide:"):
                name, _, target = edge.to.removeprefix("guide:").partition("#")
                todo.append((name, target))
            elif not edge.to.startswith("@"):
                todo.append((here[0], edge.to))
    return False


def test_every_problem_of_a_guide_has_a_written_request() -> None:
    missing = {
        guide.id
        for guide in KNOWLEDGE.guides.values()
        for node in guide.nodes.values()
        if node.problem and node.problem not in KNOWLEDGE.requests
    }
    assert not missing


def test_the_rest_of_a_guide_is_named() -> None:
    for guide in KNOWLEDGE.guides.values():
        assert guide.summary, guide.id
        assert guide.source_label, guide.id
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", guide.verified_on or ""), guide.id
