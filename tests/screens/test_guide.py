"""The guide's screen with real keys: a number in two of them, and everything that may come between."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from hallq.app import HallApp
from hallq.domain import intents as i
from hallq.domain.lanes import Lane, Tier
from hallq.domain.tickets import Ticket, TicketState
from hallq.i18n import set_language
from hallq.screens.guide import GuideScreen
from hallq.store import Store
from hallq.store.customers import KEY_FILE
from hallq.widgets.guide_head import GuideHead
from hallq.widgets.issued_ticket import IssuedTicket, PanelText
from hallq.widgets.lane_forecast import LaneForecasts
from hallq.widgets.masked_number import MaskedNumber
from hallq.widgets.painted import Painted
from hallq.widgets.service_list import ServiceList
from tests.builders import ACTOR, DAY_MS, HandClock, TryHall, a_config, a_hall
from tests.screens.hands import Text, press, settled

SIZES = [(80, 24), (100, 30), (160, 50), (200, 60), (50, 16)]


@asynccontextmanager
async def at_the_door(
    hall: TryHall, size: tuple[int, int] = (100, 30), language: str = "en"
) -> AsyncIterator[Pilot[None]]:
    """The guide's screen on this hall, with the sounds of the names learned."""
    set_language(language)
    app = HallApp(hall.hall, ACTOR, role="guide")
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot
    set_language("en")


def text_of(pilot: Pilot[None], kind: type[Painted]) -> str:
    return pilot.app.screen.query_one(kind).render().plain


def notices(pilot: Pilot[None]) -> list[str]:
    app = pilot.app
    assert isinstance(app, HallApp)
    return [notice.sentence for notice in app.notices]


def only_ticket(hall: TryHall) -> Ticket:
    (ticket,) = hall.state.tickets.values()
    return ticket


async def test_a_digit_and_the_space_bar_issue_a_number(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "3", "space")
        ticket = only_ticket(hall)
        assert (ticket.label, ticket.service, ticket.lane) == ("A001", "sim_replacement", Lane.STANDARD)
        panel = pilot.app.screen.query_one(IssuedTicket)
        assert panel.has_class("-issued", "-standard")
        assert "next one" in text_of(pilot, PanelText)


async def test_the_space_bar_alone_issues_nothing(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "space", "1", "space", "space", "space")
        assert len(hall.state.tickets) == 1


async def test_fast_fingers_issue_each_number_once(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        for digit in "123456789":
            await pilot.press(digit, "space")
            await settled(pilot)
        assert len(hall.state.tickets) == 9


async def test_the_number_stays_until_the_next_customer(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "1", "space", "b")
        panel = pilot.app.screen.query_one(IssuedTicket)
        assert panel.has_class("-issued")
        await press(pilot, "2")
        assert not panel.has_class("-issued")
        assert "last number: B001" in text_of(pilot, PanelText)


async def test_with_no_counter_open_a_length_is_not_taken_for_a_wait(
    hall: TryHall,
) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "3")
        drafted = text_of(pilot, PanelText)
        assert "no counter takes customers now" in drafted
        assert "a number now" not in drafted
        assert "takes about 5 min" in drafted
        await press(pilot, "space")
        assert "no counter calls now" in text_of(pilot, PanelText)


async def test_letters_show_groups_and_turn_their_parts(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "b", "1", "space")
        assert only_ticket(hall).service == "password"
        await press(pilot, "a")
        assert "New connection" in text_of(pilot, ServiceList)
        await press(pilot, "a")
        assert "Report loss" in text_of(pilot, ServiceList)
        await press(pilot, "right", "down", "down", "up")
        assert "▶1  Password reset" in text_of(pilot, ServiceList)
        await press(pilot, "0")
        assert "1  Payment" in text_of(pilot, ServiceList)


@pytest.mark.parametrize("keys", ["bk", "buka", "sim", "卡", "补卡"])
async def test_a_search_finds_as_it_is_typed(hall: TryHall, keys: str) -> None:
    async with at_the_door(hall, language="zh") as pilot:
        begin = ["slash"] if keys.isascii() else []
        await press(pilot, *begin, *keys)
        assert "▶1  补(换)卡" in text_of(pilot, ServiceList)
        await press(pilot, "space")
        assert only_ticket(hall).service == "sim_replacement"
        assert "0 常用" in text_of(pilot, GuideHead)


async def test_a_search_can_be_left_with_and_without_its_find(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "slash", "t", "o", "x", "backspace", "p", "enter")
        assert "Service: Payment" in text_of(pilot, GuideHead)
        await press(pilot, "slash", "q", "q")
        assert "Nothing found" in text_of(pilot, ServiceList)
        await press(pilot, "escape")
        assert "Digit: service" in text_of(pilot, GuideHead)
        assert hall.state.tickets == {}


