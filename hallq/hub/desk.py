"""The hub's desk: everything that may be asked of it, each call for one hall.

Synchronous and thread-safe; several workers may stand on one database. Every call raises
HubFault where it says no.
"""

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path

from hallq.clock import Clock
from hallq.domain.config import HallConfig
from hallq.hub import (
    commands,
    devices,
    enrolling,
    giving_back,
    hello,
    ledger,
    numbers,
    pages,
    pushing,
    recovery,
    settings,
    status,
    tokens,
)
from hallq.hub.bell import Lookout
from hallq.hub.courier import Courier
from hallq.hub.database import Database
from hallq.hub.keeping import Keeping
from hallq.hub.shapes import Caller, DeviceStatus, HallStatus, HubFault, Role
from hallq.hub.sitting import Desk, Sitting
from hallq.protocol import (
    Answer,
    Command,
    Enrol,
    Enrolled,
    Entry,
    Fault,
    GivenBack,
    Hello,
    Offered,
    Page,
    Place,
    Pull,
    Push,
    Pushed,
    Welcome,
)


class Hub(Keeping):
    """The sequencer of all halls in one database."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        key: bytes,
        new_random: Callable[[], str],
        notifying: bool = False,
        home: Path | None = None,
        leaders: Executor | None = None,
    ) -> None:
        """`key` seals pages and lies outside the database; `new_random` gives 128 bits or more.

        `notifying`: workers on one PostgreSQL tell each other at once, besides looking now and then.
        `home`: the key's folder, where VIP directories and numbers to call back lie, if any.
        `leaders`: who works; threads of its own.
        """
        self._desk = Desk(database, clock, key, new_random, leaders)
        self._home = home
        self._lookout = Lookout(self._desk.bell, partial(status.known_positions, self._desk), time.monotonic)
        self._courier: Courier | None = None
        if notifying and database.is_postgresql:
            self._courier = Courier(database.connect_apart, self._desk.bell.ring, self._lookout.look)
        self._desk.placed = self._placed

    def _placed(self, sitting: Sitting) -> None:
        """After each commit that placed something."""
        numbers.forget_ended(self._home, sitting)
        if self._courier is not None:
            self._courier.send(sitting.hall, sitting.row.position)

    def create_hall(self, hall: str, name: str, settings_toml: str) -> None:
        """A new hall with its first settings; nothing happens when it is there already."""
        devices.create_hall(self._desk, hall, name)
        if not self.settings(Caller(hall, devices.HUB)).version:
            settings.publish(self._desk, hall, settings_toml)

    def halls(self) -> dict[str, str]:
        """Every hall's id and name."""
        return status.every_hall(self._desk)

    def invite(self, hall: str, name: str, role: Role = Role.TERMINAL) -> str:
        """A one-time code, good for ten minutes. The name of an earlier device: its successor."""
        return enrolling.invite(self._desk, hall, name, role)

    def enrol(self, hall: str, asked: Enrol) -> Enrolled:
        """Identity for a code, which is used up."""
        return enrolling.enrol(self._desk, hall, asked)

    def authenticate(self, hall: str, token: str) -> Caller:
        """Whose token this is; UNAUTHORISED for every one that is not good in this hall."""
        return tokens.authenticate(self._desk, hall, token)

    def remembered(self, hall: str, token: str) -> Caller | None:
        """Whose token this was lately, without the database: only for what looks at the caller again."""
        return tokens.remembered(self._desk, hall, token)

    def forget(self, caller: Caller) -> None:
        """This caller was refused: look its token up the next time."""
        self._desk.callers.forget(caller)

    def devices(self, hall: str) -> tuple[DeviceStatus, ...]:
        """All devices of a hall, the revoked ones too."""
        return status.of_devices(self._desk, hall)

    def revoke(self, hall: str, device: str) -> None:
        """The device's token is good no more."""
        tokens.revoke(self._desk, hall, device)

    def rotate(self, caller: Caller) -> str:
        """A new token; the old one is good until the new one is used for the first time."""
        return tokens.rotate(self._desk, caller)

    def hello(self, caller: Caller, said: Hello) -> Welcome:
        """The first words of a session."""
        return hello.hello(self._desk, caller, said)

    def push(self, caller: Caller, pushed: Push | Offered) -> Pushed:
        """Own events of a terminal get their positions."""
        return self.push_in_turn(caller, pushed).result()

    def push_in_turn(self, caller: Caller, pushed: Push | Offered) -> "Future[Pushed]":
        """As `push`, without a thread that waits."""
        return pushing.push(self._desk, caller, pushed)

    def pull(self, caller: Caller, asked: Pull) -> Page:
        """What comes after a place; and the lease, when it has changed."""
        return pages.pull(self._desk, caller, asked)

    def command(self, caller: Caller, asked: Command) -> Answer:
        """Decide an intent once and for ever."""
        return self.command_in_turn(caller, asked).result()

    def command_in_turn(self, caller: Caller, asked: Command) -> "Future[Answer]":
        """As `command`, without a thread that waits."""
        return commands.command(self._desk, caller, asked)

    def give_back(self, caller: Caller, given: GivenBack) -> Welcome:
        """Entries that this hub has lost, or that a hub below it forwards."""
        standing, sitting = giving_back.give_back(self._desk, caller, given)
        return hello.welcome(sitting, standing)

    def config(self, hall: str) -> HallConfig:
        """The hall's settings."""
        return settings.config(self._desk, hall)

    def place(self, hall: str) -> Place:
        """How far the hall's log is."""
        return status.place(self._desk, hall)

    def entries(self, hall: str, after: int, limit: int) -> list[Entry]:
        """The hall's log after a position, oldest first."""
        return self._desk.database.look(lambda c: ledger.entries_after(c, hall, after, limit))

    def last(self, hall: str) -> int:
        """The newest position."""
        self._desk.used(hall)
        found = status.positions(self._desk, [hall])
        if hall not in found:
            raise HubFault(Fault.UNAUTHORISED)
        self._desk.bell.ring(hall, found[hall])
        return found[hall]

    def wait_after(self, hall: str, position: int, timeout_seconds: float) -> int:
        """Wait until the hall is past `position`, or the time is over; the newest position."""
        newest = self.last(hall)
        if newest > position:
            return newest
        self._look_out()
        return self._desk.bell.wait(hall, position, timeout_seconds)

    def subscribe(self, rung: Callable[[str, int], None]) -> Callable[[], None]:
        """Call `rung(hall, position)` from any thread when a hall moves; what is returned ends it."""
        self._look_out()
        return self._desk.bell.subscribe(rung)

    def _look_out(self) -> None:
        self._lookout.start()
        if self._courier is not None:
            self._courier.start()

    def status(self, hall: str) -> HallStatus:
        """How the hall and its devices are."""
        return status.status(self._desk, hall)

    def resume(self, hall: str) -> None:
        """A person ends the wait of a recovery; whoever came may still send what it has."""
        recovery.resume(self._desk, hall)

    def promote(self, hall: str) -> None:
        """A person says that this database took the place of a lost one: a new epoch, and recovery."""
        recovery.promote(self._desk, hall, by_word=False)

    def rebuild(self, hall: str) -> None:
        """As `promote`, for a hall of which all is lost: a person says when all its terminals are there."""
        recovery.promote(self._desk, hall, by_word=True)

    def release(self, hall: str, counter: int, actor: str) -> tuple[str, ...]:
        """A person frees the leased tickets of a silent counter; their ids."""
        return status.release(self._desk, hall, counter, actor)

    def close(self) -> None:
        """Let go of the database."""
        if self._courier is not None:
            self._courier.end()
        self._lookout.end()
        self._desk.close()
