"""The public board's view: what stands on it, and what counts as new."""

from hallq.domain import intents as i
from hallq.domain.lanes import Lane, Tier
from hallq.domain.views.board import BoardPhase, BoardView, Newness, board_view
from tests.builders import TryHall


def seen(hall: TryHall) -> BoardView:
    return board_view(hall.state, hall.hall.config, hall.hall.now_ms())


def test_the_latest_call_stands_first(hall: TryHall) -> None:
    hall.opens(2, 3)
    hall.issues()
    hall.issues()
    hall.calls(2)
    hall.calls(3)
    assert [(call.label, call.counter) for call in seen(hall).calls] == [("B002", 3), ("B001", 2)]


def test_a_call_taken_back_or_missed_leaves_the_board(hall: TryHall) -> None:
    hall.opens(2, 3)
    hall.issues()
    hall.issues()
    hall.calls(2)
    hall.calls(3)
    hall.does(i.WithdrawCall(counter=2))
    hall.does(i.ReportMissed(counter=3))
    assert seen(hall).calls == ()


def test_a_finished_call_stays_among_the_last_ones(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    hall.finishes(2)
    assert [call.label for call in seen(hall).calls] == ["B001"]


def test_the_lanes_say_how_many_wait_and_how_long(hall: TryHall) -> None:
    hall.issues(tier=Tier.GOLD)
    hall.issues()
    hall.issues()
    priority, standard = seen(hall).lanes
    assert (priority.lane, priority.waiting, priority.low) == (Lane.PRIORITY, 1, None)
    assert (standard.lane, standard.waiting) == (Lane.STANDARD, 2)
    hall.opens(2)
    low, high = seen(hall).lanes[1].low, seen(hall).lanes[1].high
    assert low is not None
    assert high is not None
    assert low <= high


def test_a_day_that_was_closed_is_over_for_today(hall: TryHall) -> None:
    assert seen(hall).phase is BoardPhase.OPEN
    hall.does(i.CloseDay())
    view = seen(hall)
    assert (view.phase, view.calls, view.lanes) == (BoardPhase.CLOSED, (), ())


def test_a_call_is_new_for_some_seconds_and_a_recall_again(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    newness = Newness.at_start(hall.state, hall.hall.now_ms(), 5)
    hall.calls(2)
    newness = newness.after(hall.state, 10)
    assert len(newness.fresh(14, 5)) == 1
    assert not newness.fresh(15, 5)
    hall.does(i.Recall(counter=2))
    newness = newness.after(hall.state, 20)
    assert len(newness.fresh(24, 5)) == 1


def test_what_was_called_long_before_the_board_was_switched_on_is_not_new(hall: TryHall) -> None:
    hall.opens(2, 3)
    hall.issues()
    hall.issues()
    hall.calls(2)
    hall.clock.pass_minutes(1)
    hall.calls(3)
    newness = Newness.at_start(hall.state, hall.hall.now_ms(), 5)
    assert len(newness.fresh(0, 5)) == 1


def test_the_view_is_equal_until_a_minute_has_passed(hall: TryHall) -> None:
    before = seen(hall)
    hall.clock.pass_ms(100)
    assert seen(hall) == before


def test_a_missed_call_never_comes_back_to_the_board(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    assert seen(hall).calls == ()
    hall.clock.pass_minutes(60)
    hall.does(i.KeepHouse())
    assert not hall.state.tickets
    assert seen(hall).calls == ()
    assert hall.store.load_state() == hall.state


def test_a_customer_who_left_or_was_withdrawn_is_called_by_no_board(hall: TryHall) -> None:
    hall.opens(2, 3)
    hall.issues()
    hall.issues()
    hall.does(i.ReportLeft(ticket_id=hall.calls(2)))
    hall.does(i.CancelTicket(ticket_id=hall.calls(3), reason="duplicate"))
    assert seen(hall).calls == ()


def test_a_day_opened_again_shows_no_call_of_an_expired_number(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    hall.does(i.CloseDay(carry="none"))
    hall.does(i.OpenDay(business_date=hall.state.business_date))
    assert seen(hall).phase is BoardPhase.OPEN
    assert seen(hall).calls == ()
    assert hall.store.load_state() == hall.state