async def test_the_tier_leads_to_its_lane_and_is_gone_afterwards(hall: TryHall) -> None:
    hall.opens(1)
    async with at_the_door(hall) as pilot:
        await press(pilot, "3", "t", "2")
        assert "◆ Diamond → Priority" in text_of(pilot, GuideHead)
        await press(pilot, "space")
        ticket = only_ticket(hall)
        assert (ticket.label, ticket.tier, ticket.lane) == ("V001", Tier.DIAMOND, Lane.PRIORITY)
        assert pilot.app.screen.query_one(IssuedTicket).has_class("-priority")
        await press(pilot, "1", "space")
        assert any(t.label == "B001" for t in hall.state.tickets.values())


async def test_tier_by_repeated_t(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "t", "t", "t", "space", "1", "space")
        assert only_ticket(hall).tier is Tier.GOLD


async def test_priority_by_hand_keeps_its_reason_and_can_be_taken_back(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "1", "p", "1")
        assert "Elderly → Priority" in text_of(pilot, GuideHead)
        await press(pilot, "p")
        assert "Elderly" not in text_of(pilot, GuideHead)
        await press(pilot, "p", "2", "space")
        assert only_ticket(hall).priority_reason == "disabled"


async def test_a_number_is_masked_and_a_second_ticket_takes_a_second_press(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "1", "n", Text("10000000421"))
        field = pilot.app.screen.query_one(MaskedNumber)
        assert "100****0421" in field.render().plain
        await press(pilot, "enter")
        assert "100****0421" in text_of(pilot, GuideHead)
        await press(pilot, "space")
        assert only_ticket(hall).customer
        await press(pilot, "2", "n", Text("10000000421"), "enter")
        assert "has B001 already (waiting)" in text_of(pilot, GuideHead)
        await press(pilot, "space")
        assert len(hall.state.tickets) == 1
        assert any("B001" in sentence for sentence in notices(pilot))
        assert "Bill query" in text_of(pilot, GuideHead)
        await press(pilot, "space")
        assert len(hall.state.tickets) == 2


async def test_a_short_number_is_not_taken(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "n", "1", "2", "enter")
        assert not isinstance(pilot.app.screen, GuideScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, GuideScreen)


async def test_self_service_is_counted_and_gives_no_number(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "2", "s")
        assert hall.state.tickets == {}
        assert hall.state.figures["diverted"] == 1
        assert any("Bill query" in sentence for sentence in notices(pilot))
        await press(pilot, "3", "s")
        assert hall.state.figures["diverted"] == 1


async def test_a_missed_customer_comes_back(hall: TryHall) -> None:
    hall.opens(2)
    ticket_id = hall.issues()
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    async with at_the_door(hall) as pilot:
        assert "missed: 1" in text_of(pilot, LaneForecasts)
        await press(pilot, "r", "1")
        assert hall.ticket(ticket_id).state is TicketState.WAITING
        assert "B001 waits again: next one." in notices(pilot)


async def test_a_number_is_withdrawn_with_a_reason(hall: TryHall) -> None:
    hall.issues()
    hall.issues()
    async with at_the_door(hall) as pilot:
        await press(pilot, "x", "1", "enter", "2")
        assert [ticket.label for ticket in hall.state.tickets.values()] == ["B002"]
        assert "B001 is cancelled." in notices(pilot)


async def test_a_number_is_found_with_its_place(hall: TryHall) -> None:
    hall.opens(2)
    for _each in range(3):
        hall.issues()
    hall.calls(2)
    async with at_the_door(hall) as pilot:
        await press(pilot, "f", "3")
        shown = str(pilot.app.screen.query_one("#found-lines").render())
        assert "1 ahead" in shown
        assert "15 min left" in shown
        await press(pilot, "backspace", "1")
        assert "Called to counter 2" in str(pilot.app.screen.query_one("#found-lines").render())
        await press(pilot, "backspace", "9")
        assert "not issued today" in str(pilot.app.screen.query_one("#found-lines").render())
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, GuideScreen)


async def test_the_question_mark_tells_about_the_service(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "3", "question_mark")
        assert not isinstance(pilot.app.screen, GuideScreen)
        await press(pilot, "escape", "space")
        assert only_ticket(hall).service == "sim_replacement"


async def test_the_space_bar_opens_the_day_first(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, day=False)
    async with at_the_door(hall) as pilot:
        assert "Space opens Sun 11/22" in text_of(pilot, PanelText)
        await press(pilot, "3", "space")
        assert hall.state.business_date == "2026-11-22"
        await press(pilot, "space")
        assert only_ticket(hall).service == "sim_replacement"


