"""`hallq hub vip ...`: the VIP directory of a hall that is kept at this hub."""

import contextlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import typer

from hallq.cli.hub_desk import HallOption, HubDbOption, KeyOption, at_desk, chosen_desk
from hallq.cli.options import Language, LanguageOption
from hallq.cli.system_errors import not_the_file
from hallq.cli.vip_keeping import (
    DryRunOption,
    Keeper,
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
from hallq.machine import login_name

app = typer.Typer(rich_markup_mode=None)


@app.callback()
def _vip() -> None:
    """The VIP directory of a hall."""


@contextlib.contextmanager
def _directory_of(hall: str, db: str | None, key: Path | None, language: Language | None) -> Iterator[Keeper]:
    """The directory of one hall; whoever may use the hub's key needs no password."""
    with at_desk(db, key, language) as hub:
        from hallq.hub.vips import folder_of

        hub.place(hall)  # says so where there is no such hall
        folder = folder_of(chosen_desk(db, key, language).key_path.parent, hall)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise not_the_file(error, folder) from error
        yield Keeper(folder, partial(hub.note_vips, hall, by=login_name()), hub.config(hall))


@app.command(
    "import",
    help=N_(
        "Put customers from a list (CSV or Excel) into a hall's directory: all of them or none.\n\n"
        "Columns: card or phone, tier; valid_until, surname, form, manager may follow. "
        "What recognition needs is handed down to the hall's terminals."
    ),
)
def import_(
    file: ListArgument,
    hall: HallOption,
    whole: WholeOption = False,
    dry_run: DryRunOption = False,
    skip_bad: SkipBadOption = False,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """From an office's list."""
    with _directory_of(hall, db, key, language) as keeper:
        import_list(keeper, file, whole=whole, dry_run=dry_run, skip_bad=skip_bad)


@app.command(
    "remove",
    help=N_(
        "Erase one customer, here and at the hall's terminals.\n\n"
        "The card or phone number is typed unseen, or comes in a line from a pipe."
    ),
)
def remove(
    hall: HallOption, db: HubDbOption = None, key: KeyOption = None, language: LanguageOption = None
) -> None:
    """One customer."""
    with _directory_of(hall, db, key, language) as keeper:
        remove_one(keeper)


@app.command("list", help=N_("List everybody, with the last four digits of the numbers."))
def list_(
    hall: HallOption, db: HubDbOption = None, key: KeyOption = None, language: LanguageOption = None
) -> None:
    """A line for each customer."""
    with _directory_of(hall, db, key, language) as keeper:
        tell_vips(keeper)


@app.command("export", help=N_("Write the directory as CSV, with the last four digits of the numbers."))
def export(
    hall: HallOption,
    masked: MaskedOption = False,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """To standard output."""
    only_masked(masked=masked)
    with _directory_of(hall, db, key, language) as keeper:
        export_masked(keeper)
