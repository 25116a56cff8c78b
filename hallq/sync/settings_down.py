"""Settings that flow down: the hub's newest `hall.toml`, checked before it takes the place of this one."""

from pathlib import Path

from hallq.logs import journal
from hallq.settings import SettingsError, config_in
from hallq.whole_file import AS_USUAL, write_whole

BEFORE = ".before-join"
REFUSED = ".refused"


def write_settings(path: Path, text: str) -> None:
    """Replace the settings file. Raises OSError."""
    write_whole(path, text.encode(), mode=AS_USUAL)


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
