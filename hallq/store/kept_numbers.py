"""Numbers to call back, as a hub keeps them: each sealed under a key of its own, which lies in another file.

Who loses the key is erased from every copy of the other file, too.
"""

import contextlib
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from hallq.store.connections import in_words, transaction
from hallq.store.customers import hall_key
from hallq.store.sealed_file import emptied, open_sealed
from hallq.store.vip_keys import Names, opened, sealed

NUMBERS_FILE = "numbers.db"
KEYS_FILE = "numbers.keys"
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS kept (complaint_id TEXT PRIMARY KEY, key_id TEXT NOT NULL,"
    " sealed BLOB NOT NULL) WITHOUT ROWID"
)


class KeptNumbers:
    """The numbers of one hall's open complaints. Every call raises StoreError, KEY_LOST without the key."""

    def __init__(self, folder: Path) -> None:
        """`folder`: of this hall alone; made with the first number."""
        self._folder = folder
        self._path = folder / NUMBERS_FILE

    def keep(self, complaint_id: str, number: str) -> None:
        """Keep a number; the same again changes nothing that anybody sees."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key_id = secrets.token_hex(8)
        one, text = sealed(number, "")
        with self._files() as (connection, keys), transaction(connection):  # no key is forgotten meanwhile
            keys.add([(key_id, one)])
            connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", (complaint_id, key_id, text))

    def number_of(self, complaint_id: str) -> str:
        """The number in the clear; empty where it is not here."""
        if not self._path.exists():
            return ""
        with self._files() as (connection, keys):
            found = connection.execute(
                "SELECT key_id, sealed FROM kept WHERE complaint_id = ?", (complaint_id,)
            ).fetchone()
            return opened(keys.key(found[0]), bytes(found[1]))[0] if found else ""

    def kept(self) -> dict[str, str]:
        """Whose numbers are here: complaint to the name of the number's key."""
        if not self._path.exists():
            return {}
        with self._files() as (connection, _):
            return dict(connection.execute("SELECT complaint_id, key_id FROM kept").fetchall())

    def forget(self, ended: Mapping[str, str]) -> None:
        """Erase numbers, named as `kept` does: one that was kept again meanwhile stays."""
        if not ended:
            return
        with self._files() as (connection, keys):
            with transaction(connection):
                each = "DELETE FROM kept WHERE complaint_id = ? AND key_id = ?"
                connection.executemany(each, ended.items())
                keys.keep_only({key_id for (key_id,) in connection.execute("SELECT key_id FROM kept")})
            emptied(connection)

    @contextlib.contextmanager
    def _files(self) -> Iterator[tuple[driver.Connection, Names]]:
        key = hall_key(self._path)
        with (
            contextlib.closing(open_sealed(self._path, key, _SCHEMA)) as connection,
            contextlib.closing(Names(self._folder, key, KEYS_FILE)) as keys,
            in_words(),
        ):
            yield connection, keys
