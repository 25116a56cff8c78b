"""The hub's desk: everything that may be asked of it, each call for one hall.

Synchronous and thread-safe; several workers may stand on one database. Every call raises
HubFault where it says no.
"""

from collections.abc import Callable

from hallq.clock import Clock
from hallq.hub.database import Database
from hallq.hub.shapes import Caller, DeviceStatus, HallStatus, Role
from hallq.protocol import (
    Answer,
    Command,
    Enrol,
    Enrolled,
    GivenBack,
    Hello,
    Page,
    Pull,
    Push,
    Pushed,
    Snapshot,
    Welcome,
)


class Hub:
    """The sequencer of all halls in one database."""

    def __init__(
        self, database: Database, *, clock: Clock, key: bytes, new_random: Callable[[], str]
    ) -> None:
        """`key` seals pages and lies outside the database; `new_random` gives 128 bits or more."""
        raise NotImplementedError

    def create_hall(self, hall: str, name: str, settings_toml: str) -> None:
        """A new hall with its first settings; nothing happens when it is there already."""
        raise NotImplementedError

    def halls(self) -> dict[str, str]:
        """Every hall's id and name."""
        raise NotImplementedError

    def invite(self, hall: str, name: str, role: Role = Role.TERMINAL) -> str:
        """A one-time code, good for ten minutes. The name of an earlier device: its successor."""
        raise NotImplementedError

    def enrol(self, hall: str, asked: Enrol) -> Enrolled:
        """Identity for a code, which is used up."""
        raise NotImplementedError

    def authenticate(self, hall: str, token: str) -> Caller:
        """Whose token this is; UNAUTHORISED for every one that is not good in this hall."""
        raise NotImplementedError

    def devices(self, hall: str) -> tuple[DeviceStatus, ...]:
        """All devices of a hall, the revoked ones too."""
        raise NotImplementedError

    def revoke(self, hall: str, device: str) -> None:
        """The device's token is good no more."""
        raise NotImplementedError

    def rotate(self, caller: Caller) -> str:
        """A new token; the old one is good until the new one is used for the first time."""
        raise NotImplementedError

    def hello(self, caller: Caller, hello: Hello) -> Welcome:
        """The first words of a session."""
        raise NotImplementedError

    def push(self, caller: Caller, push: Push) -> Pushed:
        """Own events of a terminal get their positions."""
        raise NotImplementedError

    def pull(self, caller: Caller, pull: Pull) -> Page:
        """What comes after a place; and the lease, when it has changed."""
        raise NotImplementedError

    def command(self, caller: Caller, command: Command) -> Answer:
        """Decide an intent once and for ever."""
        raise NotImplementedError

    def give_back(self, caller: Caller, given: GivenBack) -> Welcome:
        """Entries that this hub has lost, or that a hub below it forwards."""
        raise NotImplementedError

    def settings(self, caller: Caller) -> Snapshot:
        """The newest settings of the hall."""
        raise NotImplementedError

    def publish_settings(self, hall: str, toml: str) -> int:
        """New settings; their version. The present ones again: no new version."""
        raise NotImplementedError

    def last(self, hall: str) -> int:
        """The newest position."""
        raise NotImplementedError

    def wait_after(self, hall: str, position: int, timeout_seconds: float) -> int:
        """Wait until the hall is past `position`, or the time is over; the newest position."""
        raise NotImplementedError

    def subscribe(self, rung: Callable[[str, int], None]) -> Callable[[], None]:
        """Call `rung(hall, position)` from any thread when a hall moves; what is returned ends it."""
        raise NotImplementedError

    def status(self, hall: str) -> HallStatus:
        """How the hall and its devices are."""
        raise NotImplementedError

    def resume(self, hall: str) -> None:
        """A person ends recovery before every device has said what it has."""
        raise NotImplementedError

    def release(self, hall: str, counter: int, actor: str) -> tuple[str, ...]:
        """A person frees the leased tickets of a silent counter; their ids."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the database."""
        raise NotImplementedError
