"""What operators and the doorbell say on the wire, beside `hallq.protocol`."""

from typing import Annotated

from pydantic import Field

from hallq.hub.shapes import Role
from hallq.protocol.base import Name, Wire


class Invitation(Wire):
    """A device is to be enrolled. The name of an earlier device makes it that one's successor."""

    name: Annotated[Name, Field(min_length=1)]


class Invited(Wire):
    """A one-time code, good for ten minutes."""

    code: str


class DeviceTold(Wire):
    """One device, as `DeviceStatus` says it."""

    device: str
    name: str
    role: Role
    digit: int
    seen_ms: int | None
    behind: int
    more: bool
    lease_tickets: int
    revoked: bool
    fenced: bool


class HallTold(Wire):
    """One hall, as `HallStatus` says it; a terminal is told of no other device than itself."""

    hall: str
    name: str
    epoch: str
    position: int
    hall_ms: int
    recovering: bool
    contested: int
    quarantined: int
    released: int
    settings_version: int
    devices: list[DeviceTold]


class Well(Wire):
    """The hub lives (or: can work)."""

    well: bool = True
