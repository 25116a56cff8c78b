"""The thread beside the screens: who speaks, when, and what people are told meanwhile."""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hallq.clock import SystemClock
from hallq.domain import intents as i
from hallq.election import Election
from hallq.hall.link import Link, SyncStatus
from hallq.sync.bell import BROKEN, REACHED, BellListener, positions
from hallq.sync.file import TerminalFile
from hallq.sync.link_file import STALE_MS, LinkFile, Told, link_path
from hallq.sync.pace import LONGEST_SECONDS, BackOff, Calm, Gap
from tests.builders import HandClock
from tests.rig.proxy import Fault, always
from tests.sync.network import Streets, running, soon

GOOD, LOST = Link.CONNECTED, Link.CUT_OFF


def test_tries_come_twice_as_late_each_time_and_never_later_than_half_a_minute() -> None:
    chances = itertools.cycle([0.0, 1.0])
    back_off = BackOff(lambda: next(chances))
    waits = [back_off.next_seconds() for _ in range(40)]
    assert waits[:6] == [0.125, 0.5, 0.5, 2.0, 2.0, 8.0]
    assert max(waits) == LONGEST_SECONDS
    assert min(waits[8:]) == LONGEST_SECONDS / 2
    back_off.succeeded()
    assert back_off.next_seconds() <= 0.25


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([(GOOD, 0), (LOST, 1), (GOOD, 2), (LOST, 3), (LOST, 4), (GOOD, 5)], [GOOD] * 6),
        ([(GOOD, 0), (LOST, 1), (LOST, 2), (LOST, 3)], [GOOD, GOOD, GOOD, LOST]),
        ([(GOOD, 0), (LOST, 1), (LOST, 11)], [GOOD, GOOD, LOST]),
        ([(LOST, 0), (GOOD, 1), (GOOD, 2), (GOOD, 3)], [LOST, LOST, LOST, GOOD]),
        ([(LOST, 0), (GOOD, 1), (GOOD, 6)], [LOST, LOST, GOOD]),
        (
            [(LOST, 0), (Link.REVOKED, 1), (GOOD, 2), (Link.RECOVERING, 3)],
            [LOST, Link.REVOKED, GOOD, Link.RECOVERING],
        ),
        ([(GOOD, 0), (Link.BEHIND, 1), (GOOD, 2)], [GOOD, Link.BEHIND, GOOD]),
    ],
)
def test_the_words_do_not_flicker(found: list[tuple[Link, int]], told: list[Link]) -> None:
    calm = Calm()
    assert [calm.tell(link, at) for link, at in found] == told


def test_a_bell_is_read_however_its_bytes_are_cut() -> None:
    stream = b"event: hall\nid: 7\ndata: 7\n\n: still here\n\nevent: hall\r\nid: 12\r\ndata: 12\r\n\r\n"
    for size in range(1, len(stream) + 1):
        pieces = (stream[n : n + size] for n in range(0, len(stream), size))
        assert list(positions(pieces)) == [7, 12]
    with pytest.raises(ValueError, match="not a bell"):
        list(positions(b"x" * 4096 for _ in range(100)))


def test_the_state_of_the_link_is_believed_while_somebody_writes_it(tmp_path: Path) -> None:
    clock = HandClock()
    file = LinkFile(tmp_path / "hall.db", clock)
    assert file.read() == Told()
    told = Told(
        SyncStatus(GOOD, since_ms=5, unsent=2, in_hand=3, is_restored=True), reachable=True, heard_ms=9
    )
    file.write(told)
    assert file.read() == Told(told.status, True, 9, is_fresh=True)
    clock.pass_ms(STALE_MS + 1)
    stale = file.read()
    assert (stale.status.link, stale.reachable, stale.is_fresh) == (LOST, False, False)
    file.write(Told(SyncStatus(Link.REVOKED)))
    clock.restart()
    assert (file.read().status.link, file.read().is_fresh) == (Link.REVOKED, False)
    for broken in ("", "{", "[]", '{"boot_id": 1}', '{"link": "?"}'):
        link_path(tmp_path / "hall.db").write_text(broken)
        assert file.read() == Told()


def test_what_is_written_and_what_others_write_travels_without_being_polled(streets: Streets) -> None:
    guide, clerk = streets.opened("guide"), streets.terminal("clerk")
    with running(streets, guide, poll_seconds=60) as one, running(streets, clerk, poll_seconds=60) as two:
        soon(lambda: one.is_reachable() and two.is_reachable())
        for _ in range(3):
            guide.does(i.IssueTicket(service="payment"))
        soon(lambda: clerk.hall.refresh() and len(clerk.hall.state.waiting()) == 3)
        assert one.status().unsent == 0


