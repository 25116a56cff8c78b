"""Work whose commits reach the disk together: nothing else about the file changes."""

from hallq.domain import intents as i
from hallq.store import Store
from hallq.store.verify import verify_store
from tests.builders import TryHall


def synchronous(store: Store) -> int:
    """SQLite's setting on a connection: 1 syncs later, 2 with each commit."""
    with store.reading() as connection:
        return int(connection.execute("PRAGMA synchronous").fetchone()[0])


def test_it_holds_inside_only(store: Store) -> None:
    assert synchronous(store) == 2
    with store.synced_at_the_end():
        assert synchronous(store) == 1
    assert synchronous(store) == 2


def test_all_is_in_the_file_itself_at_the_end(hall: TryHall) -> None:
    with hall.store.synced_at_the_end():
        hall.opens(2)
        for _ in range(20):
            hall.issues()
            hall.serves()
            hall.finishes()
    journal = hall.store.path.with_name(hall.store.path.name + "-wal")
    assert journal.stat().st_size == 0
    assert verify_store(hall.store).agrees
    assert hall.store.load_state() == hall.state


def test_others_are_noticed_afterwards(hall: TryHall, store: Store) -> None:
    with store.synced_at_the_end():
        hall.issues()
    assert not hall.refuses(i.OpenDay(business_date="2026-11-22")).startswith("x")
    hall.hall.refresh()
    assert len(hall.state.waiting()) == 1
