"""One table says who may do what; some deeds need a manager's word."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallq.domain import intents as i
from hallq.domain.intents import Intent
from hallq.domain.permissions import MAY, Who, barred
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.staff import Role, Staff, StaffChange
from hallq.domain.state import HallState
from hallq.hall import Actor, Done, Refused
from hallq.store import Store
from hallq.store.verify import verify_store
from tests.builders import DATE, HandClock, TryHall, a_config, a_hall, a_state, a_ticket
from tests.staff.people import (
    ADMIN,
    CLERK,
    GUIDE,
    MANAGER,
    OTHER_CLERK,
    a_person,
    as_actor,
    employ,
)
from tests.strategies import (
    about_ticket,
    at_counters,
    complaints,
    diversions,
    issues,
    of_the_day,
    of_the_shift,
    ratings,
    waiting_tickets,
)

CONFIG = a_config()
roles = st.frozensets(st.sampled_from(list(Role)), min_size=1)
intents = st.one_of(issues, diversions, at_counters, of_the_day, of_the_shift, ratings, complaints)


def does(hall: TryHall, person: Staff, intent: Intent, word: Staff | None = None) -> Done:
    """The person carries it out."""
    outcome = hall.hall.perform(intent, as_actor(person, word=word))
    assert isinstance(outcome, Done), outcome
    return outcome


def refused(hall: TryHall, person: Staff, intent: Intent, word: Staff | None = None) -> Refusal:
    """The person may not, and nothing changes."""
    before = hall.state
    outcome = hall.hall.perform(intent, as_actor(person, word=word))
    assert isinstance(outcome, Refused), outcome
    assert hall.state == before
    return outcome.refusal


# --- the table --------------------------------------------------------------------------


def test_the_table_is_complete() -> None:
    assert set(MAY) == set(Intent.__subclasses__())
    assert all(MAY.values())


@given(intents, st.frozensets(st.sampled_from(list(Role))), waiting_tickets())
def test_without_a_fitting_role_nothing_goes_and_a_word_does_not_help(
    intent: Intent, held: frozenset[Role], tickets: Iterable[object]
) -> None:
    state = a_state(*tickets)  # type: ignore[arg-type]
    for word in (False, True):
        refusal = barred(intent, state, CONFIG, Who("1001", "id-1001", held, word))
        if not held & MAY[type(intent)]:
            assert refusal is not None
            assert refusal.reason is (Reason.NOT_ALLOWED if held else Reason.SIGN_IN_AGAIN)
        elif refusal is not None:
            assert refusal.reason is not Reason.SIGN_IN_AGAIN


@given(intents, roles, roles)
def test_more_roles_never_allow_less(intent: Intent, held: frozenset[Role], more: frozenset[Role]) -> None:
    state = a_state(a_ticket())
    if barred(intent, state, CONFIG, Who("1001", "id-1001", held)) is None:
        assert barred(intent, state, CONFIG, Who("1001", "id-1001", held | more)) is None


@given(intents, roles)
def test_a_managers_word_only_ever_helps(intent: Intent, held: frozenset[Role]) -> None:
    state = a_state(a_ticket())
    alone = barred(intent, state, CONFIG, Who("1001", "id-1001", held))
    signed = barred(intent, state, CONFIG, Who("1001", "id-1001", held, has_word=True))
    assert signed is None if alone is None or alone.reason is Reason.NEEDS_WORD else signed == alone


@pytest.mark.parametrize("intent", about_ticket("nobody"), ids=lambda intent: type(intent).__name__)
def test_a_ticket_that_is_not_there_is_nobodys(intent: Intent) -> None:
    who = Who("9", "id-9", frozenset(Role))
    assert barred(intent, HallState(), CONFIG, who) is None


# --- in a hall --------------------------------------------------------------------------


def test_everybody_does_their_own_work(staffed: TryHall) -> None:
    does(staffed, GUIDE, i.IssueTicket(service="payment"))
    does(staffed, CLERK, i.OpenCounter(counter=2, clerk="1001"))
    does(staffed, CLERK, i.CallNext(counter=2))
    assert refused(staffed, GUIDE, i.CallNext(counter=2)).reason is Reason.NOT_ALLOWED
    assert refused(staffed, CLERK, i.IssueTicket(service="payment")).facts == {"roles": "guide manager"}
    assert refused(staffed, CLERK, i.CloseDay()).reason is Reason.NOT_ALLOWED
    assert refused(staffed, ADMIN, i.CallNext(counter=2)).reason is Reason.NOT_ALLOWED


def test_who_is_disabled_stops_at_once(staffed: TryHall) -> None:
    gone = replace(GUIDE, is_active=False)
    staffed.hall.change_staff(gone, StaffChange.DISABLED, as_actor(ADMIN))
    assert refused(staffed, GUIDE, i.IssueTicket(service="payment")).reason is Reason.SIGN_IN_AGAIN
    nobody = staffed.hall.perform(i.IssueTicket(service="payment"), Actor("", "t1", "nobody"))
    assert isinstance(nobody, Refused)


def test_only_an_admin_changes_the_list(staffed: TryHall) -> None:
    outcome = staffed.hall.change_staff(a_person("5"), StaffChange.ADDED, as_actor(MANAGER))
    assert isinstance(outcome, Refused)
    assert outcome.refusal.facts == {"roles": "admin"}
    assert staffed.hall.roster.numbered("5") is None


def test_everybody_changes_the_own_secrets_and_nothing_beside_them(staffed: TryHall) -> None:
    for change in (StaffChange.PASSWORD, StaffChange.PIN):
        assert isinstance(staffed.hall.change_staff(CLERK, change, as_actor(CLERK)), Done)
        more = replace(CLERK, roles=frozenset(Role))
        assert isinstance(staffed.hall.change_staff(more, change, as_actor(CLERK)), Refused)
        assert isinstance(staffed.hall.change_staff(CLERK, change, as_actor(GUIDE)), Refused)
    assert isinstance(staffed.hall.change_staff(CLERK, StaffChange.ROLES, as_actor(CLERK)), Refused)


def test_a_counter_is_its_clerks_until_it_is_taken_over(staffed: TryHall) -> None:
    does(staffed, CLERK, i.OpenCounter(counter=2, clerk="1001"))
    does(staffed, GUIDE, i.IssueTicket(service="payment"))
    ticket = does(staffed, CLERK, i.CallNext(counter=2)).state.ticket_at(2)
    refusal = refused(staffed, OTHER_CLERK, i.ConfirmArrival(counter=2))
    assert (refusal.reason, refusal.facts) == (Reason.NOT_YOUR_COUNTER, {"counter": 2, "clerk": "1001"})
    wrong = i.TakeOverCounter(counter=2, clerk="1001")
    assert refused(staffed, OTHER_CLERK, wrong).reason is Reason.NOT_ALLOWED
    after = does(staffed, OTHER_CLERK, i.TakeOverCounter(counter=2, clerk="1002")).state
    assert (after.counter(2).clerk, after.ticket_at(2)) == ("1002", ticket)
    does(staffed, OTHER_CLERK, i.ConfirmArrival(counter=2))
    assert refused(staffed, CLERK, i.FinishVisit(counter=2)).reason is Reason.NOT_YOUR_COUNTER
    assert verify_store(staffed.store).agrees


def test_one_clerk_is_at_one_counter(staffed: TryHall) -> None:
    does(staffed, CLERK, i.OpenCounter(counter=2, clerk="1001"))
    does(staffed, OTHER_CLERK, i.OpenCounter(counter=3, clerk="1002"))
    for intent in (i.OpenCounter(counter=4, clerk="1001"), i.TakeOverCounter(counter=3, clerk="1001")):
        assert refused(staffed, CLERK, intent).reason is Reason.CLERK_ELSEWHERE
    assert refused(staffed, CLERK, i.TakeOverCounter(counter=5, clerk="1001")).reason is Reason.COUNTER_CLOSED
    assert does(staffed, CLERK, i.TakeOverCounter(counter=2, clerk="1001")).events == ()


def test_only_a_manager_opens_a_counter_for_somebody_else(staffed: TryHall) -> None:
    intent = i.OpenCounter(counter=2, clerk="1001")
    assert refused(staffed, OTHER_CLERK, intent).reason is Reason.NOT_ALLOWED
    does(staffed, MANAGER, intent)


# --- a manager's word -------------------------------------------------------------------


def test_somebody_elses_ticket_is_cancelled_with_a_word(staffed: TryHall) -> None:
    other_guide = a_person("2002", Role.GUIDE)
    staffed.hall.change_staff(other_guide, StaffChange.ADDED, as_actor(ADMIN))
    tickets = [does(staffed, GUIDE, i.IssueTicket(service="payment")).events[0] for _ in range(3)]
    cancels = [i.CancelTicket(ticket_id=t.ticket_id, reason="duplicate") for t in tickets]  # type: ignore[attr-defined]
    does(staffed, GUIDE, cancels[0])
    refusal = refused(staffed, other_guide, cancels[1])
    assert (refusal.reason, refusal.facts) == (Reason.NEEDS_WORD, {"deed": "cancel", "ticket": "B002"})
    assert refused(staffed, other_guide, cancels[1], word=CLERK).reason is Reason.NEEDS_WORD
    assert refused(staffed, other_guide, cancels[1], word=other_guide).reason is Reason.NEEDS_WORD
    (event,) = does(staffed, other_guide, cancels[1], word=MANAGER).events
    does(staffed, MANAGER, cancels[2])
    with staffed.store.reading() as connection:
        rows = connection.execute(
            "SELECT actor, terminal, json_extract(body, '$.staff'), json_extract(body, '$.word') "
            "FROM event WHERE kind = 'ticket.cancelled' ORDER BY position"
        ).fetchall()
    assert rows == [
        ("2001", "t1", GUIDE.staff_id, None),
        ("2002", "t1", other_guide.staff_id, MANAGER.staff_id),
        ("3001", "t1", MANAGER.staff_id, None),
    ]
    assert event.word == MANAGER.staff_id


def test_priority_by_hand_beyond_the_allowance(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config(staff={"priority_by_hand": 2}))
    employ(hall.hall)
    by_hand = i.IssueTicket(service="payment", priority_reason="elderly")
    does(hall, GUIDE, by_hand)
    plain = does(hall, GUIDE, i.IssueTicket(service="payment")).events[0].ticket_id  # type: ignore[attr-defined]
    raised = i.GivePriority(ticket_id=plain, reason="elderly")
    does(hall, GUIDE, raised)
    refusal = refused(hall, GUIDE, by_hand)
    assert (refusal.reason, refusal.facts) == (Reason.NEEDS_WORD, {"deed": "priority", "given": 2})
    for _ in range(3):  # what a manager signed does not count against the guide
        does(hall, GUIDE, by_hand, word=MANAGER)
    does(hall, GUIDE, i.IssueTicket(service="payment"))
    does(hall, MANAGER, by_hand)
    assert verify_store(hall.store).agrees
    does(hall, MANAGER, i.CloseDay())
    does(hall, GUIDE, i.OpenDay(business_date="2026-11-23"))
    does(hall, GUIDE, by_hand)  # a new day, a new allowance


def test_a_closed_day_is_opened_again_with_a_word(staffed: TryHall) -> None:
    does(staffed, MANAGER, i.CloseDay())
    refusal = refused(staffed, CLERK, i.OpenDay(business_date=DATE))
    assert (refusal.reason, refusal.facts) == (Reason.NEEDS_WORD, {"deed": "reopen", "date": DATE})
    does(staffed, CLERK, i.OpenDay(business_date=DATE), word=MANAGER)
    does(staffed, MANAGER, i.CloseDay())
    does(staffed, MANAGER, i.OpenDay(business_date=DATE))
