"""Events of a counter."""

from hallq.domain.events.base import Event, Whole
from hallq.domain.text import PlainText


class CounterOpened(Event):
    """A clerk took a counter."""

    kind = "counter.opened"
    counter: Whole
    clerk: str


class CounterTakenOver(Event):
    """A clerk went on at a counter in a colleague's place."""

    kind = "counter.taken-over"
    counter: Whole
    clerk: str


class CounterClosed(Event):
    """The clerk left the counter."""

    kind = "counter.closed"
    counter: Whole


class CounterPaused(Event):
    """The counter takes nobody for a while, with a reason."""

    kind = "counter.paused"
    counter: Whole
    reason: PlainText


class CounterResumed(Event):
    """The counter takes customers again."""

    kind = "counter.resumed"
    counter: Whole
