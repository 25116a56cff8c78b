"""The options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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


DirOption = Annotated[
    Path | None,
    typer.Option(
        "--dir",
        metavar="DIR",
        help="The hall's folder. Without it: HALLQ_DIR, else this folder if it has a hall.toml, "
        "else your data folder.",
    ),
]
DbOption = Annotated[
    Path | None,
    typer.Option("--db", metavar="FILE", help="The hall's database; its hall.toml lies beside it."),
]
LanguageOption = Annotated[
    Language | None,
    typer.Option("--language", help="Of this terminal. Without it: HALLQ_LANGUAGE, else the hall's."),
]
NameOption = Annotated[
    str | None,
    typer.Option("--name", metavar="NAME", help="Who works here. Without it: who is signed in."),
]
ThemeOption = Annotated[
    str | None,
    typer.Option("--theme", metavar="NAME", help="Of this terminal. Without it: HALLQ_THEME, else dark."),
]


def terminal_settings() -> "TerminalSettings":
    """What the environment says. Raises CommandError for values that are not allowed."""
    from pydantic import ValidationError

    from hallq.paths import TerminalSettings

    try:
        return TerminalSettings()
    except ValidationError as error:
        from hallq.cli.exits import Exit
        from hallq.cli.faults import CommandError

        fault = error.errors()[0]
        name = f"HALLQ_{str(fault['loc'][0]).upper()}"
        raise CommandError(Exit.SETTINGS, f"{name}={fault['input']}: {fault['msg']}") from error


def chosen_place(folder: Path | None, db: Path | None = None) -> "Place":
    """The hall that the options, the environment or the folder name. Starts the journal."""
    from hallq.logs import start_log
    from hallq.paths import place_of

    start_log()
    return place_of(folder, db, terminal_settings())


def speak(language: Language | None) -> None:
    """Let messages be in the language that was asked for."""
    from hallq.i18n import set_language

    chosen = language or terminal_settings().language
    if chosen:
        set_language(chosen)
