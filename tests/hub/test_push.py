"""What terminals push gets its positions: once, in order, byte for byte."""

from hallq.protocol import NO_HASH, Fate, chained
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
