"""What is asked at a start and for the page of a day takes no longer when a year lies behind it."""

import contextlib
from collections.abc import Iterator

import pytest
import sqlcipher3.dbapi2 as driver

from hallq.store import Store
from hallq.store.loading import load_state
from hallq.store.past import Past
from tests.builders import DATE, TryHall

GROWING = {
    "event",
    "ticket",
    "service_transaction",
    "appointment",
    "low_rating",
    "complaint",
    "handover_note",
}


class Asked:
    """Hands out connections of a store, and keeps what is asked of them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.statements: list[str] = []

    @contextlib.contextmanager
    def reading(self) -> Iterator[driver.Connection]:
        with self._store.reading() as connection:
            connection.set_trace_callback(self.statements.append)
            yield connection
            connection.set_trace_callback(None)

    def looked_through(self) -> set[str]:
        """The tables of which a statement reads every row."""
        with self._store.reading() as connection:
            selects = [
                sql
                for sql in self.statements
                if sql.lstrip().startswith("SELECT") and not sql.endswith("ORDER BY position DESC LIMIT 1")
            ]
            plans = [step[3] for sql in selects for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert plans
        return {plan.split()[1] for plan in plans if plan.startswith("SCAN")}


@pytest.mark.parametrize("what", ["a start", "the page of a day"])
def test_no_table_that_grows_is_looked_through(hall: TryHall, what: str) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    asked = Asked(hall.store)
    if what == "a start":
        with asked.reading() as connection:
            load_state(connection)
    else:
        assert Past(asked).day(DATE) is not None
    assert asked.looked_through() & GROWING == set()
