"""From a folder to a running terminal: settings, file, language, app."""

import getpass
import platform
from pathlib import Path

from hallq.app import HallApp
from hallq.hall import Actor, Hall
from hallq.i18n import set_language
from hallq.settings import load_config
from hallq.store import open_store

DATABASE = "hall.db"
SETTINGS = "hall.toml"


def run_terminal(
    folder: Path,
    *,
    role: str | None = None,
    counter: int | None = None,
    language: str | None = None,
    theme: str | None = None,
) -> int:
    """Open the hall in `folder` and show it until the person quits; the exit code."""
    settings = folder / SETTINGS
    config = load_config(settings if settings.exists() else None)
    set_language(language or config.hall.language)
    hall = Hall(open_store(folder / DATABASE), config)
    actor = Actor(getpass.getuser(), platform.node() or "terminal")
    try:
        app = HallApp(hall, actor, role=role, counter=counter, theme=theme)
        app.run()
        return app.return_code or 0
    finally:
        hall.close()
