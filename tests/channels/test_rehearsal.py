"""Dialogues written by others, played over the web channel of a real server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aiguilleur.cli import main

GOOD = {
    "title": "mot de passe",
    "turns": [
        {"user": "j’ai oublié mon mot de passe de messagerie", "must": ["secours|mobile"]},
        {"user": "non, ni l’un ni l’autre", "must": ["ville"], "must_not": ["étape 1"]},
        {"user": "Roanne", "must": ["dsden de la loire"]},
    ],
}
BAD = {"title": "autre", "turns": [{"user": "bonjour", "must": ["jamais dit"], "expect": "rien"}]}


def _file(folder: Path, *scenes: dict[str, Any]) -> str:
    path = folder / "dialogues.jsonl"
    path.write_text("\n".join(json.dumps(scene) for scene in scenes), encoding="utf-8")
    return str(path)


def test_a_dialogue_that_holds(site: Any, tmp_path: Path, capsys: Any) -> None:
    assert main(["rehearse", _file(tmp_path, GOOD), "--url", site.url]) == 0
    assert "3 tours sur 3 (100%), 1 dialogues entiers sur 1" in capsys.readouterr().out


def test_what_does_not_hold_is_shown_and_counts(site: Any, tmp_path: Path, capsys: Any) -> None:
    assert main(["rehearse", _file(tmp_path, GOOD, BAD), "--url", site.url]) == 1
    out = capsys.readouterr().out
    assert "NON autre" in out
    assert "attendu : jamais dit (rien)" in out
    assert "mot de passe" not in out.replace("NON autre", "").split("> bonjour")[0]


@pytest.mark.parametrize(
    "line", ["{", '{"title": "x"}', '{"title": "x", "turns": [{"user": "a", "must": ["("]}]}']
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, capsys: Any, line: str) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(line, encoding="utf-8")
    assert main(["rehearse", str(path)]) == 2
    assert "ligne 1" in capsys.readouterr().err


def test_no_server(tmp_path: Path, capsys: Any) -> None:
    assert main(["rehearse", _file(tmp_path, GOOD), "--url", "http://127.0.0.1:9"]) == 2
    assert "ne répond pas" in capsys.readouterr().err
