"""The sentences that the assistant learns from and says hold hardly a secret: they stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from aiguilleur import texts
from aiguilleur.knowledge import load, root
from aiguilleur.redaction import redact

PROJECT = Path(__file__).resolve().parents[2]
_LABEL = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def _learnt() -> Iterator[str]:
    for path in (PROJECT / "data").rglob("*.yml"):
        document = yaml.safe_load(path.read_text("utf-8"))
        for block in (document or {}).get("nlu") or ():
            for line in str(block.get("examples") or "").splitlines():
                if line.startswith("- "):
                    yield _LABEL.sub(r"\1", line[2:])


def test_sentences_that_people_write_are_left_alone() -> None:
    sentences = set(_learnt())
    assert len(sentences) > 1000
    touched = [sentence for sentence in sentences if redact(sentence).secrets]
    assert len(touched) <= len(sentences) // 200, touched


def test_what_the_assistant_says_is_no_secret() -> None:
    said = {one.text for one in texts.said(load(root()))}
    touched = [text for text in said if redact(text).secrets]
    assert len(touched) <= len(said) // 100, touched
