"""Event to row and back. Old versions are lifted here before they reach the fold."""

from collections.abc import Sequence
from typing import Any

from hallq.domain.events import EVENT_TYPES, Event, Recorded

COLUMNS = (
    "position",
    "at_ms",
    "wall_ms",
    "boot_id",
    "boot_ms",
    "terminal",
    "incarnation",
    "seq",
    "actor",
    "kind",
    "version",
    "business_date",
    "body",
)


class UnknownEvent(Event):
    """An event of a later hallq: kept as it is, changes nothing here."""

    kind = "unknown"
    original_kind: str
    body: str


def to_values(recorded: Recorded, business_date: str) -> tuple[Any, ...]:
    """The row of an event, in the order of COLUMNS."""
    event = recorded.event
    return (
        recorded.position,
        recorded.at_ms,
        recorded.wall_ms,
        recorded.boot_id,
        recorded.boot_ms,
        recorded.terminal,
        recorded.incarnation,
        recorded.seq,
        recorded.actor,
        event.kind,
        event.version,
        business_date,
        event.model_dump_json(),
    )


def from_values(row: Sequence[Any]) -> Recorded:
    """The event of a row in the order of COLUMNS."""
    position, at_ms, wall_ms, boot_id, boot_ms, terminal, incarnation, seq, actor = row[:9]
    kind, body = row[9], row[12]
    event_type = EVENT_TYPES.get(kind)
    event = (
        UnknownEvent(original_kind=kind, body=body)
        if event_type is None
        else event_type.model_validate_json(body)
    )
    return Recorded(position, at_ms, wall_ms, boot_id, boot_ms, terminal, incarnation, seq, actor, event)
