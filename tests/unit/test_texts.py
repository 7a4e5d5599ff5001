"""Every sentence of ``knowledge/``, read as the person will read it: typography, tone, length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aiguilleur import texts
from aiguilleur.card import MAX_BUTTON_TITLE, MAX_BUTTONS, MAX_WORDS
from aiguilleur.knowledge import check, load, root

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


def _named(*kinds: str) -> list[tuple[str, str]]:
    return [(f"{said.where} {said.path}", said.text) for said in EVERY if said.kind in kinds]


EVERY = list(texts.said(KNOWLEDGE))
TEXTS = _named(texts.SENTENCE, texts.COPY, texts.REQUEST)
LABELS = _named(texts.LABEL)
TITLES = _named(texts.TITLE)
SPOKEN = _named(texts.SENTENCE)


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
    everything = [*TEXTS, *LABELS, *TITLES]
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
    long = ((f"{s.where} {s.path} ({s.words})", s.text) for s in EVERY if s.words > MAX_WORDS)
    assert not (faults := _offenders(long)), faults


def test_a_sentence_has_twenty_five_words_at_most() -> None:
    long = (
        (f"{s.where} {s.path} ({s.longest_sentence})", s.text)
        for s in EVERY
        if s.kind == texts.SENTENCE and s.longest_sentence > MAX_SENTENCE
    )
    assert not (faults := _offenders(long)), faults


def test_a_text_ends_as_a_sentence() -> None:
    ends = (".", "?", "…", ":", f".{NARROW}»", f"{NARROW}»", "{again}")
    found = ((w, t) for w, t in SPOKEN if not t.endswith(ends))
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


IN_FACTS = ("summary_", "school_", "relay", "head")
"""Labels of what stands in a fact or a sentence, never on a button."""


def test_buttons_are_short() -> None:
    pressed = [
        (w, label)
        for w, label in LABELS
        if not w.split()[-1].removeprefix("labels.").startswith(IN_FACTS)
    ]
    found = ((w, label) for w, label in pressed if not 0 < len(label) <= MAX_BUTTON_TITLE)
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
    schools = {f"school_{reason}" for reason in ("weekend", "holiday", "vacation")}
    unused = [
        key
        for key in KNOWLEDGE.labels
        if key not in keys | departments | ways | schools
        and not {f'"{key}"', f"'{key}'"} & set(re.findall(r"""["']\w+["']""", sources))
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
