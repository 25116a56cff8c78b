"""From file to HallConfig. Only what makes a hall unusable stops it from opening."""

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hallq.domain.config import HallConfig
from hallq.settings.checks import Finding, Weight, findings
from hallq.settings.faults import SettingsError, in_sentences

DEFAULTS = "hall.toml"


def default_text() -> str:
    """The packaged `hall.toml`, comments and all."""
    return resources.files("hallq").joinpath(DEFAULTS).read_text(encoding="utf-8")


def load_config(path: Path | None = None) -> HallConfig:
    """The hall's settings: `path` over the defaults, or the defaults alone.

    Raises SettingsError for a file that cannot be read, does not fit, or describes a
    hall that could not work a day.
    """
    place = path or Path(DEFAULTS)
    config, faults = _validated(_values(path))
    if config is None:
        raise SettingsError(place, tuple(faults))
    fatal = tuple(f.sentence for f in findings(config) if f.weight is Weight.UNUSABLE)
    if fatal:
        raise SettingsError(place, fatal)
    return config


def check_file(path: Path) -> list[Finding]:
    """Everything there is to say about a settings file, worst first.

    Raises SettingsError when the file cannot be read at all.
    """
    config, faults = _validated(_values(path))
    if config is None:
        return [Finding(Weight.UNUSABLE, fault) for fault in faults]
    return sorted(findings(config), key=lambda finding: finding.weight.order)


def _validated(values: dict[str, Any]) -> tuple[HallConfig | None, list[str]]:
    try:
        return HallConfig.model_validate(values), []
    except ValidationError as error:
        return None, in_sentences(error, values)


def _values(path: Path | None) -> dict[str, Any]:
    defaults = tomllib.loads(default_text())
    return defaults if path is None else _merged(defaults, _read(path))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(path, (error.strerror or str(error),)) from error
    except UnicodeDecodeError as error:
        told = f"is not UTF-8 text (byte {error.start + 1} is 0x{error.object[error.start]:02x})"
        raise SettingsError(path, (f"{told}; save it as UTF-8",)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(path, (f"is not TOML: {error}",)) from error
    except RecursionError as error:
        raise SettingsError(path, ("is not TOML that a hall can have: nested too deeply",)) from error


def _merged(defaults: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(defaults)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged
