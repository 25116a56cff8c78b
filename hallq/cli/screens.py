"""Opening a screen from the command line."""

import gc
from pathlib import Path

import typer

from hallq.cli.options import Language, Role, chosen_place, speak, terminal_settings


def open_screen(
    role: Role | None,
    *,
    counter: int | None = None,
    name: str | None = None,
    folder: Path | None = None,
    language: Language | None = None,
    theme: str | None = None,
) -> None:
    """Show the role's screen (None: ask for the role) on the hall's file; ends with its exit code.

    Raises StoreError before anything is drawn when there is no hall.
    """
    gc.disable()  # nothing to clean up yet, but looking for it takes a tenth of the start
    speak(language)
    chosen = terminal_settings()
    place = chosen_place(folder)
    _check_hall(place.db)
    from hallq.launch import run_terminal

    code = run_terminal(
        place.folder,
        role=str(role) if role else None,
        counter=counter,
        name=name,
        language=language or chosen.language,
        theme=theme or chosen.theme,
    )
    raise typer.Exit(code)


def _check_hall(db: Path) -> None:
    from hallq.store import StoreError, Trouble

    if not db.exists():
        raise StoreError(Trouble.MISSING, {"path": str(db)})
