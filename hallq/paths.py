"""Where things are: the hall's folder, its file and settings, this terminal's own choices."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path, user_log_path
from pydantic_settings import BaseSettings, SettingsConfigDict

APP = "hallq"
DB_NAME = "hall.db"
SETTINGS_NAME = "hall.toml"


class TerminalSettings(BaseSettings):
    """What one terminal may choose for itself, from its environment (HALLQ_DIR and so on).

    What the hall promises stands in `hall.toml` alone, the same for all its terminals.
    """

    model_config = SettingsConfigDict(env_prefix="HALLQ_", env_ignore_empty=True, extra="ignore")

    dir: Path | None = None
    db: Path | None = None
    language: Literal["zh", "en"] | None = None
    theme: str | None = None
    printer: str | None = None
    voice: Literal["speech", "bell", "off"] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One hall's folder, its database and its settings (None: the packaged defaults)."""

    folder: Path
    db: Path
    settings: Path | None


def place_of(
    folder: Path | None = None, db: Path | None = None, chosen: TerminalSettings | None = None
) -> Place:
    """The hall meant by `--dir` and `--db`, else by the environment, else found.

    Found: the current folder when it has a `hall.toml`, or else the user's data folder.
    A database named alone has its settings beside it.
    """
    if folder is None and db is None:
        chosen = chosen or TerminalSettings()
        folder, db = chosen.dir, chosen.db
    if folder is None:
        folder = _found_folder() if db is None else db.parent
    settings = folder / SETTINGS_NAME
    return Place(folder, db or folder / DB_NAME, settings if settings.exists() else None)


def _found_folder() -> Path:
    here = Path.cwd()
    return here if (here / SETTINGS_NAME).exists() else user_data_path(APP, appauthor=False)


def log_folder() -> Path:
    """Where this user's programs keep their logs."""
    return user_log_path(APP, appauthor=False)
