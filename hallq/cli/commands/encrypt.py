"""`hallq encrypt` and `hallq decrypt`."""

from typing import TYPE_CHECKING

from hallq.cli.converting import decrypted, encrypted
from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place

if TYPE_CHECKING:
    from hallq.paths import Place


def encrypt(folder: DirOption = None, db: DbOption = None, language: LanguageOption = None) -> None:
    """Encrypt the hall's file."""
    place = chosen_place(folder, db, language)
    encrypted(place.db, lambda: _looked_at(place))


def decrypt(folder: DirOption = None, db: DbOption = None, language: LanguageOption = None) -> None:
    """Make the hall's file plain again."""
    place = chosen_place(folder, db, language)
    decrypted(place.db, lambda: _looked_at(place))


def _looked_at(place: "Place") -> str:
    from contextlib import closing

    from hallq.store import joined, open_store

    with closing(open_store(place.db)) as store, store.reading() as connection:
        found = joined.load(connection)
    return found.device if found else ""
