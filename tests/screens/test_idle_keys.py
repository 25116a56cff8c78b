"""A key that does nothing now says why; a key that means nothing stays silent."""

import pytest

from hallq.app import HallApp
from hallq.domain.views.counter_shapes import Phase
from hallq.i18n import set_language
from hallq.keys import actions_of
from hallq.screens.counter import KEYS
from hallq.screens.dialogs.choose import ChooseDialog
from hallq.widgets.notice_line import Hint
from hallq.wording.idle_keys import appointments_key, counter_key, guide_key, manager_key
from tests.builders import TryHall, a_config
from tests.screens.test_counter import at_counter
from tests.screens.test_manager import at_work


def test_every_key_that_a_phase_does_not_know_has_its_reason() -> None:
    for phase in Phase:
        for action in actions_of("counter"):
            if action.name not in KEYS[phase]:
                assert "{" not in counter_key(phase, action.name, "A001", can_call=True) != ""
    always = {"day", "roll_call", "handover", "lanes", "complaints"}  # while the day is open
    assert all(manager_key(a.name, is_open=True) for a in actions_of("manager") if a.name not in always)
    silent = {a.name for a in actions_of("guide") if not guide_key(a.name, is_open=True, is_saving=False)}
    always = {"tier", "customer", "priority", "find", "search", "start_over", "handover"}
    assert silent == always


def test_the_days_of_appointments_end_on_both_sides() -> None:
    set_language("en")
    assert "This is today" in appointments_key("earlier", None, a_config())
    assert "14 days ahead" in appointments_key("later", None, a_config())


@pytest.mark.parametrize(("language", "sentence"), [("en", "B001 is here already"), ("zh", "B001 已经到了")])
async def test_the_clerk_reads_why_a_recall_is_not_possible(
    hall: TryHall, language: str, sentence: str
) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    async with at_counter(hall) as clerk:
        set_language(language)
        await clerk.presses("j", "f12")
        assert sentence not in clerk.sees()
        await clerk.presses("R")
        assert sentence in clerk.sees()
        await clerk.presses("j")
        assert sentence not in clerk.sees()
        assert isinstance(clerk.app, HallApp)
        assert not clerk.app.notices  # it is not kept


@pytest.mark.parametrize(
    ("key", "called", "quiet"),
    [
        (
            "r",
            "Nobody is called now: Space calls the next.",
            "Nobody is called now, and there is nobody to call.",
        ),
        (
            "h",
            "Nobody is at this counter: Space calls the next.",
            "Nobody is at this counter, and there is nobody to call.",
        ),
    ],
)
async def test_at_a_free_counter_space_is_named_only_where_it_calls(
    hall: TryHall, key: str, called: str, quiet: str
) -> None:
    hall.opens(2)
    async with at_counter(hall) as clerk:
        await clerk.presses(key)
        assert quiet in clerk.sees()
        assert "C  Choose" not in clerk.sees()
        hall.issues()
        clerk.app.state = hall.state  # type: ignore[attr-defined]
        await clerk.presses(key)
        assert called in clerk.sees()
        assert "C  Choose" in clerk.sees()


async def test_the_manager_reads_why_priority_is_not_possible(hall: TryHall) -> None:
    hall.opens(2)
    async with at_work(hall) as pilot:
        await pilot.press("p")
        await pilot.pause()
        assert "standard lane" in str(pilot.app.screen.query_one("NoticeLine").render())


def test_a_hint_gives_way_to_what_comes_after_it() -> None:
    hint = Hint("because", ("old", "information"), told_at=10**9)
    assert hint.over(("old", "information")) == ("because", "hint")
    assert hint.over(("", "")) == ("because", "hint")
    assert hint.over(("new", "warning")) == ("new", "warning")
    assert Hint("because", ("", ""), told_at=-(10**9)).over(("", "")) == ("", "")


async def test_the_counter_key_at_the_counter_asks_for_another_counter(hall: TryHall) -> None:
    hall.opens(2, 3)
    async with at_counter(hall) as clerk:
        await clerk.presses("f2")
        assert isinstance(clerk.app.screen, ChooseDialog)
        await clerk.presses("3")
        assert "Counter 3" in clerk.sees()
        await clerk.presses("f2", "f2")
        assert isinstance(clerk.app.screen, ChooseDialog)  # no dialog over a dialog
        await clerk.presses("escape")
        assert "Counter 3" in clerk.sees()
