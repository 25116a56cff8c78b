"""`hallq hub encrypt` and `hallq hub decrypt`."""

from pathlib import Path

import typer

from hallq.cli.converting import decrypted, encrypted
from hallq.cli.exits import CommandError, Exit
from hallq.cli.hub_desk import HubDbOption, KeyOption, at_desk, chosen_desk
from hallq.cli.options import Language, LanguageOption
from hallq.i18n import N_, _


def add_to(app: typer.Typer) -> None:
    """Both commands, among those of the hub."""
    app.command(
        "encrypt",
        help=N_(
            "Encrypt the hub's SQLite file, with the hub stopped. Keep a copy of its key in another place."
        ),
    )(encrypt)
    app.command(
        "decrypt",
        help=N_("Make an encrypted hub's file plain again. The key is kept for copies from before."),
    )(decrypt)


def encrypt(db: HubDbOption = None, key: KeyOption = None, language: LanguageOption = None) -> None:
    """Encrypt the hub's file."""
    encrypted(_file(db, key, language), lambda: _looked_at(db, key, language))


def decrypt(db: HubDbOption = None, key: KeyOption = None, language: LanguageOption = None) -> None:
    """Make the hub's file plain again."""
    decrypted(_file(db, key, language), lambda: _looked_at(db, key, language))


def _file(db: str | None, key: Path | None, language: Language | None) -> Path:
    file = chosen_desk(db, key, language).file
    if file is None:
        told = _("hallq cannot encrypt PostgreSQL. Whoever runs it encrypts its disk.")
        raise CommandError(Exit.USAGE, told)
    return file


def _looked_at(db: str | None, key: Path | None, language: Language | None) -> str:
    with at_desk(db, key, language):
        return ""
