"""Moving an event in time: what a device with a wrong clock wrote, as the hall counts it."""

from hallq.domain.events import Event

INSTANTS = frozenset(
    {
        "queue_ms",
        "due_ms",
        "lane_due_ms",
        "until_ms",
        "answer_due_ms",
        "settle_due_ms",
        "follow_up_due_ms",
    }
)
"""The fields of events that are instants on the hall's clock; other milliseconds are lengths."""


def shifted(event: Event, shift_ms: int) -> Event:
    """The event with all its instants later by `shift_ms`."""
    if not shift_ms:
        return event
    moved = {name: value + shift_ms for name in INSTANTS if (value := getattr(event, name, None)) is not None}
    return event.model_copy(update=moved) if moved else event
