"""How often somebody may ask: counted in the hub's database, so that a restart forgives nothing.

A window's allowance is taken in portions, so that a busy device costs a write in many requests,
not in each. What a stopped worker had not used of its portion counts as used.
"""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from hallq.hub.database import Database
from hallq.hub.shapes import HubFault
from hallq.hub.tables import metadata
from hallq.protocol import Fault

NO_HALL = ""
"""Addresses are counted for all halls together."""

_MOST_REMEMBERED = 20_000

allowance = sa.Table(
    "allowance",
    metadata,
    sa.Column("hall", sa.String(64), primary_key=True),
    sa.Column("rule", sa.String(64), primary_key=True),
    sa.Column("subject", sa.String(64), primary_key=True),
    sa.Column("window_ms", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("used", sa.BigInteger, nullable=False, server_default="0"),
)
"""What was taken of a window that began at `window_ms`, by the hub's clock."""


_TAKE = sa.text(
    "INSERT INTO allowance (hall, rule, subject, window_ms, used) "
    "VALUES (:hall, :rule, :subject, :window_ms, :used) "
    "ON CONFLICT (hall, rule, subject, window_ms) "
    "DO UPDATE SET used = allowance.used + excluded.used RETURNING used"
)
"""One statement, which SQLite and PostgreSQL both know: workers that count at once do not collide."""


@dataclass(frozen=True, slots=True)
class Rule:
    """So many in a window. `portion`: how many are written down at once."""

    name: str
    allowed: int
    window_ms: int
    portion: int = 1


@dataclass(slots=True)
class _Purse:
    """What this process holds of one window; `empty`: the database has no more."""

    window_ms: int
    left: int = 0
    empty: bool = False


_Key = tuple[str, str, str]


class Limits:
    """Counts requests by hall, rule and subject; safe to use from many threads."""

    def __init__(self, database: Database, now_ms: Callable[[], int]) -> None:
        """`now_ms` is the hub's clock: windows begin at its multiples."""
        self._database = database
        self._now_ms = now_ms
        self._guard = threading.Lock()
        self._purses: dict[_Key, _Purse] = {}

    def take(self, rule: Rule, subject: str, *, hall: str = NO_HALL) -> None:
        """One more of `rule`. Raises HubFault TOO_MANY when the window has no more."""
        now_ms = self._now_ms()
        key = (hall, rule.name, subject)
        with self._guard:
            purse = self._purse(key, rule, now_ms)
            if purse.left:
                purse.left -= 1
                return
            empty = purse.empty
        if empty or not self._filled(key, rule, purse):
            raise _too_many(rule, now_ms)

    def take_held(self, *asked: tuple[Rule, str, str]) -> bool:
        """One more of each (rule, subject, hall) from what this process holds; none when one is missing."""
        now_ms = self._now_ms()
        with self._guard:
            purses = [self._purse((hall, rule.name, subject), rule, now_ms) for rule, subject, hall in asked]
            if not all(purse.left for purse in purses):
                return False
            for purse in purses:
                purse.left -= 1
            return True

    def check(self, rule: Rule, subject: str, *, hall: str = NO_HALL) -> None:
        """Take nothing. Raises HubFault TOO_MANY when `take` would."""
        now_ms = self._now_ms()
        key = (hall, rule.name, subject)
        with self._guard:
            purse = self._purse(key, rule, now_ms)
            left, empty = purse.left, purse.empty
        if empty or (not left and self._database.look(lambda c: _used(c, key, purse)) >= rule.allowed):
            raise _too_many(rule, now_ms)

    def _purse(self, key: _Key, rule: Rule, now_ms: int) -> _Purse:
        window_ms = now_ms - now_ms % rule.window_ms
        purse = self._purses.get(key)
        if purse is None or purse.window_ms != window_ms:
            if len(self._purses) >= _MOST_REMEMBERED:
                self._purses.clear()  # what is left in them counts as used
            purse = self._purses[key] = _Purse(window_ms)
        return purse

    def _filled(self, key: _Key, rule: Rule, purse: _Purse) -> bool:
        """A portion from the database, one of which is used at once; False when there is none."""
        used = self._database.transaction(lambda connection: _more(connection, key, rule, purse))
        got = min(rule.portion, rule.allowed - (used - rule.portion))
        with self._guard:
            purse.left += max(0, got - 1)
            purse.empty = used >= rule.allowed and not purse.left
        return got > 0


def _too_many(rule: Rule, now_ms: int) -> HubFault:
    wait_ms = rule.window_ms - now_ms % rule.window_ms
    return HubFault(Fault.TOO_MANY, retry_after_seconds=math.ceil(wait_ms / 1_000))


def _used(connection: sa.Connection, key: _Key, purse: _Purse) -> int:
    columns = (allowance.c.hall, allowance.c.rule, allowance.c.subject, allowance.c.window_ms)
    values = (*key, purse.window_ms)
    asked = (column == value for column, value in zip(columns, values, strict=True))
    return connection.execute(sa.select(allowance.c.used).where(*asked)).scalar() or 0


def _more(connection: sa.Connection, key: _Key, rule: Rule, purse: _Purse) -> int:
    """What is used after one more portion; the first of a window clears the windows before it."""
    hall, name, subject = key
    values = {"hall": hall, "rule": name, "subject": subject, "window_ms": purse.window_ms}
    used = int(connection.execute(_TAKE, {**values, "used": rule.portion}).scalar_one())
    if used == rule.portion:
        past = allowance.c.window_ms < purse.window_ms
        connection.execute(
            sa.delete(allowance).where(allowance.c.hall == hall, allowance.c.rule == name, past)
        )
    return used
