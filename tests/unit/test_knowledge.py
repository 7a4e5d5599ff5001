"""Knowledge: what is refused, with file, line and remedy; what is hidden; what is taken up live."""

from __future__ import annotations

import ast
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from aiguilleur.errors import KnowledgeError
from aiguilleur.knowledge import (
    KnowledgeBase,
    check,
    live,
    load,
    not_ready,
    root,
    unknown_concepts,
)
from aiguilleur.knowledge.vocabulary import REQUIRED_MESSAGES
from aiguilleur.knowledge.yaml_file import typeset
from aiguilleur.lexicon import DEFAULT_PATH
from aiguilleur.lexicon.source import names, read_source

PROJECT = Path(__file__).resolve().parents[2]
Edit = Callable[[str, str, str], None]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the knowledge that a test may spoil."""
    return Path(shutil.copytree(root(), tmp_path / "knowledge"))


@pytest.fixture
def edit(copy: Path) -> Edit:
    """Replace a text in a file of the copy; the text must be there."""

    def replace(name: str, old: str, new: str) -> None:
        path = copy / name
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return replace


def test_the_knowledge_in_service_is_sound() -> None:
    assert check(load(root())) == []


def test_every_concept_that_a_guide_waits_for_exists() -> None:
    known = names(read_source(DEFAULT_PATH))
    assert [str(finding) for finding in unknown_concepts(load(root()), known)] == []


def test_a_concept_misspelt_in_a_guide_is_found(copy: Path, edit: Edit) -> None:
    edit("guides/login_failure.yml", "attr_left_service", "attr_left_servise")
    known = names(read_source(DEFAULT_PATH))
    (finding,) = unknown_concepts(load(copy), known)
    assert "attr_left_servise" in str(finding)
    assert "attr_left_service" in finding.remedy


def test_everything_that_the_conversation_says_is_required() -> None:
    said = set()
    for path in (PROJECT / "aiguilleur").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
                continue
            key = call.args[0] if call.args else None
            if call.func.attr in {"say", "message"} and isinstance(key, ast.Constant):
                said.add(key.value)
    assert said
    assert said <= REQUIRED_MESSAGES


def test_an_incident_with_an_unknown_intent_is_found(copy: Path, edit: Edit) -> None:
    incident = "{id: x, service: webmail, intents: [panne], start: 2026-11-24 08:00}"
    edit("incidents.yml", "incidents: []", f"incidents: [{incident}]")
    assert "« panne » n’est celle d’aucun guide" in str(check(load(copy))[0])


def test_a_calendar_that_runs_out_is_listed_before_opening(copy: Path, edit: Edit) -> None:
    path = copy / "support.yml"
    content = path.read_text(encoding="utf-8")
    content = re.sub(r"(?ms)^school_holidays:.*?(?=^#)", "school_holidays: []\n", content)
    path.write_text(content, encoding="utf-8")
    assert "calendrier des vacances scolaires" in " ".join(map(str, not_ready(load(copy))))


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("mail.yml", "  webmail:\n    label", "  webmail\n    label", "mail.yml, ligne"),
        ("mail.yml", "status: likely", "status: peut-être", "statut « peut-être » inconnu"),
        ("mail.yml", "    label: Webmail\n", "    label: Webmail\n    couleur: bleu\n", "« couleur »"),
        ("mail.yml", "https://portail", "http://portail", "n’est pas une adresse https"),
        ("academy.yml", "of_name:", "nom_de:", "il manque « of_name »"),
        ("academy.yml", "retention_days: 30", "retention_days: un mois", "nombre entier"),
        ("support.yml", "kind: form", "kind: pigeon", "voie « pigeon » inconnue"),
        ("messages.yml", "> guide:login_failure", "guide:login_failure", "sans cible"),
        ("guides/login_failure.yml", "say: test", "say: chanter", "chanter"),
        ("guides/login_failure.yml", "id: login_failure", "id: autre", "n’est pas le nom du fichier"),
        ("guides/login_failure.yml", "intents: [login_failure]", "intents: [reset_password]", "déjà celle"),
        ("incidents.yml", "incidents: []", "incidents:\n  - {id: x, service: y, intents: [], text: z}", "start"),
        ("incidents.yml", "incidents: []", "incidents: [{id: x, service: y, start: 2026-11-24 08:00, end: 2026-11-24 07:00}]", "finit avant"),
        ("support.yml", "first: 2026-12-19", "first: 2027-12-19", "finit avant"),
        ("support.yml", "hours: {value: , status: unknown}", "hours: {status: unknown, open: {lundi: matin}}", "illisible"),
        ("mail.yml", "systems: []", "systems: [{id: x, name: y, label: z, from: demain}]", "n’est pas une date"),
        ("academy.yml", "Europe/Paris", "Europe/Lyon", "fuseau horaire"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_refused_with_its_name(
    copy: Path, edit: Edit, name: str, old: str, new: str, said: str
) -> None:
    edit(name, old, new)
    with pytest.raises(KnowledgeError) as refused:
        load(copy)
    assert said in str(refused.value)
    assert Path(name).stem in str(refused.value)


def test_the_line_of_the_fault_is_the_line_of_the_file(copy: Path, edit: Edit) -> None:
    edit("mail.yml", "    label: Webmail\n", "    label: Webmail\n    couleur: bleu\n")
    lines = (copy / "mail.yml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "couleur" in text)
    with pytest.raises(KnowledgeError, match=f"ligne {line} "):
        load(copy)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("messages.yml", "> guide:login_failure", "> guide:nulle_part", "« guide:nulle_part » inconnu"),
        ("messages.yml", "{retention}", "{durée_inconnue}", "n’existe pas"),
        ("academy.yml", "  - login_failure", "  - inconnu", "« inconnu »"),
        ("support.yml", "desk: rectorat", "desk: mairie", "mairie"),
        ("guides/reset_password.yml", "next: validate", "next: envol", "« envol », inconnu"),
        ("guides/reset_password.yml", "start: has_backup", "start: rien", "n’existe pas"),
        ("guides/reset_password.yml", "links: [webmail]", "links: [minitel]", "le lien « minitel »"),
        ("guides/reset_password.yml", "route: reset_password", "route: mystere", "aucune demande écrite"),
        ("guides/reset_password.yml", "label: Identifiant refusé", "label: Identifiant refusé par la page du webmail", "plus de 25"),
        ("guides/reset_password.yml", "  expired:\n", "  isolated: {say: answer, text: Seul.}\n  expired:\n", "jamais atteinte"),
    ],
)  # fmt: skip
def test_a_contradiction_is_found(
    copy: Path, edit: Edit, name: str, old: str, new: str, said: str
) -> None:
    edit(name, old, new)
    assert said in "\n".join(map(str, check(load(copy))))


def test_a_step_without_a_way_to_a_desk_is_found(copy: Path) -> None:
    (copy / "guides" / "trap.yml").write_text(
        "id: trap\ntitle: Piège\nlabel: Piège\nintents: []\nstart: a\n"
        "nodes:\n  a: {say: do, text: Faites., next: b}\n  b: {say: end, text: Fini.}\n",
        encoding="utf-8",
    )
    assert "aucun chemin ne mène" in "\n".join(map(str, check(load(copy))))


def test_a_new_topic_needs_nothing_but_its_guide(copy: Path) -> None:
    (copy / "guides" / "new_topic.yml").write_text(
        "id: new_topic\ntitle: Sujet neuf\nlabel: Sujet neuf\nintents: [new_topic]\nstart: a\n"
        "nodes:\n  a: {say: do, text: Faites ceci., next: b, stuck: c}\n"
        "  b: {say: end, text: C'est fini.}\n  c: {route: default}\n",
        encoding="utf-8",
    )
    knowledge = load(copy)
    assert check(knowledge) == []
    assert knowledge.guide_of_intent["new_topic"] == "new_topic"


@pytest.mark.parametrize(
    ("status", "shown"),
    [("conflicting", None), ("unknown", None), ("likely", None), ("confirmed", "imap.ac-lyon.fr")],
)
def test_only_what_its_status_allows_is_shown(
    copy: Path, edit: Edit, status: str, shown: str | None
) -> None:
    edit("mail.yml", "status: conflicting", f"status: {status}")
    assert load(copy).facts["imap_host"].shown == shown


def test_a_likely_fact_is_told_only_in_its_hedged_words() -> None:
    webmail = load(root()).facts["webmail"]
    assert webmail.shown == webmail.hedged
    assert "habituelle" in str(webmail.shown)


def test_a_fact_stated_needs_its_source(copy: Path, edit: Edit) -> None:
    edit("mail.yml", "    source: attestations faibles et contradictoires\n", "")
    edit("mail.yml", "status: conflicting", "status: confirmed")
    with pytest.raises(KnowledgeError, match="sans « source »"):
        load(copy)


def test_what_is_not_confirmed_is_listed_before_opening() -> None:
    missing = "\n".join(map(str, not_ready(load(root()))))
    assert "DSDEN de l’Ain : formulaire" in missing
    assert "Serveur de réception" in missing


def test_a_saved_change_is_taken_up(
    copy: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = _eager(copy, monkeypatch)
    before = base.current()
    edit("messages.yml", "Avec plaisir. Autre chose", "Très volontiers. Autre chose")
    after = _settled(base)
    assert "Très volontiers" in after.messages["thanks"].text[0]
    assert "Avec plaisir" in before.messages["thanks"].text[0], "a turn keeps its snapshot"


def test_a_broken_file_never_serves(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = _eager(copy, monkeypatch)
    before = base.current()
    good = (copy / "messages.yml").read_text(encoding="utf-8")
    (copy / "messages.yml").write_text(good[: len(good) // 2], encoding="utf-8")
    assert _settled(base) is before
    assert base.error is not None
    (copy / "messages.yml").write_text(good, encoding="utf-8")
    assert _settled(base).messages.keys() == before.messages.keys()
    assert base.error is None


def test_a_contradiction_never_serves(
    copy: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = _eager(copy, monkeypatch)
    before = base.current()
    edit("guides/reset_password.yml", "next: validate", "next: envol")
    assert _settled(base) is before
    assert "envol" in str(base.error)


def test_typing_on_an_ordinary_keyboard_gives_french_typography() -> None:
    assert typeset('C\'est "ok" ? Oui : « là » ; https://x.fr:80/a') == (
        'C’est "ok"\u202f? Oui\u00a0: «\u202flà\u202f»\u202f; https://x.fr:80/a'
    )


def _eager(folder: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    monkeypatch.setattr(live, "LOOK_EVERY", 0.0)
    monkeypatch.setattr(live, "SETTLED", 0.0)
    return KnowledgeBase(folder)


def _settled(base: KnowledgeBase):  # type: ignore[no-untyped-def]
    for path in base.root.rglob("*.yml"):
        os.utime(path, ns=(time.time_ns(), time.time_ns()))
    base.current()
    return base.current()
