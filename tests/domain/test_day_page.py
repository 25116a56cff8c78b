"""The page of a day: its numbers add up, today and as a day of the past."""

from hallq.domain import intents as i
from hallq.domain.events import ComplaintTaken
from hallq.domain.lanes import Lane, Tier
from hallq.domain.tickets import TicketState
from hallq.domain.views.day_page import SINGLE_COUNTS, DayPage, day_page, worked_dates
from hallq.domain.views.day_rows import day_rows
from hallq.domain.views.day_voices import day_voices
from hallq.i18n import set_language
from hallq.store.verify import verify_store
from hallq.wording.day_page import EXPIRED, SINGLES, page_tables, page_title
from tests.builders import DATE, DAY_MS, TryHall

NEXT_DATE = "2026-11-23"


def page_of(hall: TryHall, date: str = "") -> DayPage:
    past = hall.hall.past.day(date or hall.state.business_date)
    assert past is not None
    page = day_page(hall.state, hall.hall.config, hall.hall.now_ms(), past)
    assert page.balance.came == page.balance.accounted
    return page


def works_a_day(hall: TryHall) -> None:
    """Every way that a number can go."""
    hall.opens(2, 3, 4)
    for number in range(9):
        hall.issues(("payment", "complaint")[number % 2], (Tier.NONE, Tier.GOLD)[number % 4 == 1])
    hall.does(i.DivertCustomer(service="bill_query"))
    hall.clock.pass_minutes(3)
    hall.serves(2)
    hall.clock.pass_minutes(4)
    hall.finishes(2)
    hall.calls(3)
    hall.does(i.ReportMissed(counter=3))
    hall.clock.pass_minutes(31)
    hall.does(i.KeepHouse())
    hall.serves(3)
    hall.does(i.HoldVisit(counter=3, reason="phone_call"))
    waiting = sorted(hall.state.waiting(), key=lambda t: t.queue_key)
    hall.does(i.CancelTicket(ticket_id=waiting[0].ticket_id, reason="duplicate"))
    hall.does(i.ReportLeft(ticket_id=waiting[1].ticket_id))
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    hall.calls(4)


def test_the_numbers_add_up_while_the_day_runs(hall: TryHall) -> None:
    works_a_day(hall)
    balance = page_of(hall).balance
    assert (balance.issued, balance.carried_in, balance.carried_on) == (9, 0, 0)
    assert balance.expired == {"missed-window": 1, "day-closed": 0}
    assert balance.ends == {TicketState.FINISHED: 1, TicketState.CANCELLED: 1, TicketState.LEFT: 1}
    assert balance.inside == {
        TicketState.WAITING: 2,
        TicketState.SERVING: 1,
        TicketState.HELD: 1,
        TicketState.MISSED: 1,
    }


def test_a_closed_day_tells_the_same_on_the_next_morning(hall: TryHall) -> None:
    works_a_day(hall)
    hall.does(i.WithdrawCall(counter=4))
    hall.does(i.CloseDay(carry="all"))
    evening = page_of(hall)
    assert evening.balance.carried_on == 5
    hall.clock.pass_ms(DAY_MS)
    night = page_of(hall)
    assert night.lanes == evening.lanes
    hall.does(i.OpenDay(business_date=NEXT_DATE))
    morning = page_of(hall, DATE)
    assert (morning.balance, morning.lanes, morning.work) == (evening.balance, evening.lanes, evening.work)
    assert morning.closed_at_ms == evening.closed_at_ms
    today = page_of(hall).balance
    assert (today.issued, today.carried_in) == (0, 5)
    assert worked_dates(hall.state) == (DATE, NEXT_DATE)


