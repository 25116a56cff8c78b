"""A connection to the printer: it takes bytes within a time limit, and may answer questions.

The questions are those of ESC/POS. DLE EOT is answered at once, also while paper is missing;
GS r is answered in its turn: when all that was sent before it is done.
"""

import contextlib
import errno
import os
import socket
import stat
from collections.abc import Callable
from typing import Any

from hallq.domain.devices import Connection, PrinterRule, PrinterState
from hallq.paper.python_escpos import escpos

PRINTER, OFFLINE, ROLL = b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"
DONE = b"\x1dr\x01"

_OFF_LINE_BIT = 0x08
_COVER, _PAPER_END_STOP, _ERROR = 0x04, 0x20, 0x40
_ROLL_LOW, _ROLL_OUT = 0x0C, 0x60
_TOLD = {
    errno.ENODEV: PrinterState.OFF,
    errno.EACCES: PrinterState.NO_RIGHT,
    errno.EPERM: PrinterState.NO_RIGHT,
    errno.EBUSY: PrinterState.IN_USE,
}
_MOST_READS = 8
"""A printer may say other things in between."""


class LineError(Exception):
    """The printer cannot be reached, or did not take what was sent."""

    def __init__(self, state: PrinterState, detail: str = "") -> None:
        """`state`: what that says of the printer."""
        super().__init__(detail or state.value)
        self.state = state


class Line:
    """One open connection. Raises LineError, and nothing else."""

    def __init__(self, rule: PrinterRule) -> None:
        """Open it."""
        self._kind = rule.connection
        self._has_failed = False
        self._printer = _guarded(lambda: _opened(rule), PrinterState.OFF)

    def look(self) -> PrinterState | None:
        """How the printer says it is; None when it says nothing."""
        general = self._ask(PRINTER, _is_real_time)
        if general is None:
            return None
        if general & _OFF_LINE_BIT:
            why = self._ask(OFFLINE, _is_real_time) or 0
            if why & _COVER:
                return PrinterState.COVER_OPEN
            if why & _ERROR and not why & _PAPER_END_STOP:
                return PrinterState.FAULT
        roll = self._ask(ROLL, _is_real_time) or 0
        if roll & _ROLL_OUT:
            return PrinterState.NO_PAPER
        if general & _OFF_LINE_BIT:
            return PrinterState.FAULT
        return PrinterState.LOW if roll & _ROLL_LOW else PrinterState.READY

    def send(self, data: bytes) -> None:
        """Hand over everything, or raise within the time limit."""
        try:
            _guarded(lambda: self._printer._raw(data), PrinterState.SLOW)
        except LineError:
            self._has_failed = True
            raise

    def wait_until_done(self) -> bool:
        """Whether the printer says in time that all it got is printed."""
        return self._ask(DONE, _is_in_turn) is not None

    def close(self) -> None:
        """Let go of the printer, whatever state it is in."""
        with contextlib.suppress(Exception):  # nothing is to be done with it any more
            if self._has_failed and self._kind is Connection.SERIAL:
                self._printer.device.reset_output_buffer()  # closing would wait until it is taken
            self._printer.close()

    def _ask(self, question: bytes, is_answer: Callable[[int], bool]) -> int | None:
        if self._kind is Connection.FILE:
            return None
        self.send(question)
        for _ in range(_MOST_READS):
            said: bytes = _guarded(self._read, PrinterState.OFF)
            if not said:
                return None
            fitting = [byte for byte in said if is_answer(byte)]
            if fitting:
                return fitting[0]
        return None

    def _read(self) -> bytes:
        """What came within the time limit. Raises OSError when the other side is gone."""
        try:
            if self._kind is Connection.SERIAL:
                return bytes(self._printer.device.read(1))  # the library would wait for sixteen
            said = bytes(self._printer._read())
        except OSError as error:
            if isinstance(error, TimeoutError) or error.errno == errno.ETIMEDOUT:
                return b""
            raise
        if not said and self._kind is Connection.NETWORK:
            raise ConnectionResetError
        return said


def _is_real_time(byte: int) -> bool:
    return byte & 0b1001_0011 == 0b0001_0010


def _is_in_turn(byte: int) -> bool:
    return byte & 0b1001_0000 == 0


def _guarded(act: Callable[[], Any], state: PrinterState) -> Any:
    try:
        return act()
    except LineError:
        raise
    except Exception as error:  # the library's own kinds, the system's, and those of USB and serial ports
        raise LineError(_told_by(error) or state, f"{type(error).__name__}: {error}") from error


def _told_by(error: BaseException | None) -> PrinterState | None:
    """What the system says of it; its own error lies under the library's."""
    while error is not None:
        if type(error).__name__ == "NoBackendError":
            return PrinterState.NO_LIBRARY
        if found := _TOLD.get(getattr(error, "errno", None) or 0):
            return found
        error = error.__cause__ or error.__context__
    return None


def _opened(rule: PrinterRule) -> Any:
    printers, seconds = escpos(), rule.timeout_seconds
    if not rule.address_fits:
        raise LineError(PrinterState.OFF, "address")
    match rule.connection:
        case Connection.NETWORK if rule.network:
            host, port = rule.network
            printer = printers.Network(host, port, timeout=seconds)
            printer.device = socket.create_connection((host, port), seconds)  # any kind of address
        case Connection.USB if rule.usb:
            vendor, product = rule.usb
            printer = printers.Usb(vendor, product, timeout=round(seconds * 1000))
            printer.open()
            printer.in_ep, printer.out_ep = endpoints(printer.device)
        case Connection.SERIAL:
            printer = printers.Serial(rule.address, baudrate=rule.baud, timeout=seconds)
            printer.open()
            printer.device.write_timeout = seconds
        case _:
            printer = printers.File(rule.address)
            printer.device = _device_or_print_file(rule.address)
    return printer


def _device_or_print_file(path: str) -> Any:
    """A file is written on at its end; the library would begin it anew with each ticket."""
    if path.startswith("/dev/") and not stat.S_ISCHR(os.stat(path).st_mode):
        raise LineError(PrinterState.OFF, "no device")
    return open(path, "ab")


def endpoints(device: Any) -> tuple[int, int]:
    """(in, out) of a USB printer: makers number them as they like."""
    bulk, incoming = 0x02, 0x80
    addresses = [
        endpoint.bEndpointAddress
        for interface in device.get_active_configuration()
        for endpoint in interface
        if endpoint.bmAttributes & 0x03 == bulk
    ]
    return (
        next((address for address in addresses if address & incoming), 0x82),
        next((address for address in addresses if not address & incoming), 0x01),
    )
