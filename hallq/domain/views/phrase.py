"""What the clerk says at this moment: the service's own words, else the hall's."""

from hallq.domain.config import HallConfig, Spoken
from hallq.domain.lanes import Pressure
from hallq.domain.tickets import Ticket
from hallq.domain.views.counter_shapes import Parting, Phase, RunningView
from hallq.domain.words import Words


def moment_phrase(
    config: HallConfig,
    phase: Phase,
    ticket: Ticket | None,
    running: RunningView | None,
    parting: Parting | None,
    parted_service: str,
) -> Words | None:
    """The standard phrase for the moment; `parted_service`: what the visit that just left was about."""
    if phase is Phase.FREE:
        return _said(config, Spoken(parting.value), parted_service) if parting else config.phrases.idle
    if ticket is None:
        return None
    if phase is Phase.CALLING:
        late = (ticket.wait_ms or 0) > config.target_ms(ticket.lane)
        return _said(config, Spoken.LATE if late else Spoken.CALLING, ticket.service)
    is_over = running is not None and running.pressure is Pressure.OVER
    service = running.service if running else ticket.service
    return _said(config, Spoken.OVER_LIMIT if is_over else Spoken.SERVING, service)


def _said(config: HallConfig, moment: Spoken, code: str) -> Words:
    """The words of the service for this moment, else those of the hall."""
    service = config.service_by_code.get(code)
    own = service.phrases.get(moment) if service else None
    if own is None and service is not None and moment is Spoken.SERVING:
        own = service.phrase
    words: Words = own or getattr(config.phrases, moment)
    return words
