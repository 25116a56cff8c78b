"""Errors as one line that says what to do, and the exit code that goes with it."""

import typer

from hallq.cli.exits import CommandError, Exit
from hallq.cli.system_errors import system_sentence
from hallq.cli.usage import sentences, usage_sentence
from hallq.domain.text import plain
from hallq.i18n import _
from hallq.settings import SettingsError
from hallq.simulation.day_file import DayFileError
from hallq.simulation.replay import ReplayError
from hallq.simulation.run import FileInUseError
from hallq.store import StoreError
from hallq.wording.refusals import refusal_sentence
from hallq.wording.troubles import trouble_sentence

_LONGEST_LINE = 1_000


def told(error: Exception) -> tuple[Exit, str]:
    """The exit code and the line for any error, without escape codes and line breaks."""
    code, sentence = _told(error)
    return code, plain(sentence, _LONGEST_LINE)


def _told(error: Exception) -> tuple[Exit, str]:
    match error:
        case CommandError():
            return error.code, str(error)
        case typer.TyperException():
            return Exit.USAGE, usage_sentence(error)
        case SettingsError():
            return Exit.SETTINGS, settings_sentence(error)
        case StoreError():
            return Exit.STORE, trouble_sentence(error)
        case DayFileError():
            return Exit.INPUT, str(error)
        case FileInUseError():
            sentence = _("{path} already holds a day. Choose another --db, or add to it with --append.")
            return Exit.REFUSED, sentence.format(path=error.path)
        case ReplayError():
            return Exit.REFUSED, refusal_sentence(error.refusal)
        case OSError():
            return Exit.STORE, system_sentence(error)
        case _:
            return Exit.UNEXPECTED, _unexpected(error)


def settings_sentence(error: SettingsError) -> str:
    """The first fault, and where the others are told."""
    first, more = f"{error.path}: {error.faults[0]}", len(error.faults) - 1
    if not more:
        return first
    rest = _("({count} more: `hallq config check {path}`)").format(count=more, path=error.path)
    return f"{first} {rest}"


def _unexpected(error: Exception) -> str:
    from hallq.logs import journal, start_log

    path = start_log()
    journal().error("unexpected", exc_info=error)
    where = _("The details are in {path}.").format(path=path) if path else _("No log could be written.")
    sentence = _("something went wrong that should not ({kind}).").format(kind=type(error).__name__)
    return sentences(sentence, where)
