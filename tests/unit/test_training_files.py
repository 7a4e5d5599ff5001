"""What Rasa takes for training data: nlu, rules and stories, nothing else, and nothing missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from aiguilleur.engine.training import fingerprint
from aiguilleur.settings import ROOT

DATA = ROOT / "data"
OF_ACTIONS_ONLY = {"nlu_fallback"}


def yaml_of(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def intents_of(kind: str) -> dict[str, str]:
    """The family of each intent in the files of that kind; each intent once."""
    found: dict[str, str] = {}
    for path in sorted((DATA / kind).glob("*.yml")):
        for rule in yaml_of(path)["rules"]:
            asked, done = rule["steps"]
            assert asked["intent"] not in found
            found[asked["intent"]] = done["action"]
    return found


@pytest.mark.rasa
def test_the_importer_sees_only_nlu_rules_and_stories() -> None:
    from rasa.shared.data import get_data_files, is_nlu_file
    from rasa.shared.importers.importer import TrainingDataImporter

    seen = {
        Path(path).relative_to(DATA).parts[0]
        for path in get_data_files([str(DATA)], lambda _: True)
    }
    learned = {"replies.yml", "questions.yml", "answers.yml"}
    assert seen <= {"nlu", "rules", "stories", "lexicon.yml"} | learned
    assert not is_nlu_file(str(DATA / "lexicon.yml"))
    assert not is_nlu_file(str(DATA / "replies.yml"))
    assert not is_nlu_file(str(DATA / "questions.yml"))
    assert not is_nlu_file(str(DATA / "answers.yml"))
    importer = TrainingDataImporter.load_from_config(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(DATA)]
    )
    files = [*importer.get_nlu_data().training_examples, *importer.get_stories().story_steps]
    assert files
    assert not importer.get_domain().responses


def test_every_intent_has_one_rule_to_a_family_that_exists() -> None:
    domain = yaml_of(ROOT / "domain.yml")
    intents = {
        intent if isinstance(intent, str) else next(iter(intent)) for intent in domain["intents"]
    }
    rules = intents_of("rules")
    assert set(rules) == intents | OF_ACTIONS_ONLY
    assert set(rules.values()) | {"action_session_start"} == set(domain["actions"])


def test_the_families_of_the_domain_are_those_of_the_package() -> None:
    from actions import FAMILIES

    names = [family().name() for family in FAMILIES]
    assert sorted(names) == sorted(yaml_of(ROOT / "domain.yml")["actions"])


def test_every_slot_of_the_domain_is_one_of_the_state() -> None:
    from aiguilleur.dialogue import State

    slots = yaml_of(ROOT / "domain.yml")["slots"]
    assert set(slots) == set(State().to_slots())
    assert not any(slot["influence_conversation"] for slot in slots.values())
    assert all(slot["mappings"] == [{"type": "custom"}] for slot in slots.values())


def test_stories_follow_the_rules() -> None:
    rules = intents_of("rules")
    for path in (DATA / "stories").glob("*.yml"):
        for story in yaml_of(path)["stories"]:
            steps = story["steps"]
            assert len(steps) > 4
            for asked, done in zip(steps[::2], steps[1::2], strict=True):
                assert done["action"] == rules[asked["intent"]], story["story"]


def test_every_topic_has_its_rules_and_stories() -> None:
    names = {path.name for path in (DATA / "rules").glob("*.yml")}
    assert names == {path.name for path in (DATA / "stories").glob("*.yml")}


def test_every_intent_has_its_road_in_a_story() -> None:
    told = {
        step["intent"]
        for path in (DATA / "stories").glob("*.yml")
        for story in yaml_of(path)["stories"]
        for step in story["steps"]
        if "intent" in step
    }
    assert set(intents_of("rules")) - {"nlu_fallback"} <= told


def test_the_fingerprint_follows_what_the_model_is_made_of(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "config.yml").write_text("language: fr\n")
    (tmp_path / "aiguilleur").mkdir()
    first = fingerprint(tmp_path)
    (tmp_path / "aiguilleur" / "server.py").write_text("x = 1\n")
    assert fingerprint(tmp_path) == first
    (tmp_path / "aiguilleur" / "lexicon.py").write_text("x = 1\n")
    second = fingerprint(tmp_path)
    (tmp_path / "data" / "lexicon.yml").write_text("concepts: {}\n")
    assert len({first, second, fingerprint(tmp_path)}) == 3