async def test_a_closed_day_is_opened_again(hall: TryHall) -> None:
    hall.does(i.CloseDay())
    async with at_the_door(hall) as pilot:
        assert "opens it again" in text_of(pilot, PanelText)
        await press(pilot, "space")
        assert not hall.state.is_open
        await press(pilot, "y")
        assert hall.state.is_open


async def test_yesterday_still_open_is_said(hall: TryHall) -> None:
    hall.clock.pass_ms(DAY_MS)
    async with at_the_door(hall) as pilot:
        assert pilot.app.screen.query_one("#guide-overdue").has_class("-shown")
        await press(pilot, "1", "space")
        assert len(hall.state.tickets) == 1


async def test_nothing_typed_is_lost_when_the_file_fails(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "3", "t", "2", "n", Text("10000000421"), "enter")
        with hall.store.writing() as connection:
            connection.execute("ALTER TABLE event RENAME TO event_away")
        await press(pilot, "space")
        assert hall.state.tickets == {}
        assert notices(pilot)
        head = text_of(pilot, GuideHead)
        assert "SIM replacement" in head
        assert "Diamond" in head
        assert "100****0421" in head
        with hall.store.writing() as connection:
            connection.execute("ALTER TABLE event_away RENAME TO event")
        await press(pilot, "space")
        assert only_ticket(hall).tier is Tier.DIAMOND


async def test_nothing_typed_is_lost_when_the_key_fails(hall: TryHall) -> None:
    key = hall.store.path.with_name(KEY_FILE)
    key.write_bytes(b"short")
    async with at_the_door(hall) as pilot:
        await press(pilot, "3", "n", Text("10000000421"), "enter", "space")
        assert hall.state.tickets == {}
        assert any("damaged" in sentence for sentence in notices(pilot))
        key.unlink()
        await press(pilot, "space")
        assert only_ticket(hall).customer


async def test_others_change_the_screen_by_themselves(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        assert "0 waiting" in text_of(pilot, LaneForecasts)
        hall.issues()
        screen = pilot.app.screen
        assert isinstance(screen, GuideScreen)
        screen.refresh_all()
        assert "1 waiting" in text_of(pilot, LaneForecasts)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_everything_stands_at_every_size(hall: TryHall, size: tuple[int, int], language: str) -> None:
    hall.opens(1, 2)
    for turn in range(60):
        hall.issues(tier=Tier.GOLD if turn % 3 == 0 else Tier.NONE)
    hall.clock.pass_minutes(50)
    async with at_the_door(hall, size, language) as pilot:
        await press(pilot, "3", "space")
        panel = pilot.app.screen.query_one(IssuedTicket)
        assert panel.has_class("-issued")
        assert panel.region.height >= 4
        await press(pilot, "f7", "f6", "4")


async def test_group_letters_that_are_keys_are_reached_by_arrows(store: Store, clock: HandClock) -> None:
    groups = [{"letter": letter, "name": {"zh": "组", "en": "Group"}} for letter in "TABCD"]
    hall = a_hall(store, clock, a_config(groups=groups))
    async with at_the_door(hall) as pilot:
        await press(pilot, "t", "escape", "right")
        assert "T Group" in text_of(pilot, GuideHead)
        assert "bill" not in text_of(pilot, ServiceList)


async def test_hostile_text_is_only_text(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "slash", Text("[bold]"), "enter")
        assert isinstance(pilot.app.screen, GuideScreen)
        await press(pilot, "escape", "1", "space")
        assert len(hall.state.tickets) == 1


async def test_while_everybody_pauses_the_clerk_is_asked_back(hall: TryHall) -> None:
    hall.opens(*range(1, 9))
    for counter in range(1, 9):
        hall.does(i.PauseCounter(counter=counter, reason="rest"))
    hall.issues("sim_replacement")
    async with at_the_door(hall) as pilot:
        assert "▲ ask counter 1 back" in text_of(pilot, LaneForecasts)
        hall.does(i.CloseCounter(counter=8))
        await settled(pilot)
        pilot.app.screen.query_one(GuideHead)
        assert isinstance(pilot.app.screen, GuideScreen)
        pilot.app.screen.refresh_all()
        assert "▲ open a counter" in text_of(pilot, LaneForecasts)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50), (50, 16)])
async def test_long_names_of_groups_end_with_an_ellipsis_in_their_line(
    store: Store, clock: HandClock, size: tuple[int, int]
) -> None:
    name = {"zh": "新入网与各类套餐变更业务", "en": "New lines and changes of plans"}
    groups = [{"letter": letter, "name": name} for letter in "ABCD"]
    hall = a_hall(store, clock, a_config(groups=groups))
    async with at_the_door(hall, size) as pilot:
        groups_line = text_of(pilot, GuideHead).splitlines()[1]
        assert len(groups_line) <= size[0] - 2
        assert groups_line.count("…") == 4
        assert " D " in groups_line
