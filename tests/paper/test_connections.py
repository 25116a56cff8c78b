"""Printers on a serial line (a pair of pseudo terminals), on USB and as a device file."""

import errno
import os
import pty
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hallq.domain.devices import PrinterState
from hallq.paper.once import look_once, print_once
from hallq.paper.slip import Huge, Line, Slip
from tests.paper.receipt_printer import IMPATIENT, WELL, a_rule
from tests.paper.usb_printer import UsbPrinter

SLIP = Slip("k", "A012", "zh", (Huge("A012"), Line("补(换)卡")))
QUESTIONS = {b"\x10\x04\x01": WELL, b"\x10\x04\x04": WELL, b"\x1dr\x01": 0}


@pytest.fixture
def usb_printer(monkeypatch: pytest.MonkeyPatch) -> UsbPrinter:
    """The only device on this computer's USB."""
    printer = UsbPrinter()
    monkeypatch.setattr("usb.backend.libusb1.get_backend", lambda: printer)
    return printer


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


def test_a_usb_printer_is_spoken_to_where_it_listens(usb_printer: UsbPrinter) -> None:
    assert print_once(usb_printer.rule, SLIP) is PrinterState.READY
    assert "补(换)卡".encode("gb18030") in usb_printer.printed
    assert usb_printer.printed.endswith(b"\x1dV\x01")


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (errno.EACCES, PrinterState.NO_RIGHT),
        (errno.EBUSY, PrinterState.IN_USE),
        (errno.ENODEV, PrinterState.OFF),
    ],
)
def test_what_keeps_a_usb_printer_from_printing_is_told(
    usb_printer: UsbPrinter, trouble: int, state: PrinterState
) -> None:
    usb_printer.trouble = trouble
    assert print_once(usb_printer.rule, SLIP) is state
    assert not usb_printer.printed


def test_a_usb_printer_that_is_not_there_or_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("usb.backend.libusb1.get_backend", lambda: UsbPrinter(0x1234, 0x5678))
    assert look_once(a_rule(connection="usb", address="04b8:0e15")) is PrinterState.OFF
    for library in ("libusb1", "libusb0", "openusb"):
        monkeypatch.setattr(f"usb.backend.{library}.get_backend", lambda: None)
    assert look_once(a_rule(connection="usb", address="04b8:0e15")) is PrinterState.NO_LIBRARY
