"""The manager's view: what goes wrong next, in the right order, with the act that helps."""

import pytest
from rich.cells import cell_len

from hallq import i18n
from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.handover import Topic
from hallq.domain.lanes import Pressure, Tier
from hallq.domain.tickets import TicketState
from hallq.domain.views.alert_kinds import NO_TROUBLE, Act, Alert, Kind, OwnTrouble
from hallq.domain.views.manager import ManagerView, manager_view
from hallq.domain.views.today import Standing, Trend
from hallq.domain.views.waiting import Risk
from hallq.i18n import set_language
from hallq.store import Store
from hallq.wording.alerts import ACTS, SENTENCES, alert_sentences
from tests.builders import DATE, HOUR_MS, HandClock, TryHall, a_hall


def seen(hall: TryHall, own: OwnTrouble = NO_TROUBLE) -> ManagerView:
    return manager_view(hall.state, hall.hall.config, hall.hall.now_ms(), hall.hall.wall_ms(), own=own)


def kinds(hall: TryHall) -> list[Kind]:
    return [alert.kind for alert in seen(hall).alerts]


def of_kind(hall: TryHall, kind: Kind) -> Alert:
    (found,) = [alert for alert in seen(hall).alerts if alert.kind is kind]
    return found


def sentences(hall: TryHall) -> list[str]:
    set_language("en")
    view = seen(hall)
    return [sentence for _, sentence in alert_sentences(view.alerts, hall.hall.config, 0)]


def test_a_file_that_came_from_a_backup_is_explained_to_the_manager(hall: TryHall) -> None:
    set_language("en")
    view = seen(hall, OwnTrouble(doubted=3, is_restored=True))
    assert [sentence for _, sentence in alert_sentences(view.alerts, hall.hall.config, 0)] == [
        "This terminal's file came back from a backup and took what it lacked from the hub: "
        "look at its counters.",
        "3 tickets in hand may have been called elsewhere: they wait for the hub.",
    ]
    assert {alert.pressure for alert in view.alerts} == {Pressure.SOON}


def test_every_kind_and_every_act_has_words() -> None:
    assert set(SENTENCES) == set(Kind)
    assert set(ACTS) == set(Act)


