"""Events of the business day."""

from hallq.domain.events.base import Event, Milliseconds


class DayOpened(Event):
    """A business day began, or a closed one was opened again."""

    kind = "day.opened"
    business_date: str
    clock_offset_ms: Milliseconds


class DayClosed(Event):
    """The business day ended; `carried` tickets stay alive, all others were settled before."""

    kind = "day.closed"
    business_date: str
    carried: tuple[str, ...] = ()


class ClockAdopted(Event):
    """The shown time follows the computer's clock again. Durations are not touched."""

    kind = "day.clock-adopted"
    clock_offset_ms: Milliseconds
