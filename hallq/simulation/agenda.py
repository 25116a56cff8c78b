"""What is to happen, in the order of its time."""

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

Action = Callable[[], None]


@dataclass(order=True, slots=True)
class _Entry:
    at_ms: int
    order: int
    action: Action = field(compare=False)


class Agenda:
    """Actions with their times; those of one moment happen in the order they were noted."""

    def __init__(self) -> None:
        """An empty agenda."""
        self._entries: list[_Entry] = []
        self._orders = itertools.count()

    def at(self, at_ms: int, action: Action) -> None:
        """Note that `action` happens at `at_ms`."""
        heapq.heappush(self._entries, _Entry(at_ms, next(self._orders), action))

    def next_ms(self) -> int | None:
        """When the next action is due, None when nothing is to come."""
        return self._entries[0].at_ms if self._entries else None

    def do_next(self) -> None:
        """Take the next action off the agenda and carry it out."""
        heapq.heappop(self._entries).action()

    def clear(self) -> None:
        """Forget all that was to come."""
        self._entries.clear()
