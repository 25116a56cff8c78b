"""The keys of the VIP directory, in files of their own for their owner's eyes only.

`vip.key` opens the other two files. `vip.keys` holds a key for each
customer, under which the name is sealed: who loses it is erased from every copy of the directory at once.
"""

import json
import secrets
from collections.abc import Collection, Iterable
from pathlib import Path

from hallq.store.connections import in_words, transaction
from hallq.store.key_files import make_key, read_key
from hallq.store.sealed_file import emptied, open_sealed, remove_sealed
from hallq.store.trouble import StoreError, Trouble, trouble_of_system

KEY_FILE = "vip.key"
KEYS_FILE = "vip.keys"
DIRECTORY_FILE = "vip.db"
_NONCE_BYTES = 12


def directory_key(folder: Path) -> bytes:
    """The directory's key. Raises StoreError, KEY_LOST where it is missing or no key."""
    path = folder / KEY_FILE
    try:
        if path.exists():
            return read_key(path)
    except StoreError as error:
        if error.trouble is not Trouble.DAMAGED:
            raise
    raise StoreError(Trouble.KEY_LOST, {"path": str(path)})


def begin_anew(folder: Path) -> None:
    """A new key; what the one before opened is taken away. Raises StoreError."""
    path = folder / KEY_FILE
    try:
        take_away(folder)
        make_key(path)
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(path)}) from error


def take_away(folder: Path) -> None:
    """No directory is here any more, nor what opened it. Raises OSError."""
    (folder / KEY_FILE).resolve().unlink(missing_ok=True)
    for name in (DIRECTORY_FILE, KEYS_FILE):
        remove_sealed(folder / name)


class Names:
    """A file with a key for each customer. What it was told is on the disk before it returns."""

    def __init__(self, folder: Path, key: bytes, file: str = KEYS_FILE) -> None:
        """Open or make the file. Raises StoreError."""
        table = "CREATE TABLE IF NOT EXISTS name_key (key_id TEXT PRIMARY KEY, key BLOB NOT NULL)"
        self._connection = open_sealed(folder / file, key, table)

    def add(self, keys: Iterable[tuple[str, bytes]]) -> None:
        """Keep these keys."""
        with transaction(self._connection):
            self._connection.executemany("INSERT OR REPLACE INTO name_key VALUES (?, ?)", keys)

    def keep_only(self, key_ids: Collection[str]) -> None:
        """Forget every other key: what was sealed with it is erased."""
        kept = frozenset(key_ids)
        with transaction(self._connection):
            held = [row[0] for row in self._connection.execute("SELECT key_id FROM name_key")]
            gone = [(key_id,) for key_id in held if key_id not in kept]
            self._connection.executemany("DELETE FROM name_key WHERE key_id = ?", gone)
        emptied(self._connection)

    def key(self, key_id: str) -> bytes | None:
        """One customer's key, None where it was forgotten."""
        with in_words():
            row = self._connection.execute("SELECT key FROM name_key WHERE key_id = ?", (key_id,)).fetchone()
        return bytes(row[0]) if row else None

    def all(self) -> dict[str, bytes]:
        """Every key by its id."""
        with in_words():
            return {row[0]: bytes(row[1]) for row in self._connection.execute("SELECT * FROM name_key")}

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def sealed(surname: str, form: str) -> tuple[bytes, bytes]:
    """A new key, and the name under it."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # most programs never need it

    key, nonce = secrets.token_bytes(32), secrets.token_bytes(_NONCE_BYTES)
    return key, nonce + AESGCM(key).encrypt(nonce, json.dumps([surname, form]).encode(), None)


def opened(key: bytes | None, text: bytes) -> tuple[str, str]:
    """Surname and form of address; both empty where the key is gone or another one."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not key:
        return "", ""
    try:
        surname, form = json.loads(AESGCM(key).decrypt(text[:_NONCE_BYTES], text[_NONCE_BYTES:], None))
    except InvalidTag:
        return "", ""
    return surname, form
