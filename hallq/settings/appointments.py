"""Slots that fit one by one and still cannot be kept."""

from collections import Counter
from collections.abc import Iterator

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Lane
from hallq.i18n import N_, Sentence
from hallq.settings.faults import fault_at, lane_named


def appointment_faults(config: HallConfig) -> Iterator[Sentence]:
    """What cannot work."""
    times = Counter((slot.at, day) for slot in config.appointments.slots for day in slot.days)
    for twice in sorted({at for (at, _), count in times.items() if count > 1}):
        yield fault_at(_key(f"{twice:%H:%M}"), N_("is there twice on one day; each time may be there once"))


def appointment_doubts(config: HallConfig) -> Iterator[Sentence]:
    """What is hard to keep."""
    hall = config.hall
    for slot in config.appointments.slots:
        if not hall.opens <= slot.at < hall.closes:
            told = N_("lies outside the opening hours ({opens} to {closes})")
            hours = {"opens": f"{hall.opens:%H:%M}", "closes": f"{hall.closes:%H:%M}"}
            yield fault_at(_key(f"{slot.at:%H:%M}"), told, **hours)
        for lane in Lane:
            callers = sum(1 for counter in config.counters if counter.calls(lane))
            if slot.places(lane) > callers:
                told = N_("{places} places for {lane}, but {callers} counters call it: the others wait")
                at, places = f"{slot.at:%H:%M}", slot.places(lane)
                yield fault_at(_key(at), told, places=places, lane=lane_named(lane), callers=callers)


def _key(at: str) -> str:
    return f"appointments.slots[at = {at}]"
