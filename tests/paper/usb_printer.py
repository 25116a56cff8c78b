"""A receipt printer on the USB, in the place of libusb: below everything that a program has."""

from array import array
from typing import Any

from usb.backend import IBackend
from usb.core import USBError

from hallq.domain.devices import PrinterRule
from tests.paper.receipt_printer import a_rule

IN, OUT, OTHER = 0x81, 0x03, 0x83
BULK, INTERRUPT = 0x02, 0x03
ANSWERS = {b"\x10\x04\x01": 0x12, b"\x10\x04\x02": 0x12, b"\x10\x04\x04": 0x12, b"\x1dr\x01": 0}


class Descriptor:
    """What a device says of itself; what nobody asks for is 0."""

    extra_descriptors = ()
    port_numbers = ()

    def __init__(self, **told: int) -> None:
        self.__dict__.update(told)

    def __getattr__(self, name: str) -> int:
        return 0


class UsbPrinter(IBackend):  # type: ignore[misc]
    """`trouble`: what the system says instead of opening it or lending it."""

    def __init__(self, vendor: int = 0x04B8, product: int = 0x0E15) -> None:
        self._names = (vendor, product)
        self.trouble = 0
        self.printed = bytearray()
        self._said = bytearray()

    @property
    def rule(self) -> PrinterRule:
        """Settings that lead here."""
        vendor, product = self._names
        return a_rule(connection="usb", address=f"{vendor:04x}:{product:04x}")

    def enumerate_devices(self) -> list[str]:
        return ["printer"]

    def get_device_descriptor(self, dev: Any) -> Descriptor:
        vendor, product = self._names
        return Descriptor(idVendor=vendor, idProduct=product, bNumConfigurations=1)

    def get_configuration_descriptor(self, dev: Any, config: int) -> Descriptor:
        if config:
            raise IndexError
        return Descriptor(bNumInterfaces=1, bConfigurationValue=1)

    def get_interface_descriptor(self, dev: Any, intf: int, alt: int, config: int) -> Descriptor:
        if intf or alt:
            raise IndexError
        return Descriptor(bNumEndpoints=3)

    def get_endpoint_descriptor(self, dev: Any, ep: int, intf: int, alt: int, config: int) -> Descriptor:
        address, kind = ((OTHER, INTERRUPT), (OUT, BULK), (IN, BULK))[ep]
        return Descriptor(bEndpointAddress=address, bmAttributes=kind, wMaxPacketSize=64)

    def open_device(self, dev: Any) -> str:
        if self.trouble:
            raise USBError("Refused", -1, self.trouble)
        return "handle"

    def close_device(self, dev_handle: Any) -> None:
        pass

    def set_configuration(self, dev_handle: Any, config_value: int) -> None:
        pass

    def get_configuration(self, dev_handle: Any) -> int:
        return 1

    def claim_interface(self, dev_handle: Any, intf: int) -> None:
        pass

    def release_interface(self, dev_handle: Any, intf: int) -> None:
        pass

    def reset_device(self, dev_handle: Any) -> None:
        pass

    def bulk_write(self, dev_handle: Any, ep: int, intf: int, data: Any, timeout: int) -> int:
        assert ep == OUT
        rest = bytes(data)
        for question, answer in ANSWERS.items():
            if question in rest:
                rest = rest.replace(question, b"")
                self._said.append(answer)
        self.printed += rest
        return len(data)

    def bulk_read(self, dev_handle: Any, ep: int, intf: int, buff: "array[int]", timeout: int) -> int:
        assert ep == IN
        said = bytes(self._said[: len(buff)])
        del self._said[: len(said)]
        buff[: len(said)] = array("B", said)
        return len(said)
