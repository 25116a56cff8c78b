"""Simulated clocks: they jump or run, never back, and are one start of one computer."""

import threading
from dataclasses import dataclass

from hallq.clock import Reading, hall_now_ms
from hallq.domain.state import LastMoment
from hallq.simulation.clock import DemoClock, ScaledClock, VirtualClock

START_MS = 915_500_000_000


@dataclass
class Seconds:
    """A monotonic clock in the hand, in seconds."""

    now: float = 100.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def moved(before: Reading, after: Reading) -> int:
    """How far the hall's clock went, in milliseconds."""
    last = LastMoment(before.wall_ms, before.wall_ms, before.boot_id, before.boot_ms)
    return hall_now_ms(last, after) - before.wall_ms


def test_the_virtual_clock_jumps_and_never_goes_back() -> None:
    clock, never = VirtualClock(START_MS), threading.Event()
    before = clock.read()
    assert clock.wait_until(START_MS + 5_000, never)
    assert clock.wait_until(START_MS + 1_000, never)
    assert clock.now_ms() == START_MS + 5_000
    assert moved(before, clock.read()) == 5_000


def test_the_scaled_clock_runs_so_many_times_as_fast() -> None:
    seconds = Seconds()
    clock = ScaledClock(START_MS, 60, monotonic=seconds)
    before = clock.read()
    seconds.now += 2
    assert clock.now_ms() == START_MS + 120_000
    assert moved(before, clock.read()) == 120_000


def test_waiting_ends_when_stopped() -> None:
    stopped = threading.Event()
    stopped.set()
    assert not ScaledClock(START_MS, 1).wait_until(START_MS + 10_000_000, stopped)
    assert not VirtualClock(START_MS).wait_until(START_MS + 1, stopped)


def test_waiting_for_the_past_is_no_waiting() -> None:
    assert ScaledClock(START_MS, 1).wait_until(START_MS - 1, threading.Event())


def test_two_runs_are_two_starts() -> None:
    assert VirtualClock(START_MS).read().boot_id != VirtualClock(START_MS).read().boot_id


def test_the_demo_goes_live_without_a_jump_and_skips_the_night() -> None:
    seconds = Seconds()
    clock = DemoClock(START_MS, 60, monotonic=seconds)
    before = clock.read()
    clock.wait_until(START_MS + 1_000, threading.Event())
    clock.go_live()
    assert moved(before, clock.read()) == 1_000
    seconds.now += 1
    assert moved(before, clock.read()) == 61_000
    clock.skip_to(START_MS + 10_000_000)
    seconds.now += 1
    assert moved(before, clock.read()) == 10_060_000
    assert clock.now_ms() == START_MS + 10_060_000
