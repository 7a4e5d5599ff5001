"""The files of the widget: their digest, their weight, and the lines that embed them."""

from __future__ import annotations

import base64
import gzip
import hashlib
from pathlib import Path

import pytest

from aiguilleur import cli, widget

LIMIT = 20 * 1024


def test_the_script_weighs_less_than_the_limit_once_compressed() -> None:
    script = widget.asset(widget.SCRIPT)
    assert script is not None
    assert len(script.compressed) <= LIMIT
    assert gzip.decompress(script.compressed) == script.body


def test_the_command_prints_the_integrity_of_the_file_served(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["integrity", "--origin", "https://aide.exemple.fr/"]) == 0
    shown = capsys.readouterr().out
    digest = hashlib.sha384((widget.FOLDER / widget.SCRIPT).read_bytes()).digest()
    assert f'integrity="sha384-{base64.b64encode(digest).decode()}"' in shown
    assert 'src="https://aide.exemple.fr/widget/aiguilleur-chat.js"' in shown


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.js"
    path.write_text("1")
    first = widget.asset("a.js", tmp_path)
    path.write_text("2")
    second = widget.asset("a.js", tmp_path)
    assert first
    assert second
    assert first.etag != second.etag


@pytest.mark.parametrize("name", ["../a.js", "absent.js", "a.py", "", "."])
def test_only_files_of_the_folder_are_served(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.py").write_text("secret")
    (tmp_path.parent / "a.js").write_text("dehors")
    assert widget.asset(name, tmp_path) is None