def test_without_a_bell_everything_comes_by_polling(streets: Streets) -> None:
    guide, clerk = streets.opened("guide"), streets.terminal("clerk")
    silent = streets.proxy()
    silent.plans = always(Fault.BLACK_HOLE)
    with running(streets, guide, bell_port=silent.port), running(streets, clerk, bell_port=silent.port):
        for _ in range(3):
            guide.does(i.IssueTicket(service="payment"))
        soon(lambda: clerk.hall.refresh() and len(clerk.hall.state.waiting()) == 3)
    assert silent.seen


def test_a_hundred_broken_bells_lose_nothing(streets: Streets) -> None:
    guide = streets.opened("guide")
    rung: list[int] = []
    at_once = threading.Event.is_set
    bell = BellListener(
        guide.connector, rung.append, chance=lambda: 0.0, waiting=lambda event, seconds: at_once(event)
    )
    bell.start()
    writer = streets.terminal("writer")
    for broken in range(100):
        soon(lambda: bell.reached > broken)  # noqa: B023
        if broken % 10 == 0:
            writer.does(i.IssueTicket(service="payment"))
            writer.syncs()
        guide.proxy.heal()  # resets what is connected
    last = TerminalFile(writer.store, SystemClock()).place.position
    soon(lambda: last in rung)
    bell.stop()
    bell.join(60)
    heard = [position for position in rung if position not in (REACHED, BROKEN)]
    assert heard == sorted(heard)
    assert bell.reached >= 100


def test_cut_off_is_told_calmly_with_what_waits_and_heals_by_itself(streets: Streets) -> None:
    guide = streets.opened("guide")
    with running(streets, guide) as runner:
        soon(lambda: runner.status().link is GOOD)
        guide.proxy.cut()
        soon(lambda: not runner.is_reachable())
        guide.reachable[0] = False
        soon(lambda: runner.status().link is LOST)
        for _ in range(2):
            guide.does(i.IssueTicket(service="payment"))
        soon(lambda: (runner.status().unsent, runner.status().in_hand) == (2, 2))
        assert LinkFile(guide.store.path, SystemClock()).read().status == runner.status()
        guide.proxy.heal()
        soon(lambda: runner.is_reachable() and runner.status().unsent == 0, 40)
        soon(lambda: runner.status().link is GOOD)


def test_a_key_that_found_no_hub_lets_the_next_one_not_wait(streets: Streets) -> None:
    guide = streets.opened("guide")
    with running(streets, guide) as runner:
        soon(runner.is_reachable)
        guide.proxy.cut(Fault.BLACK_HOLE)
        runner.lost()
        assert not runner.is_reachable()
        guide.proxy.heal()
        soon(runner.is_reachable)


HOLDER = """
import sys, threading
from pathlib import Path
from hallq.election import Election
election = Election(Path(sys.argv[1]))
while not election.try_take():
    threading.Event().wait(0.05)
print("mine", flush=True)
sys.stdin.read()
"""


def test_one_program_speaks_and_another_takes_over_when_it_is_killed(tmp_path: Path) -> None:
    database = tmp_path / "hall.db"
    command = [sys.executable, "-c", HOLDER, str(database)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as first:  # type: ignore[call-overload]
        assert first.stdout.readline() == "mine\n"
        mine = Election(database)
        assert not mine.try_take()
        with subprocess.Popen(command, **pipes) as second:  # type: ignore[call-overload]
            os.kill(first.pid, signal.SIGKILL)
            begun = time.monotonic()
            assert second.stdout.readline() == "mine\n"
            assert time.monotonic() - begun < 5
            assert not mine.try_take()
    assert mine.try_take()
    assert not Election(database).try_take()
    mine.leave()


def test_a_busy_hall_is_asked_less_often_than_a_quiet_one() -> None:
    gap, at_seconds, asked = Gap(), 0.0, 0
    first = gap.after_step(at_seconds)
    while at_seconds < 60:
        at_seconds += gap.after_step(at_seconds)
        asked += 1
    assert first == Gap.SHORT_SECONDS
    assert asked < 60 * 25
    assert gap.after_step(at_seconds + 10) == Gap.SHORT_SECONDS
