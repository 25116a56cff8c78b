"""A program that is ending takes its widgets off one after another, while seconds and news still come."""

from collections.abc import Callable

import pytest
from textual.widgets import Static

from hallq.app import HallApp
from hallq.hall import Actor
from hallq.rating_pad import RatingPad
from tests.builders import TryHall


class LastOut(Static):
    """Goes when its neighbours are gone already; something still comes for the screen then."""

    def __init__(self, comes: Callable[[], None]) -> None:
        super().__init__()
        self._comes = comes
        self.has_come = False

    def on_unmount(self) -> None:
        self._comes()
        self.has_come = True


@pytest.mark.parametrize("role", ["counter", "guide", "manager", "board"])
async def test_a_second_that_strikes_while_a_screen_is_taken_down_does_no_harm(
    hall: TryHall, role: str
) -> None:
    app = HallApp(hall.hall, Actor("1001", "t1"), role=role, counter=2 if role == "counter" else None)
    async with app.run_test() as pilot:
        await pilot.pause()

        def second() -> None:
            app.beat += 1
            strike = getattr(app.screen, "_next_second", None)
            strike() if strike else None

        last = LastOut(second)
        await app.screen.query_one("#body, #board-middle").mount(last)
    assert last.has_come


async def test_a_beat_that_falls_into_the_end_of_the_rating_screen_does_no_harm(hall: TryHall) -> None:
    pad = RatingPad(hall.hall, "t1", 2)
    async with pad.run_test() as pilot:
        await pilot.pause()
        last = LastOut(pad.paint)
        await pad.keys.mount(last)
    assert last.has_come
