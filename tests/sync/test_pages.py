"""However the hall's log comes, in whatever pages and how often: the same state, rows and digest."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallq.domain.events import EVENT_TYPES
from hallq.domain.state import HallState
from hallq.store import Store, joined, open_store
from hallq.store.entries import entries_after
from hallq.store.joined import Joined
from hallq.store.projections import PROJECTED
from hallq.store.replica import Replica
from hallq.store.verify import verify_store
from hallq.sync.file import ChainBroken, TerminalFile
from tests.builders import MEMORY_DISK, new_store
from tests.sync.histories import EPOCH, PaperHub, histories
from tests.torture.digest import digest

EDGE = 3
"""Pages begin so many positions before or after the right one."""

KINDS = st.sets(st.sampled_from(sorted({*EVENT_TYPES} - {"day.opened"})), max_size=4)
"""Kinds that an older hallq does not know; every one knows what a day is."""


@pytest.fixture(scope="module")
def blank() -> Iterator[Path]:
    """The file of a terminal that has joined and heard nothing yet."""
    with tempfile.TemporaryDirectory(prefix="pages", dir=MEMORY_DISK) as folder:
        path = Path(folder) / "blank.db"
        store = new_store(path)
        with store.writing() as connection:
            joined.save(connection, Joined("paper", "north", "North hall", "d9", "t9", 9, epoch=EPOCH))
        store.close()
        yield path


@contextlib.contextmanager
def _copy(blank: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="pages", dir=MEMORY_DISK) as folder:
        yield Path(shutil.copy(blank, folder))


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Store]:
    store = open_store(path)
    yield store
    store.close()


def _rows(store: Store) -> dict[str, list[Any]]:
    """Everything that comes from the log, and the log; not why somebody put an event aside."""
    with store.reading() as connection:
        rows = {t: connection.execute(f"SELECT * FROM {t}").fetchall() for t in ("event", *PROJECTED)}
        rows["aside"] = connection.execute("SELECT position, entry FROM quarantine").fetchall()
    return {table: sorted(found, key=repr) for table, found in rows.items()}


def _at_once(blank: Path, hub: PaperHub) -> dict[str, list[Any]]:
    """The rows of a terminal that took in the whole log as one page; they are the log's fold."""
    with _copy(blank) as path, _opened(path) as store:
        file, screen = TerminalFile(store, hub.clock), _screen(store)
        file.take_in(hub.page(0, len(hub.log)))
        _is_the_hubs(store, file, screen, hub)
        return _rows(store)


def _state(store: Store, screen: Replica) -> HallState:
    """What a program shows that follows the file since `screen` was made."""
    with store.reading() as connection:
        return screen.catch_up(connection)


def _screen(store: Store) -> Replica:
    with store.reading() as connection:
        return Replica(connection)


def _is_the_hubs(store: Store, file: TerminalFile, screen: Replica, hub: PaperHub) -> None:
    shown = _state(store, screen)
    assert shown == hub.state
    assert digest(shown) == digest(store.load_state()) == digest(hub.state)
    assert (file.place.position, file.place.hash) == (len(hub.log), hub.log[-1].hash if hub.log else "")
    verdict = verify_store(store)
    assert verdict.agrees, verdict


@given(hub=histories(), pages=st.lists(st.tuples(st.integers(-EDGE, EDGE), st.integers(0, 20)), max_size=12))
def test_any_split_order_and_repetition_is_the_whole(
    blank: Path, hub: PaperHub, pages: list[tuple[int, int]]
) -> None:
    with _copy(blank) as path, _opened(path) as store:
        file, screen = TerminalFile(store, hub.clock), _screen(store)
        for off, size in [*pages, (0, len(hub.log))]:
            known = file.place.position
            page = hub.page(min(len(hub.log), max(0, known + off)), size)
            if page.entries and page.entries[0].position > known + 1:
                before = _rows(store)
                with pytest.raises(ChainBroken):
                    file.take_in(page)
                assert _rows(store) == before
            else:
                new = [entry for entry in page.entries if entry.position > known]
                assert file.take_in(page) == len(new)
                assert file.place.position == _state(store, screen).position == known + len(new)
        _is_the_hubs(store, file, screen, hub)
        assert _rows(store) == _at_once(blank, hub)


@given(hub=histories(), at=st.integers(0, 60), part=st.sampled_from(["body", "kind", "at_ms"]))
def test_a_page_with_one_false_entry_changes_nothing(blank: Path, hub: PaperHub, at: int, part: str) -> None:
    page = hub.page(0, len(hub.log))
    if at >= len(page.entries):
        return
    true = page.entries[at]
    changed = {"body": true.event.body + " ", "kind": "ticket.other", "at_ms": true.event.at_ms + 1}[part]
    false = true.model_copy(update={"event": true.event.model_copy(update={part: changed})})
    entries = [*page.entries[:at], false, *page.entries[at + 1 :]]
    with _copy(blank) as path, _opened(path) as store:
        file, before = TerminalFile(store, hub.clock), _rows(store)
        with pytest.raises(ChainBroken):
            file.take_in(page.model_copy(update={"entries": entries}))
        assert _rows(store) == before
        assert file.place.position == 0


@given(hub=histories(), unknown=KINDS, size=st.integers(1, 50))
def test_after_an_update_all_is_as_if_every_kind_had_always_been_known(
    blank: Path, hub: PaperHub, unknown: set[str], size: int
) -> None:
    with _copy(blank) as path:
        with _older_hallq(unknown), _opened(path) as store:
            file, screen = TerminalFile(store, hub.clock), _screen(store)
            for begin in range(0, len(hub.log), size):
                file.take_in(hub.page(begin, size))
            with store.reading() as connection:
                assert entries_after(connection, 0, len(hub.log)) == hub.log  # byte for byte
            assert store.load_state() == _state(store, screen)
            verdict = verify_store(store)
            assert verdict.agrees, verdict
        with _opened(path) as store:
            _is_the_hubs(store, TerminalFile(store, hub.clock), _screen(store), hub)
            assert _rows(store) == _at_once(blank, hub)


@contextlib.contextmanager
def _older_hallq(unknown: set[str]) -> Iterator[None]:
    """One that does not know these kinds of events yet."""
    hidden = {kind: EVENT_TYPES.pop(kind) for kind in unknown}
    try:
        yield
    finally:
        EVENT_TYPES.update(hidden)
