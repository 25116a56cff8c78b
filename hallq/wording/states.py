"""Names of states, lanes, tiers, outcomes in words."""

from collections.abc import Sequence

from rich.cells import cell_len

from hallq.domain.config import HallConfig, Service
from hallq.domain.counters import CounterState
from hallq.domain.lanes import Lane, Tier
from hallq.domain.reasons import Choice
from hallq.domain.tickets import TicketState
from hallq.i18n import N_, _, language

TICKET_STATES: dict[TicketState, str] = {
    TicketState.WAITING: N_("waiting"),
    TicketState.GRANTED: N_("granted"),
    TicketState.CALLED: N_("called"),
    TicketState.SERVING: N_("serving"),
    TicketState.HELD: N_("on hold"),
    TicketState.MISSED: N_("missed"),
    TicketState.FINISHED: N_("finished"),
    TicketState.CANCELLED: N_("cancelled"),
    TicketState.LEFT: N_("left"),
    TicketState.EXPIRED: N_("expired"),
}

COUNTER_STATES: dict[CounterState, str] = {
    CounterState.CLOSED: N_("closed"),
    CounterState.OPEN: N_("free"),
    CounterState.CALLING: N_("calling"),
    CounterState.SERVING: N_("serving"),
    CounterState.PAUSED: N_("paused"),
}

LANES: dict[Lane, str] = {
    Lane.PRIORITY: N_("Priority"),
    Lane.STANDARD: N_("Standard"),
}


def aside(words: str, detail: str | None) -> str:
    """The words, with a detail in brackets where there is one."""
    return _("{words} ({detail})").format(words=words, detail=detail) if detail else words


def ticket_state(state: str) -> str:
    """A ticket's state in words."""
    return _(TICKET_STATES[TicketState(state)])


def counter_state(state: CounterState) -> str:
    """A counter's state in words."""
    return _(COUNTER_STATES[state])


def lane_name(lane: Lane) -> str:
    """A lane's name."""
    return _(LANES[lane])


def tier_name(config: HallConfig, tier: Tier) -> str:
    """A tier's name as the hall calls it."""
    return config.tiers[tier].name.in_language(language())


def reason_name(choices: Sequence[Choice], code: str | None) -> str:
    """A reason as the hall calls it; its code when the list no longer has it."""
    found = (choice.name.in_language(language()) for choice in choices if choice.code == code)
    return next(found, code or "")


def service_name(config: HallConfig, code: str, cells: int | None = None) -> str:
    """A service's name; its code when the catalogue no longer has it.

    Where it is longer than `cells`, the short name that the hall gave it.
    """
    service = config.service_by_code.get(code)
    return name_of_service(service, cells) if service else code


def name_of_service(service: Service, cells: int | None = None) -> str:
    """A service's name, or its short one where it has one and the name is longer than `cells`."""
    name = service.name.in_language(language())
    is_long = cells is not None and cell_len(name) > cells
    return service.short.in_language(language()) if is_long and service.short else name
