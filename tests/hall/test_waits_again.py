"""A call that was taken back keeps no promise, and a second wait stays in sight."""

from collections.abc import Mapping

import pytest

from hallq.domain import intents as i
from hallq.domain.lanes import Lane
from hallq.domain.views.alert_kinds import Alert, Kind
from hallq.domain.views.manager import ManagerView, manager_view
from hallq.domain.views.waiting import Risk
from tests.builders import MINUTE_MS, TryHall


def seen(hall: TryHall) -> ManagerView:
    return manager_view(hall.state, hall.hall.config, hall.hall.now_ms(), hall.hall.wall_ms())


def again(hall: TryHall) -> Alert:
    (alert,) = [a for a in seen(hall).alerts if a.kind is Kind.WAITS_AGAIN]
    return alert


def some(figures: Mapping[str, int], *beginnings: str) -> dict[str, int]:
    return {name: n for name, n in figures.items() if n and name.startswith(beginnings)}


def test_a_withdrawn_call_keeps_no_promise(hall: TryHall) -> None:
    hall.opens(2)
    ticket_id = hall.issues()
    figures = ("lane.", "wait.", "tier.", "slot.")
    before = some(hall.state.figures, *figures)
    hall.clock.pass_minutes(1)
    hall.calls(2)
    hall.clock.pass_minutes(1)
    hall.does(i.Recall(counter=2))
    hall.does(i.WithdrawCall(counter=2))
    assert some(hall.state.figures, *figures) == before
    assert hall.ticket(ticket_id).is_first_wait
    hall.clock.pass_minutes(18)
    assert Kind.HAS_MISSED in {a.kind for a in seen(hall).alerts}
    hall.calls(2)
    assert hall.ticket(ticket_id).wait_ms == 20 * MINUTE_MS
    assert hall.state.figures[f"lane.{Lane.STANDARD}.called_within"] == 0


def test_a_withdrawn_second_call_leaves_the_first_one_counted(hall: TryHall) -> None:
    hall.opens(2)
    ticket_id = hall.issues()
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    hall.does(i.ReturnMissed(ticket_id=ticket_id))
    hall.calls(2)
    before = hall.state.figures
    hall.does(i.WithdrawCall(counter=2))
    assert hall.state.figures == before
    assert not hall.ticket(ticket_id).is_first_wait


def test_a_second_wait_is_judged_from_its_own_beginning(hall: TryHall) -> None:
    hall.opens(2)
    ticket_id = hall.issues()
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    hall.clock.pass_minutes(10)
    hall.does(i.ReturnMissed(ticket_id=ticket_id))
    hall.clock.pass_minutes(15)
    (row,) = seen(hall).waiting
    assert (row.waited, row.risk) == (15, Risk.CALLED_BEFORE)
    hall.clock.pass_minutes(1)
    (row,) = seen(hall).waiting
    assert (row.waited, row.due_in, row.risk) == (16, -1, Risk.MISSED)
    assert (again(hall).facts["waited"], again(hall).ticket_id) == (16, ticket_id)


@pytest.mark.parametrize("paused", [True, False])
def test_somebody_kept_for_a_counter_is_that_clerks(hall: TryHall, paused: bool) -> None:
    hall.opens(2, 3)
    hall.issues()
    if paused:
        hall.does(i.PauseCounter(counter=3, reason="meal"))
    hall.serves(2)
    hall.does(i.TransferVisit(counter=2, to_counter=3))
    hall.clock.pass_minutes(16)
    alert = again(hall)
    assert alert.act is None
    assert alert.facts.get("clerk") == ("clerk-3" if paused else None)
