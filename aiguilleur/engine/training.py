"""Train only when something changed; the model carries the fingerprint of what it was made of.

Knows which files make the model, not what is in them. Progress goes to standard error.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from aiguilleur.engine.logs import quiet
from aiguilleur.errors import ModelError
from aiguilleur.settings import ROOT

logger = logging.getLogger(__name__)

SOURCES = ("data", "config.yml", "domain.yml", "aiguilleur/nlu", "aiguilleur/lexicon*")
SUFFIXES = (".yml", ".yaml", ".py", ".json", ".txt")
NAME = "aiguilleur-{}.tar.gz"
KEPT_MODELS = 2
REMEDY = "Entraînez-le : aiguilleur train (ou make run, qui le fait)."


def fingerprint(root: Path = ROOT) -> str:
    """A digest of all that the model is made of: sixteen hexadecimal digits."""
    digest = hashlib.sha256(version("rasa").encode())
    for path in _sources(root):
        digest.update(f"\0{path.relative_to(root)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def up_to_date(models: Path, root: Path = ROOT) -> Path | None:
    """The model made of the files as they are now, if there is one."""
    path = models / NAME.format(fingerprint(root))
    return path if path.is_file() else None


def model_to_serve(models: Path, root: Path = ROOT) -> Path:
    """The up-to-date model, else the newest with a warning. Raises ModelError without any."""
    current = up_to_date(models, root)
    if current:
        return current
    others = sorted(models.glob(NAME.format("*")), key=lambda path: path.stat().st_mtime)
    if not others:
        raise ModelError(f"Aucun modèle dans {models}.", REMEDY)
    logger.warning("Le modèle n’est plus à jour. Entraînez-le : aiguilleur train.")
    return others[-1]


def train(root: Path = ROOT, *, models: Path | None = None, if_needed: bool = False) -> Path:
    """Train and return the path of the model; with ``if_needed``, only when a file changed.

    ``models`` is by default AIGUILLEUR_MODELS, else ``models/`` of ``root``. Raises ModelError.
    """
    models = models or Path(os.environ.get("AIGUILLEUR_MODELS") or root / "models")
    current = up_to_date(models, root) if if_needed else None
    if current:
        _tell("Modèle déjà à jour.")
        return current
    models.mkdir(parents=True, exist_ok=True)
    target = models / NAME.format(fingerprint(root))
    with tempfile.TemporaryDirectory(dir=models, prefix=".training-") as scratch, _progress():
        trained = _train(root, Path(scratch), not if_needed)
        os.replace(trained, target)
    for old in sorted(models.glob(NAME.format("*")), key=lambda path: path.stat().st_mtime)[
        :-KEPT_MODELS
    ]:
        old.unlink(missing_ok=True)
    return target


def _train(root: Path, output: Path, force: bool) -> Path:
    quiet()
    # Rasa draws hundreds of bars for trackers made in a millisecond, unless its own level says no.
    os.environ["LOG_LEVEL"] = "WARNING"
    os.environ.setdefault("RASA_CACHE_DIRECTORY", str(root / ".rasa" / "cache"))
    before = Path.cwd()
    os.chdir(root)
    try:
        with contextlib.redirect_stdout(sys.stderr):
            from rasa.model_training import train as rasa_train

            result = rasa_train(
                domain=str(root / "domain.yml"),
                config=str(root / "config.yml"),
                training_files=[str(root / "data")],
                output=str(output),
                fixed_model_name="trained",
                force_training=force,
            )
    except SystemExit as error:
        raise ModelError(
            "L’entraînement a été refusé par Rasa.", "Lisez le message plus haut."
        ) from error
    finally:
        os.chdir(before)
    if result.code or not result.model:
        raise ModelError("L’entraînement a échoué.", "Lisez le message plus haut.")
    return Path(result.model)


def _sources(root: Path) -> Iterator[Path]:
    found: set[Path] = set()
    for pattern in SOURCES:
        for path in root.glob(pattern):
            found.update([path] if path.is_file() else path.rglob("*"))
    yield from sorted(
        path
        for path in found
        if path.is_file() and path.suffix in SUFFIXES and "__pycache__" not in path.parts
    )


@contextlib.contextmanager
def _progress(every: float = 5.0) -> Iterator[None]:
    """Tell what goes on while it lasts."""
    started, finished = time.monotonic(), threading.Event()

    def tell() -> None:
        while not finished.wait(every):
            _tell(f"  … {time.monotonic() - started:.0f} s")

    _tell("Entraînement du modèle (une à deux minutes la première fois)…")
    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    except BaseException:
        _tell("Entraînement interrompu.")
        raise
    else:
        _tell(f"Modèle prêt en {time.monotonic() - started:.0f} s.")
    finally:
        finished.set()
        teller.join()


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
