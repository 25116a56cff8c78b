"""What `hallq encrypt`, `decrypt` and the same words at a hub share."""

from collections.abc import Callable
from pathlib import Path

from hallq.cli.telling import note, out
from hallq.i18n import _


def encrypted(database: Path, looked_at: Callable[[], str]) -> None:
    """Encrypt the file. `looked_at`: opens it with every check, and says who this terminal is at its hub."""
    from hallq.store.converting import convert, set_key_aside
    from hallq.store.encrypted import Kind, key_file, kind_of

    kind = kind_of(database)
    if kind is Kind.ENCRYPTED:
        note(_("{path} is encrypted already.").format(path=database))
        return
    if kind is Kind.PLAIN:
        set_key_aside(database)
    convert(database, encrypt=True, device=looked_at())
    out(key_file(database))
    note(_("{path} is encrypted.").format(path=database))
    say_keep(database)


def decrypted(database: Path, looked_at: Callable[[], str]) -> None:
    """Make it plain again."""
    from hallq.store.converting import convert, set_key_aside
    from hallq.store.encrypted import Kind, kept_path, kind_of

    if kind_of(database) is Kind.PLAIN:
        set_key_aside(database)
        note(_("{path} is not encrypted.").format(path=database))
        return
    convert(database, encrypt=False, device=looked_at())
    told = _("{path} is not encrypted any more. Copies from before still need the key: {key}")
    note(told.format(path=database, key=kept_path(database)))


def say_keep(database: Path) -> None:
    """What whoever has an encrypted file should do now."""
    from hallq.store.encrypted import key_file

    told = _("Keep a copy of {key} in another place: without it nobody can open this file.")
    note(told.format(key=key_file(database)))
