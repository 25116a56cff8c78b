"""The slip of an appointment: when to come, by which number it is found, what to bring."""

from datetime import datetime, timedelta

from hallq.domain.appointments import Appointment, booking_number
from hallq.domain.config import HallConfig
from hallq.domain.words import Words
from hallq.paper.parts import LANES, day_words, hall_line, middle, said, service_words, to_bring
from hallq.paper.slip import Block, Divider, Huge, Slip

BOOKING_END = "/booking"
"""What the keys of these slips end with."""
TITLE = Words(zh="预约单", en="Your appointment")
NUMBER = Words(zh="预约号 {number}", en="Appointment no. {number}")
CHECK_IN = Words(zh="请于 {begin} 至 {agreed} 到引导台报到", en="Please check in {begin} to {agreed}")
AT_ONCE = Words(zh="到点优先叫号，无需排队", en="Called at the agreed time")
LATER = Words(zh="{end} 后取普通号", en="After {end}: an ordinary number")
CHANGE = Words(zh="改约请提前 {minutes} 分钟告知", en="To change it: {minutes} min ahead")
AGAIN = Words(zh="补打", en="COPY")


def booking_slip(config: HallConfig, appointment: Appointment, *, is_copy: bool = False) -> Slip:
    """The slip of an appointment that is still to come."""
    rule, times = config.printer, config.appointments
    agreed, number = datetime.fromisoformat(appointment.slot), booking_number(appointment.appointment_id)
    begin, end = (
        agreed + timedelta(minutes=minutes) for minutes in (-times.early_minutes, times.grace_minutes)
    )
    blocks: list[Block] = [
        hall_line(config),
        middle(said(rule, TITLE), bold=True),
        *([middle(said(rule, AGAIN), bold=True)] if is_copy else []),
        middle(day_words(rule, agreed), size=2),
        Huge(f"{agreed:%H:%M}"),
        middle(service_words(config, appointment.service), size=2),
        middle(said(rule, LANES[appointment.lane]), bold=True),
        middle(said(rule, NUMBER, number=number), bold=True),
        Divider(),
        middle(said(rule, CHECK_IN, begin=f"{begin:%H:%M}", agreed=f"{agreed:%H:%M}")),
        middle(said(rule, AT_ONCE)),
        middle(said(rule, LATER, end=f"{end:%H:%M}")),
        middle(said(rule, CHANGE, minutes=f"{times.change_minutes:g}")),
        *(middle(line) for line in to_bring(config, appointment.service)),
    ]
    return Slip(booking_key(appointment), number, rule.language, tuple(blocks))


def booking_key(appointment: Appointment) -> str:
    """What names its slip; another time is another slip."""
    return f"{appointment.appointment_id} {appointment.slot}{BOOKING_END}"
