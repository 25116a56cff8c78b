"""Opening a screen from the command line."""

import contextlib
import gc
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hallq.cli.exits import CommandError, Exit
from hallq.cli.options import Language, Role, chosen_place, terminal_settings
from hallq.i18n import _

if TYPE_CHECKING:
    from hallq.paths import Place, TerminalSettings


def open_screen(
    role: Role | None,
    *,
    counter: int | None = None,
    name: str | None = None,
    folder: Path | None = None,
    db: Path | None = None,
    language: Language | None = None,
    theme: str | None = None,
) -> None:
    """Show the role's screen (None: ask for the role) on the hall's file; ends with its exit code.

    Raises StoreError before anything is drawn when there is no hall, CommandError when there
    is no screen or no such counter.
    """
    chosen, place = _ready(folder, db, language)
    from hallq.launch import run_terminal

    with _known_counter():
        code = run_terminal(
            place,
            role=str(role) if role else None,
            counter=counter,
            name=name,
            language=language or chosen.language,
            theme=theme or chosen.theme,
        )
    raise typer.Exit(code)


def open_pad(
    counter: int, *, folder: Path | None, db: Path | None, language: Language | None, theme: str | None
) -> None:
    """Show the rating screen of a counter; ends and raises as `open_screen` does."""
    chosen, place = _ready(folder, db, language)
    from hallq.launch import run_rating_pad

    with _known_counter():
        code = run_rating_pad(place, counter, theme=theme or chosen.theme)
    raise typer.Exit(code)


def _ready(
    folder: Path | None, db: Path | None, language: Language | None
) -> "tuple[TerminalSettings, Place]":
    """What the terminal chose, and the hall, which is there."""
    gc.disable()  # nothing to clean up yet, but looking for it takes a tenth of the start
    chosen = terminal_settings()
    place = chosen_place(folder, db, language)
    _check_hall(place.db)
    check_terminal()
    return chosen, place


@contextlib.contextmanager
def _known_counter() -> Iterator[None]:
    """A counter that the hall does not have is told with those that it has."""
    from hallq.launch import NoSuchCounterError

    try:
        yield
    except NoSuchCounterError as error:
        told = _("There is no counter {number} in this hall. There are: {known}.")
        sentence = told.format(number=error.number, known=in_runs(error.known))
        raise CommandError(Exit.USAGE, sentence) from error


def has_terminal() -> bool:
    """Whether keys and screen are a person's, and not a file, a pipe or a job of the night."""
    screen = sys.__stdout__ if sys.platform == "win32" else sys.__stderr__
    streams = (sys.__stdin__, screen)
    return all(stream is not None and stream.isatty() for stream in streams)


def check_terminal() -> None:
    """Raises CommandError when no screen can be shown here."""
    if not has_terminal():
        told = _("screens need a terminal with a keyboard. Start hallq in one.")
    elif os.environ.get("TERM") == "dumb":
        told = _("this terminal (TERM=dumb) cannot show screens. Start hallq in another one.")
    else:
        return
    raise CommandError(Exit.NO_SCREEN, told)


def in_runs(numbers: Iterable[int]) -> str:
    """Numbers in order, neighbours together: `1-4, 7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _check_hall(db: Path) -> None:
    from hallq.store import StoreError, Trouble

    if not db.exists():
        raise StoreError(Trouble.MISSING, {"path": str(db)})
