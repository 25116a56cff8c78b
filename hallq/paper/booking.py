"""The slip of an appointment: when to come, by which number it is found, what to bring."""

from datetime import datetime, timedelta

from hallq.domain.appointments import Appointment, booking_number
from hallq.domain.config import HallConfig
from hallq.domain.words import Words
from hallq.paper.slip import Block, Divider, Huge, Slip
from hallq.paper.ticket import BRING, LANES, WEEKDAYS, middle, said

BOOKING_END = "/booking"
"""What the keys of these slips end with."""
TITLE = Words(zh="预约单", en="Your appointment")
NUMBER = Words(zh="预约号 {number}", en="Appointment no. {number}")
CHECK_IN = Words(zh="请于 {begin} 至 {agreed} 到引导台报到", en="Please check in from {begin} to {agreed}")
AT_ONCE = Words(zh="到点优先叫号，无需排队", en="You are called at the agreed time")
LATER = Words(zh="{end} 后取普通号", en="After {end} it is an ordinary number")
CHANGE = Words(zh="改约请提前 {minutes} 分钟告知", en="Another time: tell us {minutes} min ahead")
AGAIN = Words(zh="补打", en="COPY")


def booking_slip(config: HallConfig, appointment: Appointment, *, is_copy: bool = False) -> Slip:
    """The slip of an appointment that is still to come."""
    rule, times = config.printer, config.appointments
    agreed = datetime.fromisoformat(appointment.slot)
    service = config.service_by_code.get(appointment.service)
    begin, end = (
        agreed + timedelta(minutes=minutes) for minutes in (-times.early_minutes, times.grace_minutes)
    )
    weekday = WEEKDAYS.in_language(rule.language).split()[agreed.weekday()]
    blocks: list[Block] = [
        middle(config.hall.name.in_language(rule.language)),
        middle(said(rule, TITLE), bold=True),
        *([middle(said(rule, AGAIN), bold=True)] if is_copy else []),
        middle(f"{agreed:%Y-%m-%d} {weekday}", size=2),
        Huge(f"{agreed:%H:%M}"),
        middle(service.name.in_language(rule.language) if service else appointment.service, size=2),
        middle(said(rule, LANES[appointment.lane]), bold=True),
        middle(said(rule, NUMBER, number=booking_number(appointment.appointment_id)), bold=True),
        Divider(),
        middle(said(rule, CHECK_IN, begin=f"{begin:%H:%M}", agreed=f"{agreed:%H:%M}")),
        middle(said(rule, AT_ONCE)),
        middle(said(rule, LATER, end=f"{end:%H:%M}")),
        middle(said(rule, CHANGE, minutes=f"{times.change_minutes:g}")),
    ]
    if service and service.documents:
        blocks.append(middle(said(rule, BRING, documents=service.documents.in_language(rule.language))))
    name = booking_number(appointment.appointment_id)
    return Slip(booking_key(appointment), name, rule.language, tuple(blocks))


def booking_key(appointment: Appointment) -> str:
    """What names its slip; another time is another slip."""
    return f"{appointment.appointment_id} {appointment.slot}{BOOKING_END}"
