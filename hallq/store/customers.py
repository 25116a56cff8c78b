"""Customers known by a card or phone number, for one business day and never in the clear.

A number becomes a keyed hash (HMAC-SHA-256; the key lies beside the database, for its
owner's eyes only), and the hash stands for a random reference that tickets carry. Log,
screens and printed slips meet the reference alone, which says nothing about the number.
"""

import hashlib
import hmac
import json
from collections.abc import Collection
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from hallq.domain.customer_number import normal_form
from hallq.domain.events import DayClosed, DayOpened, Event
from hallq.store.key_files import make_key, read_key
from hallq.store.trouble import StoreError, trouble_of_system

KEY_FILE = "hall.key"
_OTHERS = "WHERE reference NOT IN (SELECT value FROM json_each(?))"


def hall_key(database: Path) -> bytes:
    """The key beside `database`, made at first use. Raises StoreError when it can't be read or made."""
    path = database.with_name(KEY_FILE)
    try:
        if not path.exists():
            make_key(path)
    except OSError as error:
        raise StoreError(trouble_of_system(error), {"path": str(path)}) from error
    return read_key(path)


def hash_of(key: bytes, number: str) -> str:
    """The keyed hash of a number in normal form."""
    return hmac.digest(key, number.encode("ascii"), hashlib.sha256).hex()


def reference(connection: driver.Connection, key: bytes, number: str, fresh: str) -> str:
    """The day's reference of `number`: the one it has, or else `fresh`."""
    number_hash = hash_of(key, normal_form(number))
    connection.execute("INSERT OR IGNORE INTO customer VALUES (?, ?)", (number_hash, fresh))
    row = connection.execute("SELECT reference FROM customer WHERE number_hash = ?", (number_hash,))
    return str(row.fetchone()[0])


def ends_with(event: Event, business_date: str) -> bool:
    """Whether customers are to be forgotten: `business_date` closes, or another day opens."""
    opens_another = isinstance(event, DayOpened) and event.business_date != business_date
    return opens_another or isinstance(event, DayClosed)


def knows_others(connection: driver.Connection, references: Collection[str]) -> bool:
    """Whether somebody is known who is none of these."""
    row = connection.execute(f"SELECT EXISTS (SELECT 1 FROM customer {_OTHERS})", (_listed(references),))
    return bool(row.fetchone()[0])


def forget_others(connection: driver.Connection, references: Collection[str]) -> None:
    """Only these customers are still known."""
    connection.execute(f"DELETE FROM customer {_OTHERS}", (_listed(references),))


def _listed(references: Collection[str]) -> str:
    return json.dumps(list(references))


def forget(connection: driver.Connection) -> None:
    """Only customers whose tickets live on are still known, and those who have an appointment."""
    connection.execute(
        "DELETE FROM customer WHERE reference NOT IN ("
        "SELECT customer FROM ticket WHERE ended_ms IS NULL AND customer IS NOT NULL UNION "
        "SELECT customer FROM appointment WHERE state = 'booked' AND customer IS NOT NULL)"
    )
