"""A day apart is caught up while a guide gives numbers at the screen, before the end and after it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from hallq.app import HallApp
from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.hall import Hall
from hallq.i18n import set_language
from hallq.launch import open_hall
from hallq.paths import Place
from hallq.store import Store, log, outbox
from hallq.store.verify import verify_store
from hallq.widgets.guide_head import GuideHead
from tests.rig.proxy import Fault, always
from tests.sync.network import CLERK, Remote, Streets

EVENTS = 2_000
"""Four pages of the wire; the benchmark of catching up takes 10,000."""
SLOW_LINE = always(Fault.DELAY, 0.02)
"""Pages come in pieces, so that so few of them are not over before a number is given."""
_VISIT: tuple[i.Intent, ...] = (
    i.IssueTicket(service="payment"),
    i.CallNext(counter=1),
    i.ConfirmArrival(counter=1),
    i.StartTransaction(counter=1, service="payment"),
    i.FinishVisit(counter=1),
)


def _lives(store: Store, streets: Streets) -> int:
    """Visits at a terminal's own counter, cut off; how many."""
    hall = Hall(store, streets.config)
    hall.perform(i.OpenCounter(counter=1, clerk="1001"), CLERK)
    with store.synced_at_the_end():
        for _ in range(EVENTS // len(_VISIT)):
            for intent in _VISIT:
                hall.perform(intent, CLERK)
    return EVENTS // len(_VISIT)


@asynccontextmanager
async def _at_the_door(streets: Streets, store: Store) -> AsyncIterator[Pilot[None]]:
    """The guide's screen on this file, in conversation with the hub as in a terminal."""
    set_language("en")
    hall, end_sync = open_hall(Place(streets.folder, store.path, None), streets.config)
    app = HallApp(hall, CLERK, role="guide")
    app.attach(store.path)
    try:
        async with app.run_test(size=(100, 30)) as pilot:
            yield pilot
    finally:
        end_sync()
        hall.close()


async def _painted(pilot: Pilot[None], key: str, text: str) -> None:
    await pilot.press(key)
    while text not in pilot.app.screen.query_one(GuideHead).render().plain:
        await pilot.pause()


async def _gives(pilot: Pilot[None]) -> None:
    """A number with real keys."""
    await _painted(pilot, "1", "Service: Payment")
    await _painted(pilot, "space", "Digit: service")


async def _healed(pilot: Pilot[None], terminal: Remote, last: int) -> int:
    """Numbers are given from before the cut ends until the terminal has all; how many before it had."""
    await _gives(pilot)
    terminal.proxy.plans = SLOW_LINE
    terminal.proxy.heal()
    given = 0
    while _position(terminal.store) < last:
        await _gives(pilot)
        given += _position(terminal.store) < last
    while _unsent(terminal.store):
        await pilot.pause()
    return given


def _unsent(store: Store) -> int:
    with store.reading() as connection:
        return outbox.mark(connection).count


def _position(store: Store) -> int:
    with store.reading() as connection:
        return log.last_position(connection)


@pytest.fixture
def apart(streets: Streets) -> tuple[Remote, Remote]:
    """Two terminals that know that the day is open, and are cut off since."""
    streets.opened()
    terminals = streets.terminal("busy"), streets.terminal("idle")
    for terminal in terminals:
        terminal.proxy.cut()
    return terminals


async def test_keys_are_answered_while_a_day_is_sent_and_heard(
    streets: Streets, apart: tuple[Remote, Remote]
) -> None:
    busy, idle = apart
    visits = _lives(busy.store, streets)
    sent = streets.hub.last(streets.hall) + EVENTS
    async with _at_the_door(streets, busy.store) as pilot:
        assert await _healed(pilot, busy, sent)
    last = streets.hub.last(streets.hall)
    async with _at_the_door(streets, idle.store) as pilot:
        assert await _healed(pilot, idle, last)
    for terminal in apart:
        terminal.proxy.plans = always(Fault.NONE)
    for terminal in (streets.again(busy), streets.again(idle)) * 2:
        terminal.syncs()
    assert busy.place() == idle.place()
    assert streets.count(e.VisitFinished) == visits
    for terminal in apart:
        assert verify_store(terminal.store).agrees