def test_promises_broken_over_the_close_stay_broken(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.issues()
    hall.serves(2)
    hall.clock.pass_minutes(20)
    hall.finishes(2)
    assert page_of(hall).lanes[1].share.whole == 2
    hall.does(i.CloseDay(carry="all"))
    assert page_of(hall).lanes[1].share.whole == 2
    hall.does(i.OpenDay(business_date=DATE))
    assert page_of(hall).lanes[1].share.whole == 2
    hall.opens(2)
    hall.serves(2)
    share = page_of(hall).lanes[1].share
    assert (share.part, share.whole) == (1, 2)
    assert hall.store.load_state() == hall.state


def test_expired_with_the_day_is_told_apart(hall: TryHall) -> None:
    works_a_day(hall)
    hall.does(i.WithdrawCall(counter=4))
    hall.does(i.CloseDay(carry="none"))
    balance = page_of(hall).balance
    assert balance.expired == {"missed-window": 1, "day-closed": 5}
    assert balance.carried_on == 0


def test_the_work_of_each_clerk_and_service(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    hall.clock.pass_minutes(4)
    hall.does(i.StartTransaction(counter=2, service="bill_print"))
    hall.clock.pass_minutes(12)
    hall.finishes(2)
    hall.does(i.DivertCustomer(service="bill_query"))
    page = page_of(hall)
    (work,) = page.work
    assert (work.counter, work.clerk, work.visits, work.transactions) == (2, "clerk-2", 1, 2)
    assert (work.in_limit.part, work.in_limit.whole, work.trusted_ms) == (1, 2, 16 * 60_000)
    assert [(s.service, s.count, s.diverted) for s in page.services] == [
        ("bill_print", 1, 0),
        ("payment", 1, 0),
        ("bill_query", 0, 1),
    ]
    assert [(one.lane, one.called) for one in page.lanes] == [(Lane.PRIORITY, 0), (Lane.STANDARD, 1)]


def test_every_count_has_a_name_and_the_tables_are_even(hall: TryHall) -> None:
    assert set(SINGLES) == set(SINGLE_COUNTS)
    assert set(EXPIRED) == {"missed-window", "day-closed"}
    set_language("en")
    works_a_day(hall)
    page = page_of(hall)
    tables = page_tables(page, hall.hall.config)
    for table in tables:
        assert len({len(row) for row in (*table.rows, *([table.head] if table.head else []))}) == 1
    assert ("together", "9", "together", "9") in tables[0].rows
    assert page_title(page, hall.hall.config) == "Sun 11/22: the day so far, 09:30–10:08"


def test_ratings_and_complaints_stand_on_the_page_in_all_and_by_clerk(hall: TryHall) -> None:
    hall.opens(2, 3)
    for counter, score in ((2, 5), (2, 2), (3, 4)):
        hall.issues()
        ticket_id = hall.serves(counter)
        hall.finishes(counter)
        hall.does(i.RateVisit(at_counter=counter, ticket_id=ticket_id, score=score))
    hall.does(i.TakeComplaint(category="enquiry", text="Who answers?"))
    voices = page_of(hall).voices
    assert [(r.clerk, r.count, r.mean, r.low) for r in voices.rated] == [
        ("", 3, 11 / 3, 1),
        ("clerk-2", 2, 3.5, 1),
        ("clerk-3", 1, 4.0, 0),
    ]
    assert (voices.complaints, voices.answered.whole) == (1, 0)


def test_ratings_of_somebody_without_a_name_are_told_once() -> None:
    figures = {f"{whose}.{what}": 5 for whose in ("rating", "rating.by.") for what in ("count", "sum", "low")}
    assert [(one.clerk, one.count) for one in day_voices(figures).rated] == [("", 5)]


def test_complaints_settled_in_time_stand_against_their_goal(hall: TryHall) -> None:
    def cell() -> str:
        (table,) = [t for t in page_tables(page_of(hall), hall.hall.config) if t.head[:1] == ("Complaints",)]
        return table.rows[0][2]

    first, _second = (
        hall.event(i.TakeComplaint(category="mobile_fault", text="No signal."), ComplaintTaken).complaint_id
        for _ in range(2)
    )
    assert cell() == "○ – (goal 98 %)"
    hall.does(i.SettleComplaint(complaint_id=first, text="A mast was down."))
    assert cell() == "● 100 % (goal 98 %)"
    hall.clock.pass_minutes(48 * 60 + 1)
    assert cell() == "✖ 50 % (goal 98 %)"


def test_the_page_says_how_often_the_told_wait_came_true(hall: TryHall) -> None:
    hall.opens(2)
    told = [hall.ticket(hall.issues()) for _number in range(4)]
    ranges = [(t.told_low_minutes, t.told_high_minutes) for t in told]
    assert ranges == [(0, 0), (0, 15), (3, 25), (7, 30)]
    hall.clock.pass_minutes(0.5)
    hall.serves()
    hall.finishes()
    hall.clock.pass_minutes(0.5)
    hall.serves()
    hall.finishes()
    hall.calls()
    hall.does(i.WithdrawCall(counter=2))
    hall.clock.pass_minutes(1)
    hall.serves()
    hall.finishes()
    hall.clock.pass_minutes(2)
    hall.serves()
    hall.finishes()
    last = hall.ticket(hall.issues("complaint", Tier.GOLD))
    hall.clock.pass_minutes(max(1, last.told_high_minutes or 0) + 4)
    hall.serves()
    priority, standard = page_of(hall).told
    assert (priority.share.part, priority.share.whole) == (0, 1)
    assert (priority.early, priority.late, priority.late_ms) == (0, 1, 4 * 60_000)
    assert (standard.share.part, standard.share.whole) == (2, 4)
    assert (standard.early, standard.early_ms, standard.late) == (2, 2 * 60_000, 0)
    assert verify_store(hall.store).agrees
    csv = {row[3]: row[4] for row in day_rows(page_of(hall)) if row[1:3] == ("told_wait", "standard")}
    assert (csv["called"], csv["called_within"]) == ("4", "2")
    assert (csv["called_earlier"], csv["mean_minutes_early"]) == ("2", "2.0")
    assert (csv["called_later"], csv["mean_minutes_late"]) == ("0", "")
    (table,) = (t for t in page_tables(page_of(hall), hall.hall.config) if "Told wait" in t.head)
    assert [row[1:] for row in table.rows] == [
        ("1", "0 %", "0", "1 · 4.0 min"),
        ("4", "50 %", "2 · 2.0 min", "0"),
    ]


def test_a_wait_that_no_longer_holds_is_not_counted(hall: TryHall) -> None:
    unknown = hall.issues()
    hall.opens(2)
    raised, carried = hall.issues(), hall.issues()
    hall.does(i.GivePriority(ticket_id=raised, reason="elderly"))
    hall.does(i.CloseDay(carry="all"))
    hall.clock.pass_ms(DAY_MS)
    hall.does(i.OpenDay(business_date=NEXT_DATE))
    hall.opens(2, 3, 4)
    for counter in (2, 3, 4):
        hall.calls(counter)
    assert {hall.ticket(t).told_high_minutes for t in (unknown, raised, carried)} == {None}
    assert page_of(hall).told == ()
