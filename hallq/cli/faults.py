"""Errors as one line that says what to do, and the exit code that goes with it."""

import typer

from hallq.cli.exits import Exit
from hallq.domain.text import plain
from hallq.settings import SettingsError
from hallq.simulation.day_file import DayFileError
from hallq.simulation.replay import ReplayError
from hallq.simulation.session import FileInUseError
from hallq.store import StoreError
from hallq.wording.refusals import refusal_sentence
from hallq.wording.troubles import trouble_sentence

_LONGEST_LINE = 1_000


class CommandError(Exception):
    """A command cannot go on: its exit code and its sentence."""

    def __init__(self, code: Exit, sentence: str) -> None:
        """`sentence` says what is the matter and what to do."""
        super().__init__(sentence)
        self.code = code


def told(error: Exception) -> tuple[Exit, str]:
    """The exit code and the line for any error, without escape codes and line breaks."""
    code, sentence = _told(error)
    return code, plain(sentence, _LONGEST_LINE)


def _told(error: Exception) -> tuple[Exit, str]:
    match error:
        case CommandError():
            return error.code, str(error)
        case typer.TyperException():
            message = error.format_message().rstrip(".")
            return Exit.USAGE, f"{message}. `hallq --help` shows what there is."
        case SettingsError():
            return Exit.SETTINGS, settings_sentence(error)
        case StoreError():
            return Exit.STORE, trouble_sentence(error)
        case DayFileError():
            return Exit.DAY_FILE, str(error)
        case FileInUseError():
            return Exit.REFUSED, (
                f"{error.path} already holds a day. Choose another --db, or add to it with --append."
            )
        case ReplayError():
            return Exit.REFUSED, refusal_sentence(error.refusal)
        case _:
            return Exit.UNEXPECTED, _unexpected(error)


def settings_sentence(error: SettingsError) -> str:
    """The first fault, and where the others are told."""
    more = len(error.faults) - 1
    rest = f" ({more} more: `hallq config check {error.path}`)" if more else ""
    return f"{error.path}: {error.faults[0]}{rest}"


def _unexpected(error: Exception) -> str:
    from hallq.logs import journal, start_log

    path = start_log()
    journal().error("unexpected", exc_info=error)
    where = f"The details are in {path}." if path else "No log could be written."
    return f"something went wrong that should not ({type(error).__name__}). {where}"
