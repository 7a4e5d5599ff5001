"""The files of the widget as they are served: compressed once, with what tells a copy from a newer one.

Pure but for reading ``widget/``; knows no HTTP library.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiguilleur.settings import ROOT

FOLDER = ROOT / "widget"
SCRIPT = "aiguilleur-chat.js"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """One file: its bytes, the same compressed, its type and its digest (SHA-384, base64)."""

    body: bytes
    compressed: bytes
    content_type: str
    digest: str

    @property
    def etag(self) -> str:
        """The entity tag of HTTP: the same for the same bytes."""
        return f'"{self.digest[:24]}"'

    @property
    def integrity(self) -> str:
        """What a page writes in ``integrity`` to refuse any other file (W3C, Subresource Integrity)."""
        return f"sha384-{self.digest}"


def asset(name: str, folder: Path = FOLDER) -> Asset | None:
    """The file ``name`` of the widget; None when there is none. Read again when it changes."""
    path = folder / name
    if Path(name).name != name or path.suffix not in TYPES or not path.is_file():
        return None
    return _read(path, path.stat().st_mtime_ns)


def embed(origin: str, folder: Path = FOLDER) -> str:
    """The lines that put the widget on another site's page, with the integrity of today's file."""
    script = asset(SCRIPT, folder)
    if script is None:
        raise FileNotFoundError(folder / SCRIPT)
    return (
        f'<script type="module" src="{origin}/widget/{SCRIPT}"\n'
        f'        integrity="{script.integrity}" crossorigin="anonymous"></script>\n'
        f'<aiguilleur-chat origin="{origin}"></aiguilleur-chat>\n'
        f'<noscript><a href="{origin}/aide">Aide de la messagerie</a></noscript>'
    )


@cache
def _read(path: Path, changed: int) -> Asset:
    body = path.read_bytes()
    return Asset(
        body,
        gzip.compress(body, mtime=0),
        TYPES[path.suffix],
        base64.b64encode(hashlib.sha384(body).digest()).decode(),
    )
