"""The staff list in the file, and the tries that were not right yet."""

from collections.abc import Iterable

import sqlcipher3.dbapi2 as driver

from hallq.domain.staff import Role, Roster, Staff
from hallq.domain.wrong_tries import Tries, left_ms, one_more, rebased

PASSWORD = "password"
"""What a try at a password is counted as; a try at a PIN is counted as its person's id."""

_COLUMNS = "staff_id, number, name, roles, is_active, password_hash, pin_hash"
_LOAD = f"SELECT {_COLUMNS} FROM staff ORDER BY number"
_PUT = f"INSERT OR REPLACE INTO staff ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"


def version(connection: driver.Connection) -> int:
    """Which version of the list is here; 0 where there never was one."""
    row = connection.execute("SELECT version FROM roster").fetchone()
    return int(row[0]) if row else 0


def load(connection: driver.Connection) -> Roster:
    """The whole list."""
    rows = connection.execute(_LOAD).fetchall()
    return Roster.of((_staff(*row) for row in rows), version(connection))


def _staff(
    staff_id: str, number: str, name: str, roles: str, is_active: int, password_hash: str, pin_hash: str
) -> Staff:
    held = frozenset(Role(role) for role in roles.split())
    return Staff(staff_id, number, name, held, bool(is_active), password_hash, pin_hash)


def put(connection: driver.Connection, person: Staff) -> None:
    """Write one person's entry: the next version of the list."""
    connection.execute(_PUT, _values(person))
    _be(connection, version(connection) + 1)


def replace(connection: driver.Connection, roster: Roster) -> None:
    """Take a whole list as it was handed down."""
    connection.execute("DELETE FROM staff")
    connection.executemany(_PUT, [_values(person) for person in roster.staff.values()])
    _be(connection, roster.version)


def _values(person: Staff) -> tuple[object, ...]:
    roles = " ".join(sorted(person.roles))
    secrets = (person.password_hash, person.pin_hash)
    return (person.staff_id, person.number, person.name, roles, person.is_active, *secrets)


def _be(connection: driver.Connection, number: int) -> None:
    connection.execute("INSERT OR REPLACE INTO roster (row, version) VALUES (1, ?)", (number,))


# --- tries -----------------------------------------------------------------------------


def password_of(staff_id: str) -> str:
    """What a try at this person's password is counted as besides: only that password ends this count."""
    return f"{PASSWORD} {staff_id}"


def count_try(connection: driver.Connection, terminal: str, what: Iterable[str], now_ms: int) -> int:
    """Count a try as all of these before it is looked at; the ms to wait instead, 0 when it counted."""
    known = {each: rebased(tries_of(connection, terminal, each), now_ms) for each in what}
    wait_ms = max(left_ms(tries, now_ms) for tries in known.values())
    for each, tries in known.items():
        _keep_tries(connection, terminal, each, tries if wait_ms else one_more(tries, now_ms))
    return wait_ms


def tries_of(connection: driver.Connection, terminal: str, what: str) -> Tries:
    """The tries so far."""
    found = connection.execute(
        "SELECT count, last_ms FROM wrong_try WHERE terminal = ? AND what = ?", (terminal, what)
    ).fetchone()
    return Tries(*found) if found else Tries()


def _keep_tries(connection: driver.Connection, terminal: str, what: str, tries: Tries) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO wrong_try (terminal, what, count, last_ms) VALUES (?, ?, ?, ?)",
        (terminal, what, tries.count, tries.last_ms),
    )


def forget_tries(connection: driver.Connection, terminal: str, what: Iterable[str]) -> None:
    """It was right: the next slip of a finger costs nothing."""
    for each in what:
        connection.execute("DELETE FROM wrong_try WHERE terminal = ? AND what = ?", (terminal, each))
