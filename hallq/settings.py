"""`hall.toml`: read, merged over the packaged defaults, and checked.

A file may leave out what it does not change; lists (services, counters, reasons) are
taken whole. Faults name the file, the key and what is allowed there.
"""

import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hallq.domain.config import HallConfig

DEFAULTS = "hall.toml"


@dataclass
class SettingsError(Exception):
    """The file cannot be used: one line for each fault."""

    path: Path
    faults: tuple[str, ...]

    def __str__(self) -> str:
        return "; ".join(f"{self.path}: {fault}" for fault in self.faults)


def default_text() -> str:
    """The packaged `hall.toml`, comments and all."""
    return resources.files("hallq").joinpath(DEFAULTS).read_text(encoding="utf-8")


def load_config(path: Path | None = None) -> HallConfig:
    """The hall's settings: `path` over the defaults, or the defaults alone.

    Raises SettingsError for a file that cannot be read or does not fit.
    """
    values = tomllib.loads(default_text())
    if path is not None:
        values = _merged(values, _read(path))
    try:
        return HallConfig.model_validate(values)
    except ValidationError as error:
        raise SettingsError(path or Path(DEFAULTS), tuple(_faults(error))) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(path, (error.strerror or str(error),)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(path, (str(error),)) from error


def _merged(defaults: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(defaults)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged


def _faults(error: ValidationError) -> list[str]:
    return [f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors()]
