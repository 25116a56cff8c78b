"""The screen on which customers rate, by its keys, on a real file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from hallq.app import HallApp
from hallq.domain import intents as i
from hallq.hall import Actor
from hallq.rating_pad import RatingPad
from hallq.screens.manager import ManagerScreen
from hallq.store import Store
from tests.builders import HandClock, TryHall, a_config, a_hall
from tests.screens.hands import painted, press
from tests.screens.test_counter import at_counter


@asynccontextmanager
async def pad_of(hall: TryHall, size: tuple[int, int] = (40, 12)) -> AsyncIterator[Pilot[None]]:
    """The rating screen of counter 2."""
    pad = RatingPad(hall.hall, "t1", 2)
    async with pad.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot


async def sees(pilot: Pilot[None]) -> str:
    """All text on the screen."""
    pad = pilot.app
    assert isinstance(pad, RatingPad)
    pad.paint()
    await pilot.pause()
    return painted(pilot)


def a_visit(hall: TryHall, counter: int = 2) -> str:
    hall.issues()
    ticket_id = hall.serves(counter)
    hall.finishes(counter)
    return ticket_id


@pytest.mark.parametrize("size", [(40, 12), (80, 24)])
async def test_five_digits_with_their_words_in_both_languages(hall: TryHall, size: tuple[int, int]) -> None:
    hall.opens(2)
    async with pad_of(hall, size) as pilot:
        assert "欢迎光临" in await sees(pilot)
        a_visit(hall)
        seen = await sees(pilot)
        for text in ("2 号窗口 Counter 2 · B001", "请评价本次服务", "How were you served?"):
            assert text in seen
        for text in ("很差", "较差", "一般", "满意", "很好", "bad", "great"):
            assert text in seen
        assert seen.count("█") > 30


async def test_one_key_rates_and_thanks_once(hall: TryHall) -> None:
    hall.opens(2)
    async with pad_of(hall) as pilot:
        a_visit(hall)
        await press(pilot, "9", "4", "1")
        assert "谢谢您的评价" in await sees(pilot)
        assert (hall.state.figures["rating.count"], hall.state.figures["rating.sum"]) == (1, 4)
        hall.clock.pass_ms(3_000)
        assert "欢迎光临" in await sees(pilot)


async def test_who_does_not_answer_is_let_go_after_ten_seconds(hall: TryHall) -> None:
    hall.opens(2)
    async with pad_of(hall) as pilot:
        a_visit(hall)
        assert "请评价本次服务" in await sees(pilot)
        hall.clock.pass_ms(10_000)
        assert "欢迎光临" in await sees(pilot)
        await press(pilot, "1")
        assert "rating.count" not in hall.state.figures


async def test_the_visit_of_another_counter_asks_nobody_here(hall: TryHall) -> None:
    hall.opens(2, 3)
    async with pad_of(hall) as pilot:
        a_visit(hall, 3)
        assert "欢迎光临" in await sees(pilot)


async def test_a_touch_is_a_key(hall: TryHall) -> None:
    hall.opens(2)
    async with pad_of(hall) as pilot:
        a_visit(hall)
        await sees(pilot)
        await pilot.click("ScoreKey", offset=(2, 2))
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    assert hall.state.figures["rating.sum"] == 1


async def test_a_second_keyboard_rates_only_where_the_hall_has_it_so(store: Store, clock: HandClock) -> None:
    for allowed in (False, True):
        hall = a_hall(store, clock, a_config(rating={"keys_at_counter": allowed}))
        hall.does(i.OpenCounter(counter=2, clerk="1001")) if not allowed else None
        hall.issues()
        hall.serves(2)
        async with at_counter(hall) as clerk:
            await clerk.presses("space", "2", "5")
            assert ("The customer has rated the visit." in clerk.sees()) == allowed
        assert hall.state.figures.get("rating.sum", 0) == (2 if allowed else 0)


async def test_a_low_rating_is_told_to_the_manager_at_once_and_leaves_when_seen_to(hall: TryHall) -> None:
    hall.opens(2)
    app = HallApp(hall.hall, Actor("3001", "t2"), role="manager")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ManagerScreen)
        ticket_id = a_visit(hall)
        hall.does(i.RateVisit(at_counter=2, ticket_id=ticket_id, score=1))
        screen.refresh_all()
        assert app.notices[-1].sentence == "B001 rated 1 of 5 at counter 2 (clerk-2)."
        assert screen.likely_label() == "Seen to"
        await pilot.pause()
        shown = ("".join(s.text for s in strip) for strip in screen._compositor.render_strips())
        assert "rated 1.0" in "\n".join(shown)
        await pilot.press("g")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert hall.state.low_ratings
        await pilot.press("g")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert hall.state.low_ratings == {}
        assert "ratings" not in screen.allowed()
