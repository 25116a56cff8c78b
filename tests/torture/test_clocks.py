"""Computers whose wall clocks are wrong, and are set while a customer is served."""

import itertools
import time
from pathlib import Path

from hallq.store import open_store
from tests.builders import DAY_MS, HOUR_MS
from tests.rig.waiting import until
from tests.torture.house import PAUSE_SECONDS, House, breaches, hall_of
from tests.torture.terminal_process import TerminalProcess

SLACK_MS = 1_000
OFFS = (-DAY_MS, HOUR_MS, 0)
SET_TO = (-2 * DAY_MS, 4 * HOUR_MS, HOUR_MS)
CALL = 'do CallNext {"counter": %d}'
ARRIVES = 'do ConfirmArrival {"counter": %d}'
FINISHES = 'do FinishVisit {"counter": %d}'


def _does(terminal: TerminalProcess, words: str, kind: str) -> float:
    """It is done there; when, on this machine's own clock that nobody sets."""
    before = sum(done["kind"] == kind for done in terminal.confirmed)
    terminal.order(words)
    until(lambda: sum(done["kind"] == kind for done in terminal.confirmed) > before, words)
    return time.monotonic()


def _serves(house: House, terminal: TerminalProcess, counter: int, set_ms: int) -> int:
    """A visit at a counter, in which somebody sets the computer's clock; its true length in ms."""
    _does(
        terminal, f'do OpenCounter {{"counter": {counter}, "clerk": "{1_000 + counter}"}}', "counter.opened"
    )
    _does(terminal, 'do IssueTicket {"service": "payment"}', "ticket.issued")
    _does(terminal, CALL % counter, "ticket.announced")
    begun = _does(terminal, ARRIVES % counter, "transaction.started")
    terminal.order(f"clock {set_ms}")
    house.lives_on(1, seconds=1)  # nothing happens: a second goes by
    return round((_does(terminal, FINISHES % counter, "transaction.ended") - begun) * 1_000)


def test_order_and_durations_are_those_of_the_hall(folder: Path) -> None:
    with hall_of(folder, str(folder / "hub.db"), 3, seed=5, speed=1) as house:
        for terminal, off_ms in zip(house.terminals, OFFS, strict=True):
            terminal.off_ms = off_ms
        house.open()
        true_ms = [
            _serves(house, terminal, counter, SET_TO[counter - 1])
            for counter, terminal in enumerate(house.terminals, start=1)
        ]
        house.agree_within(60)
        assert "computer clock is 48 h slow: set it" in _status_soon(house, 0)
        assert "computer clock is 4 h fast: set it" in _status_soon(house, 1)
        assert "computer clock is 60 min fast: set it" in _status_soon(house, 2)
        at_ms = [entry.event.at_ms + entry.shift_ms for entry in house.entries()]
        assert max(before - after for before, after in itertools.pairwise(at_ms)) < SLACK_MS
        house.end()
        assert breaches(house) == []
        for terminal in house.terminals:
            booked = _booked(terminal)
            assert all(abs(a - b) < SLACK_MS for a, b in zip(booked, true_ms, strict=True)), (booked, true_ms)


def _booked(terminal: TerminalProcess) -> list[int]:
    """The lengths of the services that count, in ms, in their order."""
    query = "SELECT duration_ms FROM service_transaction WHERE reliable ORDER BY started_ms"
    store = open_store(terminal.db)
    try:
        with store.reading() as connection:
            return [duration_ms for (duration_ms,) in connection.execute(query)]
    finally:
        store.close()


def _status_soon(house: House, number: int) -> str:
    """What `hallq status` says there after the next look at the hub."""
    terminal = house.terminals[number]
    about_ms = abs(SET_TO[number]) - SLACK_MS
    until(
        lambda: abs(int(terminal.tell()["skew_ms"])) > about_ms,
        "the new error of the clock is known",
        every_seconds=PAUSE_SECONDS,
    )
    return house.hub.command("status", "--db", str(terminal.db))
