"""What a hall says about its printer and its voice, and how a printer can be."""

import re
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import Annotated, Literal

from pydantic import Field

from hallq.domain.text import PlainText
from hallq.domain.words import Model

PORT = 9100
"""Where receipt printers listen on the network."""

PLACEHOLDERS = ("date", "hall", "ticket")
"""What the address in a QR code may name."""

_WEB = re.compile(r"https?://[A-Za-z0-9\[][^\s]*")
_NETWORK = re.compile(r"([A-Za-z0-9][A-Za-z0-9.-]{0,252})(?::(\d{1,5}))?")
_USB = re.compile(r"([0-9A-Fa-f]{4}):([0-9A-Fa-f]{4})")
_SERIAL = re.compile(r"/dev/[\w./-]+|COM\d{1,3}")
_FILE = re.compile(r"/dev/[\w./-]+|.+\.prn")


class Connection(StrEnum):
    """How a printer is connected."""

    NONE = "none"
    NETWORK = "network"
    USB = "usb"
    SERIAL = "serial"
    FILE = "file"


class Paper(StrEnum):
    """The two widths that receipt paper has."""

    MM_58 = "58mm"
    MM_80 = "80mm"

    @property
    def columns(self) -> int:
        """How many letters fit in a line; a Chinese character takes two."""
        return 32 if self is Paper.MM_58 else 48


class PrinterRule(Model):
    """The printer at the door. `timeout_seconds`: how long it may take to answer or to take a ticket.

    `visit_slip`: whether a counter prints what a visit did when it is asked, or at each visit's end.
    """

    connection: Connection
    address: PlainText
    baud: Annotated[int, Field(ge=1_200, le=921_600)]
    paper: Paper
    language: Literal["zh", "en"]
    timeout_seconds: Annotated[float, Field(gt=0, le=60)]
    qr_address: PlainText
    visit_slip: Literal["asked", "always"]

    def here(self, chosen: str | None) -> "PrinterRule":
        """The hall's printer at a terminal that chose for itself: another address of this kind, or none."""
        if chosen == Connection.NONE:
            return self.model_copy(update={"connection": Connection.NONE})
        return self.model_copy(update={"address": chosen}) if chosen else self

    @property
    def network(self) -> tuple[str, int] | None:
        """(host, port), unless the address is none."""
        found = _NETWORK.fullmatch(self.address)
        port = int(found[2] or PORT) if found else 0
        return (found[1], port) if found and 0 < port < 65_536 else None

    @property
    def usb(self) -> tuple[int, int] | None:
        """(vendor, product), unless the address is none."""
        found = _USB.fullmatch(self.address)
        return (int(found[1], 16), int(found[2], 16)) if found else None

    @property
    def address_fits(self) -> bool:
        """Whether the address is one for this kind of connection.

        A file is a device or ends in `.prn`: settings come over the network, too, and are not
        to say where else this computer writes.
        """
        match self.connection:
            case Connection.NETWORK:
                return self.network is not None
            case Connection.USB:
                return self.usb is not None
            case Connection.SERIAL:
                return _is_path(_SERIAL, self.address)
            case Connection.FILE:
                return _is_path(_FILE, self.address)
        return True

    def qr_content(self, ticket: str, date: str, hall: str) -> str:
        """The address in the QR code of a ticket; empty for none, and for one that cannot be filled in."""
        if self.unknown_placeholders:
            return ""
        return self.qr_address.format(ticket=ticket, date=date, hall=hall)

    @property
    def unknown_placeholders(self) -> tuple[str, ...]:
        """What stands in braces and is no known name: a brace alone, and a name with a format, too."""
        try:
            parts = list(Formatter().parse(self.qr_address))
        except ValueError:
            return (self.qr_address,)
        named = [
            f"{name}{f'!{how}' if how else ''}{f':{spec}' if spec else ''}"
            for _text, name, spec, how in parts
            if name is not None
        ]
        return tuple(name for name in named if name not in PLACEHOLDERS)


def _is_path(pattern: re.Pattern[str], address: str) -> bool:
    return pattern.fullmatch(address) is not None and ".." not in address


class PrinterState(StrEnum):
    """How the printer is, as far as it says."""

    UNKNOWN = "unknown"
    READY = "ready"
    LOW = "low"
    NO_PAPER = "no-paper"
    COVER_OPEN = "cover-open"
    FAULT = "fault"
    OFF = "off"
    NO_RIGHT = "no-right"
    IN_USE = "in-use"
    NO_LIBRARY = "no-library"
    SLOW = "slow"

    @property
    def prints(self) -> bool:
        """Whether it would print now."""
        return self in (PrinterState.READY, PrinterState.LOW)

    @property
    def is_well(self) -> bool:
        """Whether nobody has to see to it."""
        return self in (PrinterState.READY, PrinterState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """The printer, and how many slips wait for it."""

    state: PrinterState
    waiting: int = 0


class VoiceMode(StrEnum):
    """How calls are heard."""

    SPEECH = "speech"
    BELL = "bell"
    OFF = "off"


class VoiceRule(Model):
    """How the board makes calls heard. `one`: how the digit 1 of a number is read in Chinese."""

    mode: VoiceMode
    languages: tuple[Literal["zh", "en"], ...]
    times: Annotated[int, Field(ge=1, le=3)]
    volume_percent: Annotated[int, Field(ge=0, le=100)]
    one: Literal["一", "幺"]

    def here(self, chosen: str | None) -> "VoiceRule":
        """The hall's voice at a terminal that chose another mode for itself."""
        return self.model_copy(update={"mode": VoiceMode(chosen)}) if chosen else self


class VipRule(Model):
    """How a customer's manager is told. `webhook`: the service that is posted to, empty for none."""

    webhook: PlainText
    timeout_seconds: Annotated[float, Field(gt=0, le=60)]

    @property
    def address_fits(self) -> bool:
        """Whether something can be posted there."""
        return not self.webhook or _WEB.fullmatch(self.webhook) is not None
