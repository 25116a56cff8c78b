"""Whether the printer's address fits how it is connected, and whether the voice has something to say."""

from collections.abc import Iterator

from hallq.domain.devices import PLACEHOLDERS, Connection, PrinterRule, VipRule, VoiceRule
from hallq.i18n import N_, Sentence
from hallq.settings.faults import fault_at, one_of, shown

_NEEDED = {
    Connection.NETWORK: N_('a network address is needed, for example "192.0.2.10" or "192.0.2.10:9100"'),
    Connection.USB: N_('two numbers as `lsusb` shows them are needed, for example "04b8:0e15"'),
    Connection.SERIAL: N_('a serial port is needed, for example "/dev/ttyUSB0" or "COM3"'),
    Connection.FILE: N_('a device such as "/dev/usb/lp0" is needed, or a file that ends in .prn'),
}


def device_faults(printer: PrinterRule, voice: VoiceRule, vip: VipRule) -> Iterator[Sentence]:
    """What keeps the printer from printing, the voice from speaking, or a message from being sent."""
    if not printer.address_fits:
        told = N_("{found} does not fit: {needed}")
        needed = Sentence(_NEEDED[printer.connection])
        yield fault_at("printer.address", told, found=shown(printer.address), needed=needed)
    if unknown := printer.unknown_placeholders:
        told = N_("nothing is known for {found} in braces. Allowed: {allowed}")
        yield fault_at("printer.qr_address", told, found=one_of(unknown), allowed=one_of(PLACEHOLDERS))
    if not voice.languages:
        yield fault_at("voice.languages", N_('the list is empty; "zh", "en" or both are needed'))
    if not vip.address_fits:
        yield fault_at("vip.webhook", N_('an address such as "https://example.com/hallq" is needed, or none'))
