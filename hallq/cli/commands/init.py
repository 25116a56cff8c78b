"""`hallq init`."""

from pathlib import Path
from typing import Annotated

import typer

from hallq.cli.exits import CommandError, Exit
from hallq.cli.options import LanguageOption, terminal_settings
from hallq.cli.system_errors import not_the_file
from hallq.cli.telling import note, out
from hallq.i18n import N_, _

FolderArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="DIR", readable=False, help=N_("The hall's folder. Without it: HALLQ_DIR, else this folder.")
    ),
]
EncryptedOption = Annotated[
    bool, typer.Option("--encrypted", help=N_("Encrypt the database. Its key lies beside it."))
]


def init(
    folder: FolderArgument = None, encrypted: EncryptedOption = False, language: LanguageOption = None
) -> None:
    """Make a hall: its settings and its database."""
    from hallq.logs import start_log
    from hallq.paths import DB_NAME, SETTINGS_NAME
    from hallq.settings import load_config

    start_log()
    place = folder or terminal_settings().dir or Path.cwd()
    settings, db = place / SETTINGS_NAME, place / DB_NAME
    if settings.exists() and _holds_something(db):
        told = _("{folder} already has a hall; nothing was changed. `hallq --dir {folder}` opens it.")
        raise CommandError(Exit.REFUSED, told.format(folder=place))
    _make_folder(place)
    _write_settings(settings)
    load_config(settings)
    _make_database(db, encrypted=encrypted)
    note(_("Open it with `hallq --dir {folder}`, or try `hallq demo` first.").format(folder=place))


def _make_folder(place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_the_file(error, place) from error


def _write_settings(path: Path) -> None:
    from hallq.settings import default_text

    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(default_text())
        out(path)
    except FileExistsError:
        _kept(path)
    except OSError as error:
        raise not_the_file(error, path) from error


def _make_database(path: Path, *, encrypted: bool) -> None:
    from hallq.cli.converting import say_keep
    from hallq.store import open_store
    from hallq.store.encrypted import key_path

    if _holds_something(path):
        _kept(path)
        return
    open_store(path, create=True, encrypted=encrypted).close()
    out(path)
    if key_path(path).exists():
        out(key_path(path))
        say_keep(path)


def _holds_something(path: Path) -> bool:
    """Not so where an earlier `init` was stopped before it wrote anything."""
    return path.exists() and (not path.is_file() or path.stat().st_size > 0)


def _kept(path: Path) -> None:
    note(_("{path} is there already and was kept.").format(path=path))
