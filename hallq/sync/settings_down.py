"""Settings that flow down: the hub's newest `hall.toml`, checked before it takes the place of this one."""

import os
from pathlib import Path

from hallq.logs import journal
from hallq.settings import SettingsError, config_in

BEFORE = ".before-join"
REFUSED = ".refused"


def write_settings(path: Path, text: str) -> None:
    """Replace the settings file whole or not at all. Raises OSError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def taken(path: Path, text: str, version: int) -> bool:
    """Take settings that work; those that do not are kept beside, and the old ones stay. Raises OSError."""
    try:
        config_in(text)
    except SettingsError as error:
        aside = path.with_name(path.name + REFUSED)
        write_settings(aside, text)
        journal().warning("settings-refused", version=version, detail=str(error)[:500])
        return False
    write_settings(path, text)
    return True
