"""Time: the hall's clock is the hub's, and a wrong clock moves little."""

import pytest

from hallq.domain import intents as i
from hallq.hub.pushing import SLACK_MS
from tests.builders import DAY_MS, HOUR_MS, MINUTE_MS
from tests.hub.lives import Halls


@pytest.mark.parametrize("off_ms", [-DAY_MS, -HOUR_MS, HOUR_MS, DAY_MS, 20 * 365 * DAY_MS])
def test_a_wrong_clock_is_shifted_into_the_time_out_of_touch(halls: Halls, off_ms: int) -> None:
    device = halls.opened("t1", 1)
    device.issues(1)
    contact_ms = halls.clock.wall_ms
    device.off_ms = off_ms
    halls.clock.pass_minutes(3)
    first = device.issued(2)
    halls.clock.pass_minutes(2)
    second = device.issued(3)
    halls.clock.pass_minutes(1)
    device.push(first, second)
    device.pulls_all()
    shown = [x.event.at_ms + x.shift_ms for x in device.log[-2:]]
    for at_ms in shown:
        assert contact_ms - SLACK_MS <= at_ms <= halls.clock.wall_ms + SLACK_MS
    assert shown[1] - shown[0] == 2 * MINUTE_MS
    assert [x.event.at_ms for x in device.log[-2:]] == [first.at_ms, second.at_ms]


def test_a_right_clock_is_not_shifted(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    device.pulls_all()
    batches = []
    for number in range(1, 9):
        batches.append(device.issued(number))
        halls.clock.pass_minutes(20)
    device.push(*batches[:4], more=True)
    halls.clock.pass_ms(700)
    device.pull()
    device.push(*batches[4:])
    for number in range(9, 12):
        halls.clock.pass_ms(30_000)
        device.pull()
        device.issues(1, first=number)
    device.pulls_all()
    assert {x.shift_ms for x in device.log} == {0}


def test_a_shifted_promise_moves_with_its_ticket(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    device.off_ms = DAY_MS
    (ticket_id,) = device.issues(1)
    halls.clock.pass_ms(1_000)
    other = halls.device("t2")
    other.issues(1)
    assert device.asks(i.GrantNext(counter=1)).granted == ticket_id
    entry = next(x for x in device.log if x.event.kind == "ticket.granted")
    assert entry.event.at_ms < halls.clock.wall_ms + MINUTE_MS


def test_the_halls_clock_runs_only_forward(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    before = device.pull().hall_ms
    halls.clock.set_wall(halls.clock.wall_ms - 5 * HOUR_MS)
    assert device.pull().hall_ms >= before
    halls.clock.pass_minutes(1)
    device.issues(1)
    halls.clock.restart(-HOUR_MS)
    halls.hub = device.hub = halls.another("again")
    later = device.pull().hall_ms
    assert later >= before + MINUTE_MS
