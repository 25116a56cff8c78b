"""`hallq backup` and `hallq hub backup`."""

import typer

from hallq.cli.backing_up import BackupArgument, OverwriteOption, backed_up
from hallq.cli.exits import CommandError, Exit
from hallq.cli.hub_desk import HubDbOption, chosen_desk
from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place
from hallq.i18n import N_, _


def add_to(app: typer.Typer) -> None:
    """The hub's, among its commands."""
    app.command(
        "backup",
        help=N_(
            "Copy the hub's SQLite file while it serves: whole, checked, and encrypted if the file is.\n\n"
            "Replaces nothing without --overwrite. For PostgreSQL: pg_basebackup."
        ),
    )(hub_backup)


def backup(
    file: BackupArgument,
    overwrite: OverwriteOption = False,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
) -> None:
    """Copy the hall's file."""
    backed_up(chosen_place(folder, db, language).db, file, overwrite=overwrite)


def hub_backup(
    file: BackupArgument,
    overwrite: OverwriteOption = False,
    db: HubDbOption = None,
    language: LanguageOption = None,
) -> None:
    """Copy the hub's SQLite file."""
    desk = chosen_desk(db, None, language)
    if desk.file is None:
        told = _(
            "hallq does not back up PostgreSQL. Use pg_basebackup and the WAL archive, or your usual way."
        )
        raise CommandError(Exit.USAGE, told)
    if not desk.file.exists():
        told = _("There is no hub at {db}. `hallq hub enroll` makes it.")
        raise CommandError(Exit.STORE, told.format(db=desk.shown))
    backed_up(desk.file, file, overwrite=overwrite)
