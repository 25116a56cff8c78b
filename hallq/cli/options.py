"""The options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from hallq.cli.exits import CommandError, Exit
from hallq.i18n import N_, _, set_language

if TYPE_CHECKING:
    from hallq.paths import Place, TerminalSettings


class Language(StrEnum):
    """The languages of the screens."""

    ZH = "zh"
    EN = "en"


class Role(StrEnum):
    """The workplaces that have a screen."""

    GUIDE = "guide"
    COUNTER = "counter"
    BOARD = "board"
    MANAGER = "manager"


# `readable=False`: Typer is not to ask. The commands do, and say it in both languages.
DirOption = Annotated[
    Path | None,
    typer.Option(
        "--dir",
        metavar="DIR",
        readable=False,
        help=N_(
            "The hall's folder. Without it: HALLQ_DIR, else this folder if it has a hall.toml, "
            "else your data folder."
        ),
    ),
]
DbOption = Annotated[
    Path | None,
    typer.Option(
        "--db",
        metavar="FILE",
        readable=False,
        help=N_(
            "The hall's database, when it is not DIR/hall.db. Without --dir, its hall.toml lies beside it."
        ),
    ),
]
LanguageOption = Annotated[
    Language | None,
    typer.Option(
        "--language",
        help=N_("Of this terminal. Without it: HALLQ_LANGUAGE, else the hall's, else the computer's."),
    ),
]
NameOption = Annotated[
    str | None,
    typer.Option("--name", metavar="NAME", help=N_("Who works here. Without it: who is signed in.")),
]
ThemeOption = Annotated[
    str | None,
    typer.Option("--theme", metavar="NAME", help=N_("Of this terminal. Without it: HALLQ_THEME, else dark.")),
]


def terminal_settings() -> "TerminalSettings":
    """What the environment says. Raises CommandError for values that are not allowed."""
    from pydantic import ValidationError

    from hallq.paths import TerminalSettings

    try:
        return TerminalSettings()
    except ValidationError as error:
        fault = error.errors()[0]
        told = _("{name}={found} is not allowed. Allowed: {allowed}.")
        field = str(fault["loc"][0])
        words, *_none = get_args(TerminalSettings.model_fields[field].annotation)
        sentence = told.format(
            name=f"HALLQ_{field.upper()}", found=fault["input"], allowed=", ".join(get_args(words))
        )
        raise CommandError(Exit.SETTINGS, sentence) from error


def chosen_place(folder: Path | None, db: Path | None = None, language: Language | None = None) -> "Place":
    """The hall that the options, the environment or the folder name. Starts the journal.

    From here on messages are in the language asked for, or else the hall's.
    """
    from hallq.logs import start_log
    from hallq.paths import place_of
    from hallq.settings import language_in

    start_log()
    chosen = terminal_settings()
    _check_folder(folder, db)
    place = place_of(folder, db, chosen)
    spoken = language or chosen.language or language_in(place.settings)
    if spoken:
        set_language(spoken)
    return place


def _check_folder(folder: Path | None, db: Path | None) -> None:
    """Options that name the other kind of thing."""
    if folder is not None and folder.is_file():
        told = _("{path} is a file. Use --db {path}, or name its folder.")
        raise CommandError(Exit.STORE, told.format(path=folder))
    if db is not None and db.is_dir():
        told = _("{path} is a folder. Use --dir {path}, or name the database in it.")
        raise CommandError(Exit.STORE, told.format(path=db))
    if folder is not None and not folder.exists():
        told = _("The folder {path} does not exist. Make it, or choose another one.")
        raise CommandError(Exit.STORE, told.format(path=folder))
