"""What the environment says, read once, typed and checked: the start is refused on a mistake.

The only place that reads ``AIGUILLEUR_*``. Knows no channel, no store and no Rasa, and never prints
a secret.
"""

from __future__ import annotations

import difflib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from aiguilleur.errors import SettingsError

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "AIGUILLEUR_"
NAMES = (
    "AIGUILLEUR_SECRET",
    "AIGUILLEUR_DATABASE_URL",
    "AIGUILLEUR_ALLOWED_ORIGINS",
    "AIGUILLEUR_ENVIRONMENT",
    "AIGUILLEUR_MESSAGES_PER_MINUTE",
    "AIGUILLEUR_SESSION_HOURS",
    "AIGUILLEUR_KNOWLEDGE",
    "AIGUILLEUR_MODELS",
    "AIGUILLEUR_VAR",
    "AIGUILLEUR_REQUIRE_SERVICES",
)
SHORTEST_SECRET = 16
ORIGIN = re.compile(r"https?://(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?", re.IGNORECASE)


@dataclass(frozen=True)
class Settings:
    """The settings of one process.

    ``secret`` signs the session tokens and keys the pseudonyms. ``database``: the SQLite file.
    ``allowed_origins``: other sites whose pages may call the web channel.
    ``session_seconds``: how long a session token lives.
    """

    secret: str = field(repr=False)
    database: Path
    models: Path = ROOT / "models"
    allowed_origins: tuple[str, ...] = ()
    messages_per_minute: int = 30
    session_seconds: int = 12 * 3600
    production: bool = False

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str] | None = None, root: Path = ROOT
    ) -> Settings:
        """The settings of ``environ`` (the process's by default).

        Outside production a missing secret is made and kept in ``var/secret``. Raises
        SettingsError, with the remedy, on an unknown name or a bad value.
        """
        given = os.environ if environ is None else environ
        values = {name: value.strip() for name, value in given.items() if name.startswith(PREFIX)}
        for name in values:
            _known(name)
        var = Path(values.get("AIGUILLEUR_VAR") or root / "var")
        production = _environment(values.get("AIGUILLEUR_ENVIRONMENT", "")) == "production"
        _folder("AIGUILLEUR_KNOWLEDGE", values)
        return cls(
            secret=_secret(values.get("AIGUILLEUR_SECRET", ""), production, var),
            database=_database(values.get("AIGUILLEUR_DATABASE_URL", ""), var),
            models=Path(values.get("AIGUILLEUR_MODELS") or root / "models"),
            allowed_origins=_origins(values.get("AIGUILLEUR_ALLOWED_ORIGINS", "")),
            messages_per_minute=_whole("AIGUILLEUR_MESSAGES_PER_MINUTE", values, 30, 1, 6000),
            session_seconds=3600 * _whole("AIGUILLEUR_SESSION_HOURS", values, 12, 1, 720),
            production=production,
        )


def _known(name: str) -> None:
    if name in NAMES:
        return
    near = difflib.get_close_matches(name, NAMES, n=1)
    meant = f"Vouliez-vous {near[0]} ? " if near else ""
    raise SettingsError(
        f"Variable inconnue : {name}.",
        f"{meant}Corrigez son nom ou retirez-la. Noms connus : {', '.join(NAMES)}.",
    )


def _environment(value: str) -> str:
    if value not in ("", "development", "production"):
        raise SettingsError(
            "AIGUILLEUR_ENVIRONMENT a une valeur inconnue.",
            "Mettez « development » ou « production ».",
        )
    return value or "development"


def _folder(name: str, values: Mapping[str, str]) -> None:
    if values.get(name) and not Path(values[name]).is_dir():
        raise SettingsError(f"{name} ne désigne pas un dossier.", "Donnez un dossier qui existe.")


def _whole(name: str, values: Mapping[str, str], default: int, least: int, most: int) -> int:
    value = values.get(name, "")
    if not value:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
        raise SettingsError(
            f"{name} n’est pas un nombre accepté.", f"Donnez un entier de {least} à {most}."
        )
    return int(value)


def _origins(value: str) -> tuple[str, ...]:
    origins = tuple(origin.rstrip("/").lower() for origin in re.split(r"[,\s]+", value) if origin)
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"AIGUILLEUR_ALLOWED_ORIGINS contient une origine refusée : {origin}.",
                "Écrivez « https://portail.exemple.fr », sans chemin ni « * », séparées par des virgules.",
            )
    return origins


def _database(value: str, var: Path) -> Path:
    if not value:
        return var / "aiguilleur.db"
    scheme = value.partition(":")[0]
    if not value.startswith("sqlite:///") or not value.removeprefix("sqlite:///"):
        raise SettingsError(
            f"AIGUILLEUR_DATABASE_URL : base « {scheme} » non prise en charge.",
            "Seul SQLite l’est pour l’instant : « sqlite:///chemin/relatif.db » ou "
            "« sqlite:////chemin/absolu.db » ; laissez vide pour la base de var/.",
        )
    return Path(unquote(value.removeprefix("sqlite:///")))


def _secret(value: str, production: bool, var: Path) -> str:
    remedy = (
        f"Donnez au moins {SHORTEST_SECRET} caractères tirés au hasard, par exemple "
        "ceux de : python -c 'import secrets; print(secrets.token_urlsafe(32))'."
    )
    if value:
        if len(value) < SHORTEST_SECRET:
            raise SettingsError("AIGUILLEUR_SECRET est trop court.", remedy)
        return value
    if production:
        raise SettingsError("AIGUILLEUR_SECRET manque : il est obligatoire en production.", remedy)
    return _kept_secret(var / "secret")


def _kept_secret(path: Path) -> str:
    """The secret kept in ``path``, made at the first call, readable by its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            path.chmod(0o600)
            kept = path.read_text("utf-8").strip()
            if len(kept) < SHORTEST_SECRET:
                raise SettingsError(
                    f"{path} ne contient pas un secret valable.",
                    "Supprimez ce fichier : un nouveau secret sera créé au prochain démarrage.",
                ) from None
            return kept
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            made = secrets.token_urlsafe(32)
            file.write(made + "\n")
            return made
    except OSError as error:
        raise SettingsError(
            f"{path} ne peut pas être lu ou écrit ({error.strerror}).",
            "Donnez un dossier accessible par AIGUILLEUR_VAR, ou un AIGUILLEUR_SECRET.",
        ) from None
