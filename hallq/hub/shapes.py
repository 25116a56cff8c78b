"""Who asks the hub, how it says no, and what it tells operators."""

from dataclasses import dataclass, field
from enum import StrEnum

from hallq.protocol import Fault


class Role(StrEnum):
    """What a caller may do: write as itself, forward a hall's log, or look after the hub."""

    TERMINAL = "terminal"
    HUB = "hub"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Caller:
    """A device whose token was recognised; nothing in a body can change who it is.

    `token_hash`: by which token it was recognised, which must still be the device's when its work is
    done; empty for whoever calls from within the hub.
    """

    hall: str
    device: str
    role: Role = Role.TERMINAL
    token_hash: str = field(default="", repr=False, compare=False)


@dataclass
class HubFault(Exception):  # noqa: N818 - a no is no error of the hub
    """The hub did not do as asked. Nothing of the request was kept, but for BUSY, which is unknown.

    `retry_after_seconds`: 0 when repeating does not help.
    """

    fault: Fault
    detail: str = ""
    retry_after_seconds: int = 0

    def __str__(self) -> str:
        return f"{self.fault} {self.detail}"


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """One device as the hub sees it. `seen_ms`: the hall's clock, None before the first hello.

    `fenced`: a second copy of it has spoken, and was refused.
    """

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


@dataclass(frozen=True, slots=True)
class HallStatus:
    """One hall as its hub sees it. `released`: tickets that a person took from a silent counter.

    `awaited`: who has not said yet what the recovering hub may lack. `by_word`: nobody here knows who the
    terminals are; a person says when all have come. `vip_version`: 0 without a directory.
    """

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
    devices: tuple[DeviceStatus, ...]
    awaited: tuple[str, ...] = ()
    by_word: bool = False
    vip_version: int = 0
