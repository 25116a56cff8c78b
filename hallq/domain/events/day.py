"""Events of the business day."""

from pydantic import Field

from hallq.domain.events.base import Event, Milliseconds
from hallq.domain.lanes import Lane


class DayOpened(Event):
    """A business day began, or a closed one was opened again.

    On a new date carried tickets get a new promise: `targets_ms` of their lane from the opening on.
    """

    kind = "day.opened"
    business_date: str
    clock_offset_ms: Milliseconds
    targets_ms: dict[Lane, Milliseconds] = Field(default_factory=dict)


class DayClosed(Event):
    """The business day ended; `carried` tickets stay alive, all others were settled before."""

    kind = "day.closed"
    business_date: str
    carried: tuple[str, ...] = ()


class ClockAdopted(Event):
    """The shown time follows the computer's clock again. Durations are not touched."""

    kind = "day.clock-adopted"
    clock_offset_ms: Milliseconds
