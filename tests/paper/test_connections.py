"""Printers on a serial line (a pair of pseudo terminals), on USB and as a device file."""

import os
import pty
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from hallq.domain.devices import PrinterState
from hallq.paper.line import endpoints
from hallq.paper.once import look_once, print_once
from hallq.paper.slip import Huge, Line, Slip
from tests.paper.receipt_printer import IMPATIENT, WELL, a_rule

SLIP = Slip("k", "A012", "zh", (Huge("A012"), Line("补(换)卡")))
QUESTIONS = {b"\x10\x04\x01": WELL, b"\x10\x04\x04": WELL, b"\x1dr\x01": 0}


class SerialPrinter:
    """The printer's end of a serial line."""

    def __init__(self, *, answers: bool) -> None:
        self.printed = bytearray()
        self._answers = answers
        self._end, self._other = pty.openpty()
        self.address = os.ttyname(self._other)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)

    def _live(self) -> None:
        while not self._ending.is_set():
            if not select.select([self._end], [], [], 0.05)[0]:
                continue
            data = os.read(self._end, 4096)
            for question, answer in QUESTIONS.items():
                if question in data:
                    data = data.replace(question, b"")
                    if self._answers:
                        os.write(self._end, bytes([answer]))
            self.printed += data

    @contextmanager
    def at_work(self) -> Iterator["SerialPrinter"]:
        self._thread.start()
        try:
            yield self
        finally:
            self._ending.set()
            self._thread.join(timeout=60)
            os.close(self._end)
            os.close(self._other)


def test_a_slip_goes_over_a_serial_line() -> None:
    with SerialPrinter(answers=True).at_work() as printer:
        rule = a_rule(connection="serial", address=printer.address, baud=115_200)
        assert print_once(rule, SLIP) is PrinterState.READY
        assert "补(换)卡".encode("gb18030") in printer.printed
        assert printer.printed.endswith(b"\x1dV\x01")


def test_a_serial_printer_that_says_nothing_is_said_to_do_so() -> None:
    with SerialPrinter(answers=False).at_work() as printer:
        rule = a_rule(connection="serial", address=printer.address, timeout_seconds=IMPATIENT)
        assert look_once(rule) is PrinterState.UNKNOWN


def test_a_device_file_takes_slips_and_says_nothing() -> None:
    assert print_once(a_rule(connection="file", address="/dev/null"), SLIP) is PrinterState.UNKNOWN


def test_a_usb_printer_is_spoken_to_where_it_listens() -> None:
    def end(address: int, attributes: int = 0x02) -> SimpleNamespace:
        return SimpleNamespace(bEndpointAddress=address, bmAttributes=attributes)

    device = SimpleNamespace(get_active_configuration=lambda: [[end(0x83, 0x03), end(0x03), end(0x81)]])
    assert endpoints(device) == (0x81, 0x03)
