"""Events of a counter."""

from hallq.domain.events.base import Event, Whole
from hallq.domain.lanes import LaneChoice
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


class CounterLanesChanged(Event):
    """A counter takes other lanes for the rest of the day; None: as the settings say."""

    kind = "counter.lanes-changed"
    counter: Whole
    lanes: LaneChoice | None = None
