"""Event to row and back. What only a later hallq can read becomes an UnknownEvent.

Every version so far has the same fields; the first that has not is lifted here.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from hallq.domain.clock_shift import shifted
from hallq.domain.events import EVENT_TYPES, Event, Recorded

if TYPE_CHECKING:  # most terminals have no hub
    from hallq.protocol import Entry

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
    "device",
    "log_hash",
    "shift_ms",
    "contested",
)
ENVELOPE = COLUMNS[1:14]
"""What a device says of its event: the log's columns without what its place adds."""


class UnknownEvent(Event):
    """An event of a later hallq: kept as it is, changes nothing here; its hall is read but not written."""

    kind = "unknown"
    original_kind: str
    original_version: int
    body: str


def is_known(kind: str, version: int) -> bool:
    """Whether this hallq can read such an event."""
    event_type = EVENT_TYPES.get(kind)
    return event_type is not None and version <= event_type.version


def to_values(recorded: Recorded, business_date: str) -> tuple[Any, ...]:
    """The row of an event, in the order of COLUMNS."""
    envelope = envelope_values(recorded, business_date)
    return (recorded.position, *envelope, recorded.log_hash, recorded.shift_ms, recorded.contested)


def envelope_values(recorded: Recorded, business_date: str) -> tuple[Any, ...]:
    """What its device says of an event, in the order of ENVELOPE."""
    event = recorded.event
    return (
        recorded.at_ms - recorded.shift_ms,
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
        recorded.device,
    )


def event_of(kind: str, version: int, body: str) -> Event:
    """The event of a stored body. Raises ValidationError for a body that is none."""
    if is_known(kind, version):
        return EVENT_TYPES[kind].model_validate_json(body)
    return UnknownEvent(original_kind=kind, original_version=version, body=body)


def tolerated(kind: str, version: int, body: str) -> Event:
    """The event of a body that came from elsewhere: one that cannot be read changes nothing."""
    try:
        return event_of(kind, version, body)
    except ValidationError:
        return UnknownEvent(original_kind=kind, original_version=version, body=body)


def from_values(row: Sequence[Any]) -> Recorded:
    """The event of a row in the order of COLUMNS. Raises ValidationError for a body that is none."""
    position, at_ms, wall_ms, boot_id, boot_ms, terminal, incarnation, seq, actor = row[:9]
    kind, version, body = row[9], row[10], row[12]
    device, log_hash, shift_ms, contested = row[13:17]
    event = event_of(kind, version, body) if not device else tolerated(kind, version, body)
    return Recorded(
        position,
        at_ms + shift_ms,
        wall_ms,
        boot_id,
        boot_ms,
        terminal,
        incarnation,
        seq,
        actor,
        shifted(event, shift_ms),
        device=device,
        shift_ms=shift_ms,
        contested=bool(contested),
        log_hash=log_hash,
    )


def placed(entry: "Entry", event: Event) -> Recorded:
    """An entry of a hub's log as the fold takes it; `event` is what its body says."""
    told = entry.event
    return Recorded(
        entry.position,
        told.at_ms + entry.shift_ms,
        told.wall_ms,
        told.boot_id,
        told.boot_ms,
        told.terminal,
        told.incarnation,
        told.seq,
        told.actor,
        shifted(event, entry.shift_ms),
        device=told.device,
        shift_ms=entry.shift_ms,
        contested=entry.contested,
        log_hash=entry.hash,
    )
