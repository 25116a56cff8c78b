"""The appointments of one day as the guide sees them: each slot, who is expected, what is free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as calendar_date
from datetime import timedelta

from hallq.domain.appointments import Appointment, AppointmentState
from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.expected_appointments import expected
from hallq.domain.lanes import Lane, Tier
from hallq.domain.slots import Slot, wall_ms
from hallq.domain.state import HallState


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who has an appointment. `label`: of the ticket while it lives.

    `may_check_in` and `may_move`: now, by the hall's times.
    """

    appointment_id: str
    lane: Lane
    tier: Tier
    service: str
    state: AppointmentState
    label: str
    may_check_in: bool
    may_move: bool

    @property
    def is_expected(self) -> bool:
        """Whether the customer may still come."""
        return self.state is AppointmentState.BOOKED


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One line of the day: a slot with its first visitor or nobody, or a further visitor of it.

    `free`: (lane, free places, all places) of the lanes that have any. `in_minutes`: until its time.
    """

    slot: str
    is_first: bool
    free: tuple[tuple[Lane, int, int], ...]
    in_minutes: int
    may_book: bool
    visitor: Visitor | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What names the line while others come and go."""
        return self.slot, self.visitor.appointment_id if self.visitor else ""


@dataclass(frozen=True, slots=True)
class AppointmentDay:
    """One day's appointments and the counts over them; dates beside it where they can be booked."""

    date: str
    is_today: bool
    lines: tuple[SlotLine, ...]
    booked: int
    arrived: int
    free: int
    earlier: str
    later: str


def appointment_day(state: HallState, config: HallConfig, now_ms: int, iso_date: str) -> AppointmentDay:
    """The day of `iso_date`; the business day is open."""
    rule, today = config.appointments, state.business_date
    shown_ms = now_ms + state.clock_offset_ms
    booked = [a for a in state.appointments.values() if a.business_date == iso_date]
    slots = rule.on(iso_date)
    lines: list[SlotLine] = []
    for slot in sorted({*slots, *(a.slot for a in booked)}):
        mine = [a for a in booked if a.slot == slot]
        lines += _lines(state, config, slot, slots.get(slot), mine, shown_ms)
    beside = (calendar_date.fromisoformat(iso_date) + timedelta(days=step) for step in (-1, 1))
    earlier, later = (day.isoformat() for day in beside)
    return AppointmentDay(
        date=iso_date,
        is_today=iso_date == today,
        lines=tuple(lines),
        booked=len(booked),
        arrived=sum(1 for a in booked if not a.is_open),
        free=sum(free for line in lines if line.is_first and line.may_book for _, free, _ in line.free),
        earlier=earlier if earlier >= today else "",
        later=later if later <= rule.last_date(today) else "",
    )


def _lines(
    state: HallState,
    config: HallConfig,
    name: str,
    slot: Slot | None,
    booked: list[Appointment],
    shown_ms: int,
) -> Iterable[SlotLine]:
    left_ms = wall_ms(name, config.zone_info) - shown_ms
    free = tuple(
        (lane, max(0, places - sum(1 for a in booked if a.lane is lane)), places)
        for lane in Lane
        if slot is not None and (places := slot.places(lane))
    )
    may_book = left_ms > 0 and any(left for _, left, _ in free)
    in_minutes = -(-left_ms // MINUTE_MS)
    booked.sort(key=lambda a: (a.lane is Lane.STANDARD, a.booked_ms, a.appointment_id))
    visitors = [_visitor(state, config, a, left_ms) for a in booked]
    for place, visitor in enumerate(visitors or [None]):
        yield SlotLine(name, place == 0, free, in_minutes, may_book, visitor)


def _visitor(state: HallState, config: HallConfig, appointment: Appointment, left_ms: int) -> Visitor:
    rule = config.appointments
    ticket = state.tickets.get(appointment.ticket_id or "")
    return Visitor(
        appointment_id=appointment.appointment_id,
        lane=appointment.lane,
        tier=appointment.tier,
        service=appointment.service,
        state=appointment.state,
        label=ticket.label if ticket else "",
        may_check_in=appointment.is_open
        and appointment.business_date == state.business_date
        and left_ms <= rule.early_minutes * MINUTE_MS,
        may_move=appointment.is_open and left_ms >= rule.change_minutes * MINUTE_MS,
    )


def line_to_begin_with(day: AppointmentDay, appointment_id: str = "", *, to_book: bool = False) -> int:
    """The line under the cursor at first: that appointment, who is expected next, else the next slot.

    `to_book`: somebody wants a time, and nobody who is expected may be taken for her.
    """
    for place, line in enumerate(day.lines):
        if appointment_id and line.visitor and line.visitor.appointment_id == appointment_id:
            return place
    waited_for = [n for n, line in enumerate(day.lines) if line.visitor and line.visitor.may_check_in]
    bookable = [n for n, line in enumerate(day.lines) if line.may_book and n not in waited_for]
    ahead = [n for n, line in enumerate(day.lines) if line.in_minutes > 0]
    return ((bookable if to_book else waited_for) or ahead or [0])[0]


@dataclass(frozen=True, slots=True)
class Expected:
    """Today's appointments in short. `next_slot`: of the next who is to come, with `at_next` of them;
    `waiting`: tickets by appointment. `own`: the appointment of the customer at the desk, empty for none.
    """

    next_slot: str
    at_next: int
    later: int
    waiting: int
    own: str
    own_slot: str


def expected_today(state: HallState, config: HallConfig, now_ms: int, customer: str = "") -> Expected:
    """Who is still to come today, and the appointment of `customer`."""
    still = [appointment for appointment, _ in expected(state, config, now_ms)]
    first = still[0].slot if still else ""
    own = next(
        (a for a in state.appointments.values() if customer and a.customer == customer and a.is_open), None
    )
    return Expected(
        next_slot=first,
        at_next=sum(1 for a in still if a.slot == first),
        later=sum(1 for a in still if a.slot != first),
        waiting=sum(1 for t in state.waiting() if t.is_by_appointment),
        own=own.appointment_id if own else "",
        own_slot=own.slot if own else "",
    )
