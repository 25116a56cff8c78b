"""What a hub decides itself: what it may know of the moment, and how its decision gets into the log."""

from collections.abc import Iterable

from hallq.domain.decide import Moment
from hallq.domain.events import Event
from hallq.domain.text import plain
from hallq.hub.devices import HUB
from hallq.hub.sitting import Sitting
from hallq.protocol import Envelope


def moment_of(sitting: Sitting) -> Moment:
    """What deciding may know."""
    desk = sitting.desk
    return Moment(sitting.config, sitting.now_ms, sitting.reading.wall_ms, desk.new_id)


def write_down(
    sitting: Sitting, events: Iterable[Event], *, device: str = HUB, actor: str = HUB, terminal: str = HUB
) -> None:
    """Give events that happen now their positions: a device's and of who sits there, or the hub's own."""
    for event in events:
        sitting.put(_envelope(sitting, event, device, plain(actor), plain(terminal)), event)


def _envelope(sitting: Sitting, event: Event, device: str, actor: str, terminal: str) -> Envelope:
    state, desk = sitting.folded.state, sitting.desk
    at_ms = max(sitting.now_ms, state.moment.at_ms if state.moment else 0)
    return Envelope.model_construct(
        device=device,
        incarnation=desk.incarnation,
        seq=next(desk.seqs),
        terminal=terminal,
        actor=actor,
        at_ms=at_ms,
        wall_ms=sitting.reading.wall_ms,
        boot_id=sitting.reading.boot_id,
        boot_ms=sitting.reading.boot_ms,
        kind=event.kind,
        version=event.version,
        business_date=getattr(event, "business_date", "") or state.business_date,
        body=event.model_dump_json(),
    )
