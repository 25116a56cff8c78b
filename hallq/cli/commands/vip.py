"""`hallq vip ...`: the directory of VIP customers of the hall on this machine."""

from typing import Annotated

import typer

from hallq.cli.options import DbOption, DirOption, LanguageOption
from hallq.cli.vip_here import directory_here
from hallq.cli.vip_keeping import (
    DryRunOption,
    ListArgument,
    MaskedOption,
    SkipBadOption,
    WholeOption,
    export_masked,
    import_list,
    only_masked,
    remove_one,
    tell_vips,
)
from hallq.i18n import N_

app = typer.Typer(rich_markup_mode=None)

ByOption = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="NUMBER",
        help=N_("The number of the manager or admin who does this; asked for without."),
    ),
]


@app.callback()
def _vip() -> None:
    """The VIP directory."""


@app.command(
    "import",
    help=N_(
        "Put customers from a list (CSV or Excel) into the directory: all of them or none.\n\n"
        "Columns: card or phone, tier; valid_until, surname, form, manager may follow. "
        "Who is known by the card, or by the phone alone, is changed."
    ),
)
def import_(
    file: ListArgument,
    whole: WholeOption = False,
    dry_run: DryRunOption = False,
    skip_bad: SkipBadOption = False,
    by: ByOption = None,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
) -> None:
    """From an office's list."""
    with directory_here(folder, db, language, by) as keeper:
        import_list(keeper, file, whole=whole, dry_run=dry_run, skip_bad=skip_bad)


@app.command(
    "remove",
    help=N_(
        "Erase one customer: the numbers, and the key without which no copy can tell the name.\n\n"
        "The card or phone number is typed unseen, or comes in a line from a pipe."
    ),
)
def remove(
    by: ByOption = None, folder: DirOption = None, db: DbOption = None, language: LanguageOption = None
) -> None:
    """One customer."""
    with directory_here(folder, db, language, by) as keeper:
        remove_one(keeper)


@app.command("list", help=N_("List everybody, with the last four digits of the numbers."))
def list_(
    by: ByOption = None, folder: DirOption = None, db: DbOption = None, language: LanguageOption = None
) -> None:
    """A line for each customer."""
    with directory_here(folder, db, language, by) as keeper:
        tell_vips(keeper)


@app.command("export", help=N_("Write the directory as CSV, with the last four digits of the numbers."))
def export(
    masked: MaskedOption = False,
    by: ByOption = None,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
) -> None:
    """To standard output."""
    only_masked(masked=masked)
    with directory_here(folder, db, language, by) as keeper:
        export_masked(keeper)