WORDS = {
    **{"date": "Wed 11/25", "lane": "Standard", "ticket": "A123", "service": "Bill and call-record printing"},
    **{"counter": 12, "clerk": "1001", "waiting": 12, "target": 15, "minutes": 22, "waited": 25, "score": 1},
    **{"complaint": "TS1124-01", "agreed": "10:30", "staff": "1001 1002 1003 1004", "count": 12, "limit": 10},
    **{"reason": "Waiting for the system", "shown": "10:16", "computer": "12:30", "closes": "18:00"},
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sentence_stands_whole_on_80_columns_also_behind_the_first(language: str) -> None:
    set_language(language)
    sentences = [sentence for kind, sentence in SENTENCES.items() if kind is not Kind.RESTORED]
    told = [i18n._(sentence).format_map(WORDS) for sentence in sentences]
    assert [sentence for sentence in told if cell_len(sentence) > 76] == []


def test_before_the_day_is_open_that_is_all_there_is_to_say(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, day=False)
    (alert,) = seen(hall).alerts
    assert (alert.kind, alert.act, alert.facts["date"]) == (Kind.DAY_NOT_OPEN, Act.OPEN_DAY, DATE)


def test_a_day_of_yesterday_is_to_be_closed(hall: TryHall) -> None:
    hall.clock.pass_minutes(24 * 60)
    alert = of_kind(hall, Kind.OLD_DAY_OPEN)
    assert alert.act is Act.CLOSE_DAY


def test_a_quiet_hall_says_who_is_due_next(hall: TryHall) -> None:
    assert kinds(hall) == [Kind.NOBODY_WAITS]
    hall.opens(2)
    hall.issues()
    hall.clock.pass_minutes(3)
    assert kinds(hall) == [Kind.ALL_KEPT]
    assert sentences(hall) == ["All promises kept. Next due: B001 in 12 minutes."]


def test_who_waits_again_is_not_nobody(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    hall.does(i.TransferVisit(counter=2, to_counter=6))
    assert sentences(hall) == ["All promises kept. Waiting again after a call: 1."]


def test_people_wait_and_nobody_serves(hall: TryHall) -> None:
    hall.issues()
    alert = seen(hall).alerts[0]
    assert (alert.kind, alert.act, alert.counter) == (Kind.NOBODY_SERVES, Act.OPEN_COUNTER, 2)


def test_a_counter_with_a_fault_is_opened_last(hall: TryHall) -> None:
    hall.does(i.WriteNote(topic=Topic.EQUIPMENT, text="no paper", at_counter=2))
    hall.issues()
    assert seen(hall).alerts[0].counter == 3


def test_a_paused_counter_is_not_the_managers_to_open(hall: TryHall) -> None:
    hall.opens(*range(1, 9))
    for number in range(1, 9):
        hall.does(i.PauseCounter(counter=number, reason="meal"))
    hall.issues()
    alert = seen(hall).alerts[0]
    assert (alert.kind, alert.act) == (Kind.NOBODY_SERVES, None)
    assert sentences(hall)[0] == "1 wait and no counter takes anybody. Ask clerk-2 back to counter 2."


def test_a_promise_that_will_be_missed_and_the_counter_that_prevents_it(hall: TryHall) -> None:
    hall.opens(2)
    for _ in range(2):
        hall.issues()
    hall.serves(2)
    hall.issues()
    hall.clock.pass_minutes(8)
    alert = of_kind(hall, Kind.WILL_MISS)
    assert (alert.act, alert.counter) == (Act.OPEN_COUNTER, 3)
    assert alert.pressure is Pressure.SOON
    assert sentences(hall)[0] == (
        "Standard: B003 misses its 15 minutes in 7. Open counter 3 to prevent it (O)"
    )


def test_a_missed_promise_counts_the_others_and_names_the_longest_wait(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.issues()
    hall.clock.pass_minutes(20)
    assert sentences(hall)[0] == (
        "Standard: B001 has waited 20 minutes instead of 15. 1 more is late. Open counter 3 (O)"
    )


def test_what_nothing_can_prevent_waits_behind_what_has_happened(hall: TryHall) -> None:
    hall.opens(*range(1, 9))
    hall.issues(tier=Tier.GOLD)
    hall.clock.pass_minutes(6)
    for _ in range(60):
        hall.issues()
    hall.clock.pass_minutes(5)
    assert kinds(hall)[:2] == [Kind.HAS_MISSED, Kind.WILL_MISS]
    assert sentences(hall)[1].count("self-service") == 0


def test_a_call_without_an_answer_a_long_pause_a_long_transaction(hall: TryHall) -> None:
    hall.opens(2, 3, 4)
    hall.does(i.PauseCounter(counter=4, reason="meal"))
    hall.issues()
    hall.issues()
    hall.calls(2)
    hall.serves(3)
    hall.clock.pass_minutes(9)
    assert kinds(hall) == [Kind.NO_ANSWER, Kind.NEAR_LIMIT]
    hall.clock.pass_minutes(12)
    assert kinds(hall) == [Kind.NO_ANSWER, Kind.LONG_PAUSE, Kind.OVER_LIMIT]
    hall.clock.pass_minutes(10)
    assert kinds(hall)[0] is Kind.FORGOTTEN


def test_a_hold_without_a_time_comes_back_by_the_managers_hand(hall: TryHall) -> None:
    hall.opens(2)
    ticket_id = hall.issues()
    hall.serves(2)
    hall.does(i.HoldVisit(counter=2, reason="filling_form"))
    hall.clock.pass_minutes(16)
    alert = of_kind(hall, Kind.HOLD_DUE)
    assert (alert.act, alert.ticket_id) == (Act.CALL_BACK, ticket_id)


def test_a_computer_clock_that_jumped_can_be_adopted(hall: TryHall) -> None:
    hall.clock.set_wall(hall.clock.wall_ms - HOUR_MS)
    assert of_kind(hall, Kind.CLOCK_JUMPED).act is Act.ADOPT_CLOCK
    assert "The hall shows" in sentences(hall)[0]


def test_the_list_has_the_least_time_left_first(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.clock.pass_minutes(4)
    hall.issues(tier=Tier.GOLD)
    hall.clock.pass_minutes(7)
    rows = seen(hall).waiting
    assert [(row.label, row.waited, row.due_in) for row in rows] == [("V001", 7, -2), ("B001", 11, 4)]
    assert rows[0].risk is Risk.MISSED


def test_held_and_missed_stand_apart(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.issues()
    hall.serves(2)
    hall.does(i.HoldVisit(counter=2, reason="filling_form", minutes=8))
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    hall.clock.pass_minutes(2)
    held, missed = seen(hall).away
    assert (held.state, held.away, held.back_in) == (TicketState.HELD, 2, 6)
    assert (missed.state, missed.away, missed.back_in) == (TicketState.MISSED, 2, 28)


def test_a_card_says_what_its_counter_does(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    hall.clock.pass_minutes(8)
    card = next(card for card in seen(hall).cards if card.number == 2)
    assert (card.state, card.label, card.clerk) == (CounterState.SERVING, "B001", "clerk-2")
    assert (card.elapsed_ms, card.limit_ms, card.pressure) == (480_000, 600_000, Pressure.SOON)
    assert [card.state for card in seen(hall).cards].count(CounterState.CLOSED) == 7


def test_the_figures_count_those_still_waiting_past_their_promise(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.issues()
    hall.serves(2)
    assert seen(hall).today.lanes[1].standing is Standing.REACHED
    hall.clock.pass_minutes(16)
    lane = seen(hall).today.lanes[1]
    assert (lane.share.part, lane.share.whole, lane.standing) == (1, 2, Standing.BELOW)


def test_the_half_hours_reach_from_opening_to_closing(hall: TryHall) -> None:
    hall.issues()
    hours = seen(hall).half_hours
    assert f"{hours[0].starts:%H:%M}" == "08:30"
    assert f"{hours[-1].starts:%H:%M}" == "17:30"
    assert sum(hour.issued for hour in hours) == 1
    assert [hour.issued for hour in hours if hour.is_now] == [1]


def test_the_view_is_equal_while_nothing_seen_changes(hall: TryHall) -> None:
    hall.issues()
    hall.clock.pass_ms(10)
    before = seen(hall)
    hall.clock.pass_ms(10)
    assert seen(hall) == before


def test_the_trend_compares_with_half_an_hour_ago(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    assert seen(hall).today.lanes[1].trend is Trend.NONE
    hall.serves(2)
    hall.finishes(2)
    hall.clock.pass_minutes(45)
    assert seen(hall).today.lanes[1].trend is Trend.SAME
    hall.issues()
    hall.clock.pass_minutes(16)
    lane = seen(hall).today.lanes[1]
    assert (lane.share.part, lane.share.whole, lane.trend) == (1, 2, Trend.WORSE)
    hall.serves(2)
    assert seen(hall).today.lanes[1].trend is Trend.WORSE
    hall.clock.pass_minutes(45)
    assert seen(hall).today.lanes[1].trend is Trend.SAME
    hall.finishes(2, forgotten=True)
    hall.issues()
    hall.serves(2)
    lane = seen(hall).today.lanes[1]
    assert (lane.share.part, lane.share.whole, lane.trend) == (2, 3, Trend.BETTER)


def test_a_promise_broken_and_still_waiting_counts_in_what_was(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.clock.pass_minutes(60)
    lane = seen(hall).today.lanes[1]
    assert (lane.share.part, lane.share.whole, lane.trend) == (0, 1, Trend.SAME)
    hall.serves(2)
    assert seen(hall).today.lanes[1].trend is Trend.SAME


def test_numbers_of_yesterday_are_counted_apart(hall: TryHall) -> None:
    hall.issues()
    hall.does(i.CloseDay(carry="all"))
    hall.clock.pass_minutes(24 * 60)
    hall.does(i.OpenDay(business_date="2026-11-23"))
    hall.issues()
    today = seen(hall).today
    assert (today.issued, today.carried) == (1, 1)


def test_the_next_agreed_time_is_said_and_who_waits_past_it_first(hall: TryHall) -> None:
    hall.opens(2)
    hall.clock.pass_minutes(16)
    for _ in range(2):
        hall.does(i.BookAppointment(slot=f"{DATE}T10:00", service="payment", tier=Tier.GOLD))
    soon = of_kind(hall, Kind.APPOINTMENT_SOON)
    assert (soon.facts["count"], soon.facts["minutes"], soon.pressure) == (2, 14, Pressure.FINE)
    assert kinds(hall)[0] is Kind.NOBODY_WAITS, "what is calm is said, too"
    hall.clock.pass_minutes(8)
    first = next(iter(hall.state.appointments))
    hall.does(i.CheckIn(appointment_id=first))
    assert of_kind(hall, Kind.APPOINTMENT_SOON).facts["count"] == 2, "here or to come"
    (row,) = seen(hall).waiting
    assert (row.label, row.agreed, row.waited) == ("Y001", "10:00", 0)
    hall.clock.pass_minutes(9)
    late = of_kind(hall, Kind.APPOINTMENT_LATE)
    assert (late.facts["ticket"], late.facts["agreed"], late.facts["minutes"]) == ("Y001", "10:00", 3)
    assert Kind.HAS_MISSED not in kinds(hall), "no lane has promised it anything"
    assert [lane.waiting for lane in seen(hall).today.lanes] == [0, 0]
