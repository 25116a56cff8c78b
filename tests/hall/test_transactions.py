"""What is done at the counter, each thing timed."""

from hallq.domain import intents as i
from hallq.domain.figures import within_limit
from hallq.domain.refusals import Reason
from hallq.domain.transactions import Outcome, Transaction
from hallq.store.loading import rows_as
from tests.builders import MINUTE_MS, TryHall


def _all_transactions(hall: TryHall) -> list[Transaction]:
    with hall.store.reading() as connection:
        return rows_as(connection, Transaction, "ORDER BY started_ms, transaction_id")


def test_several_services_of_one_visit_follow_each_other(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues("payment")
    hall.serves()
    hall.clock.pass_minutes(2)
    hall.does(i.StartTransaction(counter=2, service="points"))
    hall.clock.pass_minutes(3)
    hall.finishes()
    done = _all_transactions(hall)
    assert [(t.service, t.duration_ms) for t in done] == [
        ("payment", 2 * MINUTE_MS),
        ("points", 3 * MINUTE_MS),
    ]
    assert done[0].ended_ms == done[1].started_ms
    assert hall.state.figures["visits.one_counter"] == 1


def test_only_services_of_this_counter_are_started(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves()
    assert hall.refuses(i.StartTransaction(counter=2, service="haircut")) is Reason.UNKNOWN_SERVICE


def test_a_transaction_over_ten_minutes_counts_against_the_limit(hall: TryHall) -> None:
    hall.opens(2)
    for minutes in (10, 11):
        hall.issues()
        hall.serves()
        hall.clock.pass_minutes(minutes)
        hall.finishes()
    assert within_limit(hall.state.figures).fraction == 0.5


def test_the_reason_for_a_long_transaction_is_kept(hall: TryHall) -> None:
    hall.opens(2)
    for explain_first in (True, False):
        hall.issues()
        hall.serves()
        hall.clock.pass_minutes(12)
        if explain_first:
            assert hall.refuses(i.ExplainOverrun(counter=2, reason="bored")) is Reason.UNKNOWN_REASON
            hall.does(i.ExplainOverrun(counter=2, reason="complex"))
            hall.finishes()
        else:
            assert hall.refuses(i.FinishVisit(counter=2, over_reason="bored")) is Reason.UNKNOWN_REASON
            hall.finishes(over_reason="system_slow")
    assert [t.over_reason for t in _all_transactions(hall)] == ["complex", "system_slow"]


def test_a_forgotten_finish_is_kept_out_of_the_averages(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves()
    hall.clock.pass_minutes(240)
    hall.finishes(forgotten=True)
    (transaction,) = _all_transactions(hall)
    assert (transaction.reliable, transaction.duration_ms) == (False, 240 * MINUTE_MS)
    figures = hall.state.figures
    assert (figures["transactions.ended"], figures["transactions.unreliable"]) == (1, 1)
    assert "service.ms" not in figures
    assert within_limit(figures).whole == 0


def test_a_length_over_a_restart_of_the_computer_is_not_trusted(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves()
    hall.clock.restart(off_ms=MINUTE_MS)
    hall.finishes()
    (transaction,) = _all_transactions(hall)
    assert not transaction.reliable


def test_how_it_ended_is_kept(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves()
    hall.finishes(outcome=Outcome.NOT_POSSIBLE)
    assert _all_transactions(hall)[0].outcome is Outcome.NOT_POSSIBLE


def test_a_ticket_is_cancelled_with_a_known_reason_and_not_while_served(hall: TryHall) -> None:
    hall.opens(2)
    first, second = hall.issues(), hall.issues()
    assert hall.refuses(i.CancelTicket(ticket_id=second, reason="rain")) is Reason.UNKNOWN_REASON
    hall.serves()
    assert hall.refuses(i.CancelTicket(ticket_id=first, reason="customer_wish")) is Reason.NOT_CANCELLABLE
    hall.does(i.CancelTicket(ticket_id=second, reason="wrong_service"))
    assert hall.state.figures["tickets.cancelled"] == 1


def test_who_leaves_late_counts_against_the_promise(hall: TryHall) -> None:
    early, late = hall.issues(), hall.issues()
    hall.clock.pass_minutes(15)
    hall.does(i.ReportLeft(ticket_id=early))
    hall.clock.pass_minutes(1)
    hall.does(i.ReportLeft(ticket_id=late))
    figures = hall.state.figures
    assert (figures["lane.standard.left_early"], figures["lane.standard.left_late"]) == (1, 1)
