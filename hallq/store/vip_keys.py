"""The keys of the VIP directory, in files of their own for their owner's eyes only.

`vip.key` makes the hashes of numbers. `vip.keys` holds a key for each customer, under which the
name is sealed: who loses the key is erased from every copy of the database at once. It is
encrypted itself, as what a disk forgets can often be read again.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Collection, Iterable
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hallq.store.connections import in_words, transaction
from hallq.store.customers import make_key, read_key
from hallq.store.trouble import StoreError, Trouble, trouble_of_system

KEY_FILE = "vip.key"
KEYS_FILE = "vip.keys"
_NONCE_BYTES = 12


def check_of(key: bytes) -> str:
    """What the directory remembers of its key, which says nothing about it."""
    return hmac.digest(key, b"check", hashlib.sha256).hex()


def directory_key(database: Path, key_check: str | None) -> bytes:
    """The key of the directory whose head says `key_check`; raises StoreError(KEY_LOST)."""
    path = database.with_name(KEY_FILE)
    if key_check is not None and path.exists():
        key = read_key(path)
        if hmac.compare_digest(check_of(key), key_check):
            return key
    raise StoreError(Trouble.KEY_LOST, {"path": str(path)})


def new_directory_key(database: Path) -> bytes:
    """A key for a directory that has no entries, or none that it can still recognise."""
    path = database.with_name(KEY_FILE)
    try:
        path.unlink(missing_ok=True)
        database.with_name(KEYS_FILE).unlink(missing_ok=True)
        make_key(path)
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(path)}) from error
    return read_key(path)


class Names:
    """The file with a key for each customer. What it was told is on the disk before it returns."""

    def __init__(self, database: Path, key: bytes) -> None:
        """Open or make the file beside `database`. Raises StoreError."""
        path = database.with_name(KEYS_FILE)
        try:
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise StoreError(trouble_of_system(error), {"path": str(path)}) from error
        self._connection = driver.connect(str(path), isolation_level=None, check_same_thread=False)
        try:
            self._begin(hmac.digest(key, b"names", hashlib.sha256).hex())
        except StoreError as error:
            self.close()
            if error.trouble is not Trouble.NOT_A_DATABASE:
                raise
            raise StoreError(Trouble.KEY_LOST, {"path": str(path)}) from error

    def _begin(self, raw_key: str) -> None:
        with in_words():
            self._connection.execute(f"PRAGMA key = \"x'{raw_key}'\"")
            for pragma in ("journal_mode = DELETE", "synchronous = FULL", "secure_delete = ON"):
                self._connection.execute(f"PRAGMA {pragma}")
            table = "name_key (key_id TEXT PRIMARY KEY, key BLOB)"
            self._connection.execute(f"CREATE TABLE IF NOT EXISTS {table}")

    def add(self, keys: Iterable[tuple[str, bytes]]) -> None:
        """Keep these keys."""
        with transaction(self._connection):
            self._connection.executemany("INSERT INTO name_key VALUES (?, ?)", keys)

    def keep_only(self, key_ids: Collection[str]) -> None:
        """Forget every other key: what was sealed with it is erased."""
        kept = frozenset(key_ids)
        with transaction(self._connection):
            held = [row[0] for row in self._connection.execute("SELECT key_id FROM name_key")]
            gone = [(key_id,) for key_id in held if key_id not in kept]
            self._connection.executemany("DELETE FROM name_key WHERE key_id = ?", gone)

    def key(self, key_id: str) -> bytes | None:
        """One customer's key, None where it was forgotten."""
        with in_words():
            row = self._connection.execute("SELECT key FROM name_key WHERE key_id = ?", (key_id,)).fetchone()
        return bytes(row[0]) if row else None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def sealed(surname: str, form: str) -> tuple[bytes, bytes]:
    """A new key, and the name under it."""
    key, nonce = secrets.token_bytes(32), secrets.token_bytes(_NONCE_BYTES)
    return key, nonce + AESGCM(key).encrypt(nonce, json.dumps([surname, form]).encode(), None)


def opened(key: bytes | None, text: bytes) -> tuple[str, str]:
    """Surname and form of address; both empty where the key is gone or another one."""
    if key is None:
        return "", ""
    try:
        surname, form = json.loads(AESGCM(key).decrypt(text[:_NONCE_BYTES], text[_NONCE_BYTES:], None))
    except InvalidTag:
        return "", ""
    return surname, form
