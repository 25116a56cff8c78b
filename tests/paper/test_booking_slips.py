"""The slip of an appointment, read on a real port: when, by which number, what to bring."""

import pytest

from hallq.domain import intents as i
from hallq.domain.appointments import Appointment, booking_number
from hallq.domain.events import AppointmentBooked
from hallq.domain.lanes import Tier
from hallq.paper.booking import booking_slip
from hallq.paper.layout import Row, cells, rows
from hallq.store import Store
from tests.builders import DATE, HandClock, TryHall, a_config, a_hall
from tests.paper.receipt_printer import ReceiptPrinter
from tests.paper.test_printing import a_desk

NUMBER = "10000000421"


def booked(hall: TryHall, time: str = "10:30") -> Appointment:
    """A gold customer comes for a SIM card."""
    intent = i.BookAppointment(
        slot=f"{DATE}T{time}",
        service="sim_replacement",
        tier=Tier.GOLD,
        customer=hall.hall.recognise(NUMBER).customer,
    )
    appointment_id = hall.event(intent, AppointmentBooked).appointment_id
    return hall.state.appointments[appointment_id]


SAID = {
    "zh": ("预约单", "补(换)卡", "优先通道", "2026-11-22 周日", "请于 10:20 至 10:30 到引导台报到"),
    "en": (
        "Your appointment",
        "SIM replacement",
        "Priority lane",
        "2026-11-22 Sun",
        "Please check in 10:20 to 10:30\n",
    ),
}
REST = {
    "zh": ("10:40 后取普通号", "改约请提前 120 分钟告知", "请备好：身份证", "预约号 {number}"),
    "en": (
        "After 10:40: an ordinary number\n",
        "To change it: 120 min ahead\n",
        "Please have ready: ID card",
        "no. {number}",
    ),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_printer_gets_all_that_the_customer_has_to_know(
    store: Store, clock: HandClock, language: str
) -> None:
    with ReceiptPrinter() as printer, a_desk(printer.rule()) as desk:
        settings = printer.rule(language=language, paper="58mm").model_dump()
        hall = a_hall(store, clock, a_config(printer=settings))
        appointment = booked(hall)
        number = booking_number(appointment.appointment_id)
        assert desk.print(booking_slip(hall.hall.config, appointment))
        printer.has_printed(b"\x1dV\x01")
        encoding = "gb18030" if language == "zh" else "cp437"
        for text in (*SAID[language], *REST[language], "10:30\n"):
            assert text.format(number=number).encode(encoding) in printer.printed, text
        for secret in (NUMBER, NUMBER[-4:], appointment.customer or "?", appointment.appointment_id):
            assert secret.encode() not in printer.printed


@pytest.mark.parametrize("columns", [32, 48])
def test_every_line_fits_the_paper(hall: TryHall, columns: int) -> None:
    slip = booking_slip(hall.hall.config, booked(hall), is_copy=True)
    lines = [row for row in rows(slip, columns) if isinstance(row, Row)]
    assert all(cells(line.text, "zh") * line.size <= columns for line in lines)
    assert "补打" in [line.text for line in lines]


def test_a_number_stays_when_the_time_moves(hall: TryHall) -> None:
    before = booked(hall, "14:00")
    hall.does(i.MoveAppointment(appointment_id=before.appointment_id, slot=f"{DATE}T15:00"))
    after = hall.state.appointments[before.appointment_id]
    slips = [booking_slip(hall.hall.config, each) for each in (before, after)]
    assert slips[0].name == slips[1].name
    assert slips[0].key != slips[1].key  # the old one still waits: it does not stand for the new one
