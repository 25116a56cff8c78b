"""How much of the outbox travels in one request."""

import itertools
from collections.abc import Sequence

from hallq.protocol import Envelope

BATCH_BODIES = 128 * 1024
"""So many characters of events in one batch: in the longest writing they are a request of 800 kB."""


def fitting(oldest: Sequence[tuple[int, Envelope]]) -> int:
    """How many of these events fit into one request; a first one always goes, and the hub judges it."""
    sizes = itertools.accumulate(len(envelope.body) for _, envelope in oldest)
    return max(1, sum(1 for size in sizes if size <= BATCH_BODIES))
