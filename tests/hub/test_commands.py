"""A command is decided once: the same id, the same answer."""

import pytest

from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.hub import HubFault
from hallq.protocol import Fault
from tests.builders import DATE, a_config
from tests.hub.lives import Halls


def test_the_same_command_twice(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    device.issues(2)
    first = device.asks(i.GrantNext(counter=1), "c1")
    last = halls.hub.last("h1")
    again = device.asks(i.GrantNext(counter=1), "c1")
    assert (again.granted, again.position, again.refusal) == (first.granted, first.position, "")
    assert halls.hub.last("h1") == last


def test_the_same_id_with_another_body(halls: Halls) -> None:
    device = halls.opened("t1", 1, 2)
    device.asks(i.GrantNext(counter=1), "c1")
    with pytest.raises(HubFault) as caught:
        device.asks(i.GrantNext(counter=2), "c1")
    assert caught.value.fault is Fault.OTHER_BODY


def test_a_refusal_is_an_answer_for_ever(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    assert device.asks(i.GrantNext(counter=1), "c1").refusal == "nobody-waiting"
    device.issues(1)
    answer = device.asks(i.GrantNext(counter=1), "c1")
    assert (answer.refusal, answer.granted) == ("nobody-waiting", "")
    assert device.asks(i.GrantNext(counter=1), "c2").granted


def test_two_devices_may_use_the_same_id(halls: Halls) -> None:
    one, two = halls.opened("t1", 1), halls.device("t2")
    one.issues(1)
    assert one.asks(i.GrantNext(counter=1), "c1").granted
    assert two.asks(i.OpenCounter(counter=2, clerk="2002"), "c1").refusal == ""


def test_a_grant_whose_answer_was_lost_is_found(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    device.issues(3)
    first = device.asks(i.GrantNext(counter=1))
    again = device.asks(i.GrantNext(counter=1))
    assert again.granted == first.granted
    assert [x.event.kind for x in again.page.entries] == []


def test_the_page_of_an_answer_holds_its_own_events(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    (ticket_id,) = device.issues(1)
    answer = device.asks(i.GrantNext(counter=1))
    kinds = [x.event.kind for x in answer.page.entries]
    assert kinds == ["ticket.issued", "ticket.granted"]
    assert answer.granted == ticket_id
    assert answer.position == answer.page.last == device.place.position


@pytest.mark.parametrize("intent", ["CallNext", "KeepHouse", "IssueTicket", "Nonsense", "ReleaseTickets"])
def test_what_is_no_command_is_refused(halls: Halls, intent: str) -> None:
    device = halls.opened("t1", 1)
    with pytest.raises(HubFault) as caught:
        device.asks(i.GrantNext(counter=1), intent=intent)
    assert caught.value.fault is Fault.BAD_REQUEST


def test_facts_that_do_not_fit_are_refused(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    wrong: list[dict[str, object]] = [{}, {"counter": 0}, {"counter": 1, "more": 2}, {"counter": [[]]}]
    for facts in wrong:
        with pytest.raises(HubFault) as caught:
            device.asks(i.GrantNext(counter=1), facts=facts)
        assert caught.value.fault is Fault.BAD_REQUEST


def test_another_terminals_counter_is_not_served(halls: Halls) -> None:
    one, two = halls.opened("t1", 1), halls.device("t2")
    one.issues(1)
    with pytest.raises(HubFault) as caught:
        two.asks(i.GrantNext(counter=1))
    assert caught.value.fault is Fault.FORBIDDEN


def test_cancel_priority_and_the_day(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    first, second = device.issues(2)
    reasons = a_config().reasons
    assert device.asks(i.CancelTicket(ticket_id=first, reason="no such")).refusal == "unknown-reason"
    assert device.asks(i.CancelTicket(ticket_id=first, reason=reasons.cancel[0].code)).refusal == ""
    assert device.asks(i.GivePriority(ticket_id=second, reason=reasons.priority[0].code)).refusal == ""
    assert device.asks(i.AdoptClock()).refusal == ""
    assert device.asks(i.CloseDay(carry="all")).refusal == ""
    assert device.asks(i.OpenDay(business_date=DATE)).refusal == ""
    kinds = [x.event.kind for x in device.log]
    assert kinds.count("day.opened") == 2
    assert {x.event.device for x in device.log} == {device.caller.device}


def test_the_hub_keeps_house_before_it_decides(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    device.issues(1)
    ticket_id = device.asks(i.GrantNext(counter=1)).granted
    device.push(
        device.announced(ticket_id, 1), device.envelope(e.TicketMissed(ticket_id=ticket_id, counter=1))
    )
    halls.clock.pass_minutes(24 * 60)
    answer = device.asks(i.ReturnMissed(ticket_id=ticket_id))
    assert answer.refusal == "unknown-ticket"
    kept = [x.event for x in device.log if x.event.kind == "ticket.expired"]
    assert [event.device for event in kept] == ["hub"]
