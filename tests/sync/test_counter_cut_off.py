"""The clerk's screen while the hub falls silent: every key answers, and the screen says why."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from rich.cells import cell_len
from textual.pilot import Pilot

from hallq.app import HallApp
from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.hall import Actor
from hallq.hall.link import Link, SyncStatus
from hallq.i18n import set_language
from hallq.sync.http_line import AT_A_KEY
from hallq.widgets.steady import Steady
from hallq.wording.link import SHORT, WORDS, link_line, link_short, skew_warning
from tests.rig.proxy import Fault
from tests.screens.hands import painted, settled
from tests.sync.network import Remote, Streets


@asynccontextmanager
async def _at_counter(remote: Remote, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    app = HallApp(remote.hall, Actor("1001", "t1"), role="counter", counter=2)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot
        app._follower.stop()
        app._follower.join()


def _with_six_waiting(streets: Streets) -> Remote:
    clerk = streets.opened("clerk")
    for _ in range(6):
        clerk.does(i.IssueTicket(service="payment"))
    clerk.does(i.OpenCounter(counter=2, clerk="1001"))
    clerk.syncs()
    return clerk


async def test_under_a_black_hole_each_key_answers_in_time_and_the_screen_lives(streets: Streets) -> None:
    clerk = _with_six_waiting(streets)
    clerk.connector.close()
    clerk.proxy.cut(Fault.BLACK_HOLE)
    async with _at_counter(clerk) as pilot:
        begun = time.monotonic()
        await pilot.press("space")
        assert time.monotonic() - begun < AT_A_KEY.command_seconds  # the screen does not wait for the hub
        await settled(pilot)
        assert time.monotonic() - begun < AT_A_KEY.command_seconds + 2
        assert "The hub has not answered" in painted(pilot)
        assert "Without the hub only the 3 tickets in hand can be called here." in painted(pilot)
        begun = time.monotonic()
        await pilot.press("space")
        await settled(pilot)
        assert time.monotonic() - begun < 2
        assert clerk.hall.state.counter(2).state is CounterState.CALLING


async def test_without_anything_in_hand_the_screen_says_that_nobody_can_be_called(streets: Streets) -> None:
    clerk = _with_six_waiting(streets)
    clerk.proxy.cut()
    clerk.reachable[0] = False
    for _ in range(3):
        clerk.does(i.CallNext(counter=2))
        clerk.does(i.ConfirmArrival(counter=2))
        clerk.does(i.FinishVisit(counter=2))
    clerk.hall._link = lambda: SyncStatus(Link.CUT_OFF, since_ms=1)
    async with _at_counter(clerk) as pilot:
        seen = painted(pilot)
        assert "Without the hub nobody can be called here" in seen
        assert "Without the hub none of them can be called here." in seen
        assert "Call next" not in seen
        await pilot.press("f7")
        await settled(pilot)
        top = pilot.app.screen.query_one("#top-day", Steady)
        assert top.size.width >= cell_len(str(top.content))  # the clock is whole in Chinese, too


async def test_a_ticket_that_was_granted_by_a_lost_answer_is_kept_in_sight(streets: Streets) -> None:
    clerk = _with_six_waiting(streets)
    clerk.connector.close()
    clerk.proxy.cut(Fault.MUTE)
    await _lost_call(clerk)
    clerk.proxy.heal()
    clerk.syncs()
    clerk.reachable[0] = True
    async with _at_counter(clerk) as pilot:
        assert "B001 is kept for you: Space calls it." in painted(pilot)
        await pilot.press("space")
        await settled(pilot)
        called = clerk.hall.state.ticket_at(2)
        assert called is not None
        assert called.label == "B001"


async def _lost_call(clerk: Remote) -> None:
    async with _at_counter(clerk) as pilot:
        await pilot.press("space")
        await settled(pilot)


def test_each_link_has_words_that_fit_the_corner_of_a_small_screen() -> None:
    assert set(WORDS) == set(SHORT) == set(Link)
    for language in ("en", "zh"):
        set_language(language)
        for link in Link:
            status = SyncStatus(link, since_ms=1, behind=12_345, unsent=12_345, in_hand=123)
            assert len(link_short(status, "10:32", 39)) <= 39
            assert link_line(status, "10:32")


def test_the_line_says_since_when_what_waits_and_what_is_in_hand() -> None:
    cut = SyncStatus(Link.CUT_OFF, unsent=4, in_hand=1)
    assert link_line(cut, "10:32") == "cut off since 10:32 · 4 to be sent · 1 ticket in hand"
    assert link_short(cut, "10:32", 40) == "▲ cut off 10:32 · 4 unsent, 1 in hand"
    assert link_line(SyncStatus(Link.CONNECTED), "") == "connected"
    assert link_short(SyncStatus(Link.BEHIND, behind=7), "", 40) == "▲ behind by 7"
    set_language("zh")
    assert link_line(cut, "10:32") == "10:32 起断网 · 4 条待上传 · 手上 1 个号"


def test_a_file_from_a_backup_is_told_in_the_corner_of_a_small_screen() -> None:
    restored = SyncStatus(Link.CONNECTED, is_restored=True)
    assert link_line(restored, "") == "connected · its file came back from a backup"
    assert link_short(restored, "", 26) == "● connected · restored"
    doubted = SyncStatus(Link.CUT_OFF, doubted=3)
    assert link_short(doubted, "10:32", 40) == "▲ cut off 10:32 · 3 wait for the hub"
    set_language("zh")
    assert link_short(restored, "", 26) == "● 已联网 · 来自备份"


def test_a_wrong_clock_is_told_from_a_minute_on() -> None:
    assert skew_warning(SyncStatus(skew_ms=60_000)) == ""
    assert skew_warning(SyncStatus(skew_ms=-61_000)) == "computer clock is 1 min slow: set it"
    assert "24 min fast" in skew_warning(SyncStatus(skew_ms=24 * 60_000))
    assert "26 h fast" in skew_warning(SyncStatus(skew_ms=26 * 3_600_000))
