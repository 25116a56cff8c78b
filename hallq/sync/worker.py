"""One conversation with the hub, a step at a time: say hello, send, take in, ask again.

`step` does no waiting and starts no thread; whoever drives it decides when. The line, the
clock and chance come in as arguments.
"""

import dataclasses
from collections.abc import Callable

from hallq.clock import Clock
from hallq.logs import journal
from hallq.protocol import Fault, Hello, Page, Pull, Standing, Welcome
from hallq.sync.asking import Asking
from hallq.sync.file import ChainBroken, TerminalFile
from hallq.sync.line import HubRefused, Line, LineError
from hallq.sync.sending import give_back, send_own
from hallq.sync.status import Link, SyncStatus

_STANDINGS = {Standing.FENCED: Link.FENCED, Standing.OUTDATED: Link.OUTDATED}
_FAULTS = {
    Fault.FENCED: Link.FENCED,
    Fault.UNAUTHORISED: Link.REVOKED,
    Fault.RECOVERING: Link.RECOVERING,
    Fault.BUSY: Link.CUT_OFF,  # a hub without its database decides nothing: the hall goes on without it
}
MOST_PAGES = 40
"""So many pages are taken in at one step, so that own events are not kept back for long."""


class SyncWorker:
    """The conversation of one terminal's file. One at a time per file, from one thread."""

    def __init__(
        self,
        file: TerminalFile,
        line: Line,
        *,
        clock: Clock,
        new_random: Callable[[], str],
        version: str = "",
        home: str = "",
        give_up: Callable[[str, int], None] = lambda ticket_id, counter: None,
        on_news: Callable[[], None] = lambda: None,
    ) -> None:
        """`new_random`: 128 random bits in hexadecimal, for the session's name.

        `home`: the place of the file on its machine.
        `give_up(ticket_id, counter)`: hand back a ticket that was granted in vain.
        `on_news`: the hall's log has grown here.
        """
        self._file = file
        self._line = line
        self._clock = clock
        self._new_random = new_random
        self._version = version
        self._home = home
        self._give_up = give_up
        self._on_news = on_news
        self._asking = Asking(file, line, new_random)
        self._session = ""
        self._is_trusted = False
        self._is_hub_whole = True
        self.settings_version = self.roster_version = self.vip_version = 0
        """The newest that the hub has, as far as it said; 0 before it did."""
        self.status = SyncStatus()

    @property
    def session(self) -> str:
        """The present session, empty before hello."""
        return self._session

    @property
    def position(self) -> int:
        """How far the hall's log is here."""
        return self._file.place.position

    def recounted(self) -> SyncStatus:
        """The status with what was written here meanwhile; nothing is asked of the hub."""
        self._file.look()
        return self._told(self.status.link)

    def step(self) -> SyncStatus:
        """Everything that can be done now. Never raises LineError; StoreError comes through."""
        self._file.look()
        try:
            if not self._session and not self._begin():
                return self._told(self.status.link)
            self._ask_again()
            while send_own(self._file, self._line, self._session):
                self._pull()
            self._pull()
            self._trust()
            self._hand_back()
            return self._told(self._link())
        except ChainBroken as error:
            journal().warning("chain-broken", detail=str(error))
            self._session = ""
            self._file.start_over()
            return self._told(Link.BEHIND)
        except HubRefused as refused:
            return self._told(self._after_refusal(refused))
        except LineError:
            return self._told(Link.CUT_OFF)

    def _link(self) -> Link:
        if not self._is_hub_whole:
            return Link.RECOVERING
        return Link.BEHIND if self.status.behind else Link.CONNECTED

    def lost(self) -> None:
        """Somebody found that the hub does not answer."""
        self._told(Link.CUT_OFF)

    def _after_refusal(self, refused: HubRefused) -> Link:
        if refused.fault is not Fault.TOO_MANY:
            self._session = ""
        link = _FAULTS.get(refused.fault, Link.BEHIND)
        if link in (Link.FENCED, Link.REVOKED):
            self._ends_as(link)
        return link

    def _ends_as(self, link: Link) -> None:
        """Remember why there is no more conversation; a fenced copy that is revoked, too, is a copy still."""
        if self._file.joined.standing not in (link.value, Link.FENCED.value):
            self._file.change(standing=link.value)

    def _begin(self) -> bool:
        """Hello and all that belongs to it; whether the session may go on.

        Where an answer is lost on the way, all is said again: the hub may wait for what comes after it.
        """
        try:
            if not self._hello():
                self._session = ""
                return False
            self._ask_again()
            self._pull()  # a file that came back from a backup takes its own past before it adds to it
        except BaseException:
            self._session = ""
            raise
        return True

    def _hello(self) -> bool:
        """Begin a session; whether it may go on."""
        joined = self._file.joined
        session = self._new_random()
        sealed, seal = self._file.newest_seal()
        hello = Hello(
            session=session,
            previous=joined.session,
            place=self._file.place,
            sealed=sealed,
            seal=seal,
            version=self._version,
            home=self._home,
            boot_id=self._clock.read().boot_id,
        )
        welcome = self._line.hello(hello)
        self._heard(welcome)
        if welcome.standing in _STANDINGS:
            self._file.change(standing=welcome.standing.value)
            link = Link.WAITS if welcome.is_brief else _STANDINGS[welcome.standing]
            self.status = dataclasses.replace(self.status, link=link)
            return False
        self._is_trusted = False
        self._file.change(session=session, standing=welcome.standing.value, epoch=welcome.place.epoch)
        self._session, unproved = session, False
        if welcome.standing is Standing.GIVE_BACK:
            welcome = give_back(self._file, self._line, session, welcome)
            # Nothing is taken back without a proof: own work is then offered as if it had never been sent.
            unproved = welcome.place.position < self._file.place.position
        if welcome.standing is Standing.DIVERGED or unproved:
            self._file.start_over()
        return not self._recovers(welcome)

    def _recovers(self, welcome: Welcome) -> bool:
        if welcome.recovering:
            self._pull()  # the hub waits until no old lease is stored anywhere
            self.status = dataclasses.replace(self.status, link=Link.RECOVERING)
        return welcome.recovering

    def _heard(self, welcome: Welcome) -> None:
        reading = self._clock.read()
        self._file.change(
            anchor_at_ms=welcome.hall_ms,
            anchor_wall_ms=reading.wall_ms,
            anchor_boot_id=reading.boot_id,
            anchor_boot_ms=reading.boot_ms,
        )
        self.settings_version = welcome.settings_version
        self.roster_version = welcome.roster_version
        self.vip_version = welcome.vip_version
        skew_ms = reading.wall_ms - welcome.wall_ms
        self.status = dataclasses.replace(self.status, skew_ms=skew_ms)

    def _hand_back(self) -> None:
        """What was granted by a lost answer, and cannot be called while the counter is busy, goes back."""
        for ticket_id, counter in self._file.granted_in_vain():
            self._give_up(ticket_id, counter)

    def _pull(self) -> None:
        for _ in range(MOST_PAGES):
            place, lease, clear_ms = self._file.place, self._file.joined.lease_number, self._file.clear_ms()
            page = self._line.pull(Pull(session=self._session, place=place, lease=lease, clear_ms=clear_ms))
            self._take_in(page)
            if page.place.position >= page.last and page.lease is None:
                break

    def _take_in(self, page: Page) -> None:
        if self._file.take_in(page):
            self._on_news()
        self._is_hub_whole = not page.recovering
        self.settings_version = page.settings_version
        self.roster_version = page.roster_version
        self.vip_version = page.vip_version
        behind = max(0, page.last - self._file.place.position)
        skew_ms = self._clock.read().wall_ms - page.wall_ms
        self.status = dataclasses.replace(self.status, behind=behind, skew_ms=skew_ms)

    def _trust(self) -> None:
        """Once in a session, when everything is here: the hub knows this file for the one at work."""
        if not self._is_trusted and not self.status.behind:
            self._file.trust()
            self._is_trusted = True

    def _ask_again(self) -> None:
        """Commands of unknown outcome are repeated under their ids until they are answered."""
        for command in self._file.open_commands():
            self._asking.repeat(command)

    def _told(self, link: Link) -> SyncStatus:
        now_ms = self._file.now_ms()
        since_ms = self.status.since_ms if link is self.status.link else now_ms
        counts = self._file.counts()
        restored = self._file.joined.standing == Standing.RESTORED.value
        self.status = dataclasses.replace(
            self.status, link=link, since_ms=since_ms, is_restored=restored, **counts
        )
        return self.status
