"""From a file that has joined a hub to a hall that works with it."""

import contextlib
import random
import secrets
from pathlib import Path

from hallq import __version__
from hallq.clock import Clock, SystemClock
from hallq.domain.config import HallConfig
from hallq.domain.intents import HandBack
from hallq.hall import Actor
from hallq.logs import journal
from hallq.machine import home_of
from hallq.protocol import Standing
from hallq.protocol.staff import StaffAnswer, StaffAsk
from hallq.store import Store, StoreError
from hallq.store import joined as joining
from hallq.store.joined import Joined
from hallq.sync.address import Address, Credentials, NoTokenError, address_of, load_credentials
from hallq.sync.asking import Asking
from hallq.sync.bell import BellListener
from hallq.sync.connecting import Connector
from hallq.sync.file import TerminalFile
from hallq.sync.http_line import AT_A_KEY, HttpLine
from hallq.sync.joined_hall import JoinedHall
from hallq.sync.line import LineError, OutcomeUnknown
from hallq.sync.numbers_up import NumbersUp
from hallq.sync.runner import Runner
from hallq.sync.settings_down import taken
from hallq.sync.staff_down import take_staff
from hallq.sync.status import Link
from hallq.sync.vips_down import VipsDown
from hallq.sync.worker import SyncWorker


def random_128() -> str:
    """128 random bits in hexadecimal."""
    return secrets.token_hex(16)


def joined_in(store: Store) -> Joined | None:
    """Who this file's terminal is to its hub."""
    with store.reading() as connection:
        return joining.load(connection)


def address_in(joined: Joined) -> Address:
    """The hall at the hub that the file names. Raises BadAddressError."""
    return address_of(f"{joined.hub_url}/v1/halls/{joined.hall}")


def connector_of(store: Store, joined: Joined) -> Connector:
    """The way to the hub; without its token the terminal is a stranger there, and says so.

    Raises BadAddressError, PlainTextError.
    """
    address = address_in(joined)
    try:
        return Connector(address, load_credentials(store.path))
    except NoTokenError:
        journal().warning("no-token")
        return Connector(address, Credentials("", plain_http=True))


class Opened:
    """A hall that works with its hub, and what drives the conversation."""

    def __init__(
        self,
        store: Store,
        config: HallConfig,
        connector: Connector,
        settings: Path,
        *,
        clock: Clock | None = None,
    ) -> None:
        """`settings`: where the hall's settings lie on this terminal."""
        clock = clock or SystemClock()
        self._store = store
        self._connector = connector
        self._settings = settings
        self._line = HttpLine(connector)
        self._file = TerminalFile(store, clock)
        self._refused_version = 0
        self._vips = VipsDown(store.path.parent, self._line)
        self._numbers = NumbersUp(store, self._line)
        self.runner = self._runner(store, clock)
        self.hall = JoinedHall(
            store,
            config,
            asking=Asking(TerminalFile(store, clock), HttpLine(connector, AT_A_KEY), random_128),
            is_reachable=self.runner.is_reachable,
            on_lost=self.runner.lost,
            on_written=self.runner.written,
            link=self.runner.status,
            ask_staff=self._ask_staff,
            ask_number=HttpLine(connector, AT_A_KEY).number_to_call,
            clock=clock,
        )

    def _runner(self, store: Store, clock: Clock) -> Runner:
        chance = random.SystemRandom().random
        worker = SyncWorker(
            self._file,
            self._line,
            clock=clock,
            new_random=random_128,
            version=__version__,
            home=home_of(store.path),
            give_up=self._give_up,
            on_news=lambda: self.hall.news.set(),
        )
        return Runner(
            store,
            worker,
            clock=clock,
            bell=lambda rung: BellListener(self._connector, rung, chance=chance),
            chance=chance,
            after_step=self._take_down,
        )

    def _ask_staff(self, asked: StaffAsk) -> StaffAnswer:
        """Have the list changed, and take it down at once: whoever asked wants to see it.

        Where no answer came, it is asked in the same words again: the hub does it once.
        """
        line = HttpLine(self._connector, AT_A_KEY)
        try:
            answer = line.change_staff(asked)
        except OutcomeUnknown:
            answer = line.change_staff(asked)
        with contextlib.suppress(LineError):
            take_staff(self._store, line, answer.version)
        return answer

    def start(self) -> None:
        """Begin the conversation."""
        self.runner.start()

    def stop(self) -> None:
        """End it; the hall's file stays open."""
        self.runner.stop()
        self._connector.close()

    def _give_up(self, ticket_id: str, counter: int) -> None:
        self.hall.perform(HandBack(counter=counter, ticket_id=ticket_id), Actor("hallq", "hallq"))

    def _take_down(self, worker: SyncWorker) -> int:
        """Take what flows down; the version of settings that was refused, 0 for none."""
        if worker.status.link is Link.REVOKED:
            with contextlib.suppress(StoreError, OSError):
                self._vips.forget()
                self._numbers.forget()
            return self._refused_version
        with contextlib.suppress(LineError):
            if take_staff(self._store, self._line, worker.roster_version):
                self.hall.news.set()
            if self._vips.step(worker.vip_version):
                self.runner.written()  # the next part soon, and what the queue has to say before it
        with contextlib.suppress(LineError):
            self._numbers.step(self._file.complaints())
        return self._take_settings(worker)

    def _take_settings(self, worker: SyncWorker) -> int:
        """Take other settings than those here; the version that was refused, 0 for none.

        Earlier ones, too: a hub that came back from a backup decides by what it has.
        """
        newest = worker.settings_version
        if newest in (0, self._refused_version, self._file.joined.settings_version):
            return self._refused_version
        with contextlib.suppress(LineError, OSError):
            snapshot = self._line.settings()
            if taken(self._settings, snapshot.body, snapshot.version):
                self._file.change(settings_version=snapshot.version)
                self._refused_version = 0
                journal().info("settings-taken", version=snapshot.version)
            else:
                self._refused_version = snapshot.version
        return self._refused_version


def is_elsewhere(database: Path) -> bool:
    """Whether the file was copied here or moved, alone or with its folder."""
    try:
        return load_credentials(database).home not in ("", home_of(database))
    except NoTokenError:
        return True


def opened(store: Store, config: HallConfig, settings: Path) -> Opened:
    """The hall of a file that has joined a hub. Raises BadAddressError, PlainTextError."""
    joined = joined_in(store)
    assert joined is not None
    connector = connector_of(store, joined)
    if is_elsewhere(store.path):
        # The original may be at work, cut off. The hub would say the same.
        TerminalFile(store, SystemClock()).change(standing=Standing.FENCED.value)
    return Opened(store, config, connector, settings)
