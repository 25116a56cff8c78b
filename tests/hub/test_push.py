"""What terminals push gets its positions: once, in order, byte for byte."""

import threading

from hallq.hub.sitting import Sitting
from hallq.protocol import NO_HASH, Fate, Push, chained
from tests.hub.lives import Halls


def test_positions_and_chain(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    device.issues(5)
    device.pulls_all()
    assert [entry.position for entry in device.log] == list(range(1, len(device.log) + 1))
    log_hash = NO_HASH
    for entry in device.log:
        log_hash = chained(log_hash, entry.position, entry.event, shift_ms=entry.shift_ms)
        assert entry.hash == log_hash
    assert device.place.hash == log_hash


def test_the_same_batch_twice(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    batch = [device.issued(n) for n in range(1, 6)]
    assert device.push(*batch[:3]).fates == [Fate.ACCEPTED] * 3
    assert device.push(*batch).fates == [Fate.DUPLICATE] * 3 + [Fate.ACCEPTED] * 2
    last = halls.hub.last("h1")
    assert device.push(*batch).fates == [Fate.DUPLICATE] * 5
    assert halls.hub.last("h1") == last


def test_a_fault_after_the_commit_does_nothing_again(halls: Halls) -> None:
    device, faults = halls.opened("t1", 1), list[str]()
    done: list[int] = []

    def fail(sitting: Sitting) -> None:
        faults.append(sitting.hall)
        raise RuntimeError("nobody hears")

    halls.hub._desk.placed = fail
    may_go = threading.Event()
    before = halls.hub._desk.in_turn("h1", lambda _: may_go.wait(60))
    noted = [halls.hub._desk.in_turn("h1", lambda _: done.append(1)) for _ in range(2)]
    sent = Push(session=device.session, events=[device.issued(1)])
    pushed = halls.hub.push_in_turn(device.caller, sent)
    may_go.set()
    assert before.result(60)
    assert [note.result(60) for note in noted] == [None, None]
    assert pushed.result(60).fates == [Fate.ACCEPTED]
    assert (faults, done) == (["h1"], [1, 1])


def test_the_same_batch_twice_in_one_transaction(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    sent = Push(session=device.session, events=[device.issued(n) for n in range(1, 4)])
    may_go = threading.Event()
    before = halls.hub._desk.in_turn("h1", lambda _: may_go.wait(60))
    pushes = [halls.hub.push_in_turn(device.caller, sent) for _ in range(2)]
    may_go.set()
    assert before.result(60)
    fates = [push.result(60).fates for push in pushes]
    assert fates == [[Fate.ACCEPTED] * 3, [Fate.DUPLICATE] * 3]
