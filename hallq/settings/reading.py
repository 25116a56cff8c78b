"""From file to HallConfig. Only what makes a hall unusable stops it from opening."""

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hallq.domain.config import HallConfig
from hallq.i18n import N_, Sentence
from hallq.settings.checks import Finding, Weight, findings
from hallq.settings.complaints import calendar_doubts
from hallq.settings.faults import SettingsError, in_sentences

DEFAULTS = "hall.toml"

_LANGUAGE = re.compile(r"""^[^#\n]*\blanguage\s*=\s*["'](zh|en)["']""", re.MULTILINE)


def default_text() -> str:
    """The packaged `hall.toml`, comments and all."""
    return resources.files("hallq").joinpath(DEFAULTS).read_text(encoding="utf-8")


def load_config(path: Path | None = None) -> HallConfig:
    """The hall's settings: `path` over the defaults, or the defaults alone.

    Raises SettingsError for a file that cannot be read, does not fit, or describes a
    hall that could not work a day.
    """
    return _usable(path or Path(DEFAULTS), _values(path))


def config_in(text: str) -> HallConfig:
    """The settings that a text holds, over the defaults, as the hub keeps them. Raises SettingsError."""
    place = Path(DEFAULTS)
    try:
        own = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(place, (Sentence(N_("is not TOML: {detail}"), detail=error),)) from error
    return _usable(place, _merged(tomllib.loads(default_text()), own))


def _usable(place: Path, values: dict[str, Any]) -> HallConfig:
    config, faults = _validated(values)
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
    doubts = [Finding(Weight.DOUBTFUL, sentence) for sentence in calendar_doubts(config)]
    return sorted([*findings(config), *doubts], key=lambda finding: finding.weight.order)


def _validated(values: dict[str, Any]) -> tuple[HallConfig | None, list[Sentence]]:
    try:
        return HallConfig.model_validate(values), []
    except ValidationError as error:
        return None, in_sentences(error, values)


def _values(path: Path | None) -> dict[str, Any]:
    defaults = tomllib.loads(default_text())
    return defaults if path is None else _merged(defaults, _read(path))


def language_in(path: Path | None) -> str | None:
    """The language that a file names, also one full of faults; None when there is no such file.

    Looked for in the text, so that a start need not read TOML twice.
    """
    if path is None:
        return None
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    named = _LANGUAGE.search(text) or _LANGUAGE.search(default_text())
    return named[1] if named else None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(path, (_not_opened(error),)) from error
    except UnicodeDecodeError as error:
        raise SettingsError(path, (_not_utf_8(error),)) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(path, (Sentence(N_("is not TOML: {detail}"), detail=error),)) from error
    except RecursionError as error:
        told = Sentence(N_("is not TOML that a hall can have: nested too deeply"))
        raise SettingsError(path, (told,)) from error


def _not_opened(error: OSError) -> Sentence:
    if isinstance(error, FileNotFoundError):
        return Sentence(N_("there is no such file. `hallq init` makes one."))
    if isinstance(error, IsADirectoryError):
        return Sentence(N_("is a folder. Name the hall.toml in it."))
    if isinstance(error, PermissionError):
        return Sentence(N_("may not be read by you. Ask for the right to do so."))
    return Sentence(N_("cannot be read: {detail}"), detail=error.strerror or str(error))


def _not_utf_8(error: UnicodeDecodeError) -> Sentence:
    try:
        error.object.decode("gb18030")
    except UnicodeDecodeError:
        place = {"number": error.start + 1, "value": f"0x{error.object[error.start]:02x}"}
        return Sentence(N_("is not UTF-8 text (byte {number} is {value}). Save it as UTF-8."), **place)
    return Sentence(N_("is not UTF-8 text; it looks like GBK or GB18030. Save it as UTF-8."))


def _merged(defaults: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(defaults)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged
