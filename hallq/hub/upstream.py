"""A hub below another one: its halls' logs are forwarded in order, and settings flow down.

The upstream follows and never merges: same events, same positions, same hashes. Away from it the
hall works on alone, and what it did is forwarded later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from hallq.hub.desk import Hub
from hallq.hub.shapes import HubFault
from hallq.logs import journal
from hallq.protocol import BATCH_EVENTS, Fault, GivenBack, Hello, Place, Standing, Welcome
from hallq.sync.line import HubRefused, Line, LineError

QUIET_LOOKS = 4
"""After so many looks without news the upstream hears of the hall all the same: every 20 seconds."""


class Above(StrEnum):
    """How a hall stands with its upstream."""

    FORWARDED = "forwarded"
    BEHIND = "behind"
    CUT_OFF = "cut-off"
    REFUSED = "refused"
    DIVERGED = "diverged"
    """The upstream has other entries: a person must look, nothing is sent."""


@dataclass(frozen=True, slots=True)
class UpstreamStatus:
    """How far a hall's log is at the upstream. `position`: the newest known to be there."""

    above: Above
    position: int


class Upstream:
    """The conversation of one hall's hub with the hub above; one thread at a time."""

    def __init__(self, hub: Hub, hall: str, line: Line, new_random: Callable[[], str]) -> None:
        """`new_random`: 128 random bits in hexadecimal, for a session's name."""
        self._hub = hub
        self._hall = hall
        self._line = line
        self._new_random = new_random
        self._session = ""
        self._epoch = ""
        self._settings_version = -1
        self._quiet = 0
        self.status = UpstreamStatus(Above.CUT_OFF, 0)

    def step(self) -> UpstreamStatus:
        """Forward everything that the upstream does not have. Raises HubFault of this hub, no LineError."""
        try:
            self._forward()
        except HubRefused as refused:
            self._session = ""
            journal().warning("upstream-refused", hall=self._hall, fault=refused.fault)
            self._tell(Above.REFUSED)
        except LineError:
            self._session = ""
            self._tell(Above.CUT_OFF)
        return self.status

    def _forward(self) -> None:
        place = self._hub.place(self._hall)
        if (not self._session or self._epoch != place.epoch) and not self._hello(place):
            return
        self._quiet = 0 if self.status.position < place.position else self._quiet + 1
        while self.status.position < place.position or self._quiet >= QUIET_LOOKS:
            self._quiet = 0
            entries = self._hub.entries(self._hall, self.status.position, BATCH_EVENTS)
            if not self._heard(self._line.give_back(GivenBack(session=self._session, entries=entries))):
                return
        self._tell(Above.FORWARDED)

    def _hello(self, place: Place) -> bool:
        session = self._new_random()
        welcome = self._line.hello(Hello(session=session, place=place))
        self._session, self._epoch = session, place.epoch
        return self._heard(welcome)

    def _heard(self, welcome: Welcome) -> bool:
        """Note how far the upstream is; whether it goes on."""
        if welcome.standing is Standing.DIVERGED:
            self._session = ""
            journal().error("upstream-diverged", hall=self._hall, position=welcome.place.position)
            self._tell(Above.DIVERGED)
            return False
        self.status = UpstreamStatus(Above.BEHIND, welcome.place.position)
        if welcome.settings_version != self._settings_version:
            self._take_settings(welcome.settings_version)
        return True

    def _take_settings(self, version: int) -> None:
        """Settings of the upstream become the hall's, unless nobody could work with them."""
        snapshot = self._line.settings()
        try:
            if snapshot.version:
                self._hub.publish_settings(self._hall, snapshot.body)
        except HubFault as fault:
            if fault.fault is not Fault.BAD_REQUEST:
                self._session = ""  # the next hello names the version again
                raise
            journal().error("upstream-settings", hall=self._hall, version=version, detail=fault.detail)
        self._settings_version = version

    def _tell(self, above: Above) -> None:
        self.status = UpstreamStatus(above, self.status.position)
