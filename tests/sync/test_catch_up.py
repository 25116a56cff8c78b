"""A terminal that was cut off for long sends in portions: each look shows what a start would show."""

from random import Random

import pytest

from hallq.domain import intents as i
from hallq.protocol import BATCH_EVENTS, Pull, Push
from hallq.store.replica import Replica
from hallq.store.verify import verify_store
from hallq.sync.status import Link
from tests.builders import DATE
from tests.sync.lives import Terminal, Town, agree


def _lives(terminal: Terminal, visits: int) -> None:
    """Visits at the terminal's own counter, without the hub."""
    for _ in range(visits):
        terminal.issues()
        terminal.serves(2)
        terminal.does(i.StartTransaction(counter=2, service="payment"))
        terminal.finishes(2)


def _fresh(terminal: Terminal) -> Replica:
    with terminal.store.reading() as connection:
        return Replica(connection)


def _sends(terminal: Terminal, count: int) -> None:
    """The oldest own events, so many; and then what the hub has."""
    session = terminal.worker.session
    batch, more = terminal.file.to_send(count)
    terminal.line.push(Push(session=session, place=terminal.file.place, more=more, events=batch))
    terminal.file.take_in(terminal.line.pull(Pull(session=session, place=terminal.file.place)))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_placed_between_two_looks_the_state_is_that_of_a_start(town: Town, seed: int) -> None:
    chance = Random(seed)
    guide, clerk = town.terminal("guide"), town.terminal("clerk")
    guide.does(i.OpenDay(business_date=DATE))
    clerk.syncs()
    clerk.opens(2)
    clerk.cut()
    _lives(clerk, 6)
    clerk.line.is_cut = False
    while clerk.file.unsent():
        for _ in range(chance.choice([0, 0, 0, 2])):
            guide.issues()
            guide.syncs()
        _sends(clerk, chance.randint(1, 6))
        if chance.random() < 0.2:
            clerk.issues()  # a counter at work goes on meanwhile
        if chance.random() < 0.7:
            clerk.hall.refresh()
            assert clerk.state == _fresh(clerk).state
    agree(guide, clerk)
    assert clerk.state == _fresh(clerk).state
    assert verify_store(clerk.store).agrees


def test_a_long_day_apart_is_sent_and_heard(town: Town) -> None:
    guide, clerk = town.terminal("guide"), town.terminal("clerk")
    guide.does(i.OpenDay(business_date=DATE))
    clerk.syncs()
    clerk.opens(2)
    clerk.cut()
    _lives(clerk, 160)
    unsent = clerk.file.unsent()
    assert unsent > 2 * BATCH_EVENTS - 200
    assert clerk.syncs() is Link.CUT_OFF
    clerk.healed()
    assert clerk.file.unsent() == 0
    agree(guide, clerk)
    assert clerk.state.figures["tickets.finished"] == 160
