"""What `hallq backup` and `hallq hub backup` share."""

import errno
from pathlib import Path
from typing import Annotated

import typer

from hallq.cli.system_errors import not_the_file
from hallq.cli.telling import note, out
from hallq.i18n import N_, _

BackupArgument = Annotated[
    Path, typer.Argument(metavar="FILE", readable=False, help=N_("The backup's name."))
]
OverwriteOption = Annotated[
    bool,
    typer.Option("--overwrite", help=N_("Replace an older backup of that name. Nothing else is replaced.")),
]


def backed_up(database: Path, target: Path, *, overwrite: bool) -> None:
    """Make the backup and say where it is. Raises StoreError, CommandError."""
    from hallq.store import StoreError, Trouble
    from hallq.store.backup import back_up
    from hallq.store.encrypted import Kind, key_file, key_path, kind_of

    try:
        back_up(database, target, overwrite=overwrite)
    except OSError as error:
        raise not_the_file(error, target) from error
    except StoreError as error:
        if error.trouble is Trouble.DISK_FULL:  # that of the backup: nothing is written into the database
            raise not_the_file(OSError(errno.ENOSPC, ""), target) from error
        error.facts.setdefault("path", str(database))
        raise
    out(target)
    note(_("{path} is backed up, and the backup was checked.").format(path=database))
    if kind_of(target) is Kind.ENCRYPTED:
        told = _(
            "The backup is encrypted, and its key {key} is not in it: keep a copy of the key in another "
            "place. To open the backup, put the key there as {place}."
        )
        note(told.format(key=key_file(database), place=key_path(target)))
