"""``aiguilleur`` on the command line: what goes in, what comes out, exit codes."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest

from aiguilleur.cli import main


def _run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: str, *arguments: str
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def test_place_answers_line_by_line_in_order(monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    given = '{"text": "miribel"}\n{"text": "Grenoble"}\n{"text": ""}\n'
    code, out, _ = _run(monkeypatch, capsys, given, "place", "--jsonl")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [one["department"] for one in found] == ["01", None, None]
    assert found[1]["academy"] == "Grenoble"
    assert set(found[0]) >= {"text", "department", "academy", "place", "reason", "candidates"}


def test_redact_gives_the_kinds_and_the_offsets(monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    text = "mon numéro 06 39 98 12 34 merci"
    code, out, _ = _run(monkeypatch, capsys, json.dumps({"text": text}) + "\n", "redact", "--jsonl")
    found = json.loads(out)
    assert code == 0
    assert [s["kind"] for s in found["secrets"]] == ["phone"]
    assert text[found["secrets"][0]["start"] : found["secrets"][0]["end"]] == "06 39 98 12 34"


def test_a_line_that_is_not_json_is_named(monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    code, _, err = _run(monkeypatch, capsys, '{"text": "a"}\nzut\n', "place", "--jsonl")
    assert code == 2
    assert "ligne 2" in err


def test_plain_lines_are_for_people(monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = _run(monkeypatch, capsys, "givors\n", "place")
    assert code == 0
    assert out.startswith("69\t")


def test_check_exits_with_a_finding(monkeypatch, capsys, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("AIGUILLEUR_KNOWLEDGE", str(tmp_path))
    code, out, _ = _run(monkeypatch, capsys, "", "check")
    assert code == 1
    assert "academy.yml" in out


def test_check_strict_lists_what_is_not_ready(monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = _run(monkeypatch, capsys, "", "check", "--strict")
    assert code == 1
    assert "Pas prêt à ouvrir" in out


@pytest.mark.parametrize(
    "verb", ["parse", "place", "redact", "serve", "chat", "train", "check", "evaluate"]
)
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out


def test_bad_use_exits_with_two() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["dance"])
    assert ended.value.code == 2


def test_purge_erases_what_is_older(monkeypatch, capsys, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from aiguilleur.engine.database import Database, NewTurn

    monkeypatch.setenv("AIGUILLEUR_VAR", str(tmp_path))
    database = Database(tmp_path / "aiguilleur.db")
    for name, days in (("ancienne", 40), ("récente", 10)):
        at = time.time() - days * 86400
        database.write(name, NewTurn(1, None, at, [], {}))
    database.close()
    assert _run(monkeypatch, capsys, "", "purge", "--older-than", "30d")[:2] == (
        0,
        "1 conversations effacées.\n",
    )
    assert _run(monkeypatch, capsys, "", "purge")[1] == "0 conversations effacées.\n"
    assert _run(monkeypatch, capsys, "", "purge", "--older-than", "12h")[1].startswith("1 ")


def test_purge_refuses_what_is_no_duration(monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    code, _, err = _run(monkeypatch, capsys, "", "purge", "--older-than", "un mois")
    assert code == 2
    assert "30d" in err


def test_texts_prints_each_text_once_with_its_origin(monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = _run(monkeypatch, capsys, "", "texts", "--jsonl")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert len({(one["kind"], one["text"]) for one in found}) == len(found) > 500
    assert all(one["where"] and one["path"] for one in found)
    assert max(one["words"] for one in found) <= 60


def test_texts_of_an_unknown_guide(monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    code, _, err = _run(monkeypatch, capsys, "", "texts", "--guide", "nulle_part")
    assert code == 2
    assert "reset_password" in err
