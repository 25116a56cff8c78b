"""`hallq init`."""

from pathlib import Path
from typing import Annotated

import typer

from hallq.cli.exits import Exit
from hallq.cli.options import terminal_settings


def init(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="The hall's folder. Without it: HALLQ_DIR, else this folder."),
    ] = None,
) -> None:
    """Make a hall: hall.toml with every default explained, and the database. Overwrites nothing."""
    from hallq.cli.faults import CommandError
    from hallq.logs import start_log
    from hallq.paths import DB_NAME, SETTINGS_NAME
    from hallq.settings import load_config

    start_log()
    place = folder or terminal_settings().dir or Path.cwd()
    settings, db = place / SETTINGS_NAME, place / DB_NAME
    if settings.exists() and db.exists():
        told = f"{place} already has a hall; nothing was changed. `hallq --dir {place}` opens it."
        raise CommandError(Exit.REFUSED, told)
    _make_folder(place)
    _write_settings(settings)
    load_config(settings)
    _make_database(db)
    typer.echo(f"Open it with `hallq --dir {place}`, or try `hallq demo` first.", err=True)


def _make_folder(place: Path) -> None:
    from hallq.cli.faults import CommandError

    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(Exit.STORE, f"{place}: {error.strerror}. Choose another folder.") from error


def _write_settings(path: Path) -> None:
    from hallq.cli.faults import CommandError
    from hallq.settings import default_text

    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(default_text())
        typer.echo(path)
    except FileExistsError:
        typer.echo(f"{path} is there already and was kept.", err=True)
    except OSError as error:
        raise CommandError(Exit.STORE, f"{path}: {error.strerror}. Choose another folder.") from error


def _make_database(path: Path) -> None:
    from hallq.store import open_store

    if path.exists():
        typer.echo(f"{path} is there already and was kept.", err=True)
        return
    open_store(path, create=True).close()
    typer.echo(path)
