"""`hallq config check`."""

from pathlib import Path
from typing import Annotated

import typer

from hallq.cli.exits import Exit
from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place, terminal_settings
from hallq.cli.telling import note, out
from hallq.i18n import N_, _, set_language

app = typer.Typer(rich_markup_mode=None)

FileArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE",
        readable=False,
        help=N_("A hall.toml. Without it: the one that a start here would use."),
    ),
]


@app.callback()
def _config() -> None:
    """The hall's settings."""


@app.command(
    "check",
    help=N_(
        "Say what is wrong in a hall.toml: the key, what was found, what is allowed, what cannot work.\n\n"
        "Exit code 0: the hall can work (doubts may be named); 1: it cannot; 3: the file cannot be read."
    ),
)
def check(
    file: FileArgument = None,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
) -> None:
    """Say what is wrong in a hall.toml."""
    from hallq.settings import Weight, check_file, language_in

    if file is None:
        place = chosen_place(folder, db, language)
        file = place.settings
        if file is None:
            told = _("There is no hall.toml in {folder}: a start here would use hallq's own defaults.")
            out(told.format(folder=place.folder))
            return
    else:
        spoken = language or terminal_settings().language or language_in(file)
        if spoken:
            set_language(spoken)
    found = check_file(file)
    fault, doubtful = _("fault"), _("doubtful")
    for finding in found:
        mark = doubtful if finding.weight is Weight.DOUBTFUL else fault
        out(_("{name}: {value}").format(name=mark, value=finding.sentence))
    faults = sum(1 for finding in found if finding.weight is not Weight.DOUBTFUL)
    if faults:
        note(_("{file}: {count} to correct").format(file=file, count=faults))
        raise typer.Exit(Exit.FAULTS_FOUND)
    note(_("{file}: the hall can work with these settings").format(file=file))
