"""The environment: typed, checked, and the start refused on a mistake."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from aiguilleur.errors import SettingsError
from aiguilleur.settings import Settings

SECRET = "un-secret-de-trente-caracteres"


def load(tmp_path: Path, **environ: str) -> Settings:
    return Settings.from_environment(
        {f"AIGUILLEUR_{name}": value for name, value in environ.items()}, tmp_path
    )


def test_without_anything_sqlite_is_in_var_and_no_other_site_may_call(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.database == tmp_path / "var" / "aiguilleur.db"
    assert settings.allowed_origins == ()
    assert not settings.production


def test_a_missing_secret_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    first = load(tmp_path)
    kept = tmp_path / "var" / "secret"
    assert load(tmp_path).secret == first.secret == kept.read_text().strip()
    assert len(first.secret) >= 32
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_damaged_kept_secret_is_refused(tmp_path: Path) -> None:
    load(tmp_path)
    (tmp_path / "var" / "secret").write_text("")
    with pytest.raises(SettingsError, match="Supprimez ce fichier"):
        load(tmp_path)


def test_production_requires_a_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="AIGUILLEUR_SECRET"):
        load(tmp_path, ENVIRONMENT="production")
    assert load(tmp_path, ENVIRONMENT="production", SECRET=SECRET).production
    assert not (tmp_path / "var").exists()


def test_the_secret_is_never_printed(tmp_path: Path) -> None:
    assert SECRET not in repr(load(tmp_path, SECRET=SECRET))
    with pytest.raises(SettingsError) as refused:
        load(tmp_path, SECRET="trop-court")
    assert "trop-court" not in str(refused.value)


def test_an_unknown_name_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="AIGUILLEUR_ALLOWED_ORIGINS"):
        load(tmp_path, ALLOWED_ORIGIN="https://portail.exemple.fr")


def test_other_peoples_variables_are_left_alone(tmp_path: Path) -> None:
    assert Settings.from_environment({"PATH": "/bin", "AIGUILLE": "x"}, tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MESSAGES_PER_MINUTE", "beaucoup"),
        ("MESSAGES_PER_MINUTE", "0"),
        ("MESSAGES_PER_MINUTE", "-3"),
        ("SESSION_HOURS", "1.5"),
        ("ENVIRONMENT", "prod"),
        ("ALLOWED_ORIGINS", "*"),
        ("ALLOWED_ORIGINS", "portail.exemple.fr"),
        ("ALLOWED_ORIGINS", "https://portail.exemple.fr/page"),
        ("KNOWLEDGE", "/un/dossier/absent"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///"),
    ],
)
def test_a_bad_value_is_refused_with_its_name_and_a_remedy(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingsError, match=f"AIGUILLEUR_{name}") as refused:
        load(tmp_path, **{name: value})
    assert refused.value.remedy


def test_another_database_is_refused_without_printing_its_address(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="postgresql") as refused:
        load(tmp_path, DATABASE_URL="postgresql://moi:tressecret@hote/base")
    assert "tressecret" not in str(refused.value)
    assert "SQLite" in str(refused.value)


def test_origins_and_database_are_read(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        ALLOWED_ORIGINS="https://Portail.exemple.fr/, http://localhost:8080",
        DATABASE_URL="sqlite:////srv/donn%C3%A9es/a.db",
        MESSAGES_PER_MINUTE="",
    )
    assert settings.allowed_origins == ("https://portail.exemple.fr", "http://localhost:8080")
    assert settings.database == Path("/srv/données/a.db")
    assert settings.messages_per_minute == 30
