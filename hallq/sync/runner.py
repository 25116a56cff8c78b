"""The thread that drives the conversation: when something was written, when the bell rings, and anyway.

Every program on a file has one. The first to come speaks with the hub; the others read the
link's state from a small file, and one of them takes over when the first is gone.
"""

import contextlib
import dataclasses
import threading
import time
from collections.abc import Callable

from hallq.clock import Clock
from hallq.election import Election
from hallq.hall.link import Link, SyncStatus
from hallq.logs import journal
from hallq.store import Store
from hallq.sync.bell import BROKEN, REACHED, BellListener, Waiting
from hallq.sync.link_file import LinkFile, Told
from hallq.sync.pace import GOOD, POLL_SECONDS, BackOff, Calm, Gap
from hallq.sync.worker import SyncWorker

ELECTION_SECONDS = 0.5
LOOK_SECONDS = 0.1
"""How often it is looked whether other programs on the file have written."""
TRY_AGAIN_SECONDS = 2.0
"""Cut off, an own write is worth a try, but not each of them."""
WAVERING_SECONDS = 1.0
STOP_SECONDS = 3.0

Bell = Callable[[Callable[[int], None]], BellListener]


class Runner(threading.Thread):
    """Keeps one terminal's file in conversation with its hub until told to stop."""

    def __init__(
        self,
        store: Store,
        worker: SyncWorker,
        *,
        clock: Clock,
        bell: Bell,
        chance: Callable[[], float],
        after_step: Callable[[SyncWorker], int] = lambda worker: 0,
        waiting: Waiting = threading.Event.wait,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        """`bell(rung)` makes the listener. `after_step` takes settings; it gives back a refused version."""
        super().__init__(daemon=True, name="hallq-sync")
        self._store = store
        self._worker = worker
        self._clock = clock
        self._bell = bell
        self._after_step = after_step
        self._waiting = waiting
        self._poll_seconds = poll_seconds
        self._election = Election(store.path)
        self._link_file = LinkFile(store.path, clock)
        self._back_off = BackOff(chance)
        self._calm = Calm()
        self._gap = Gap()
        self._shown = SyncStatus()
        self._told = Told()
        self._lost_ms = -1
        self._forced = False
        self._seen_version = -1
        self._kicked = threading.Event()
        self._stop_wanted = threading.Event()

    # --- asked by the program -----------------------------------------------------------

    def told(self) -> Told:
        """How the link stands, found here or by the program that speaks with the hub."""
        return self._told if self._election.is_mine else self._link_file.read()

    def status(self) -> SyncStatus:
        """How the link stands, for people."""
        return self.told().status

    def is_reachable(self) -> bool:
        """Whether the hub answered last, and nobody here has found it silent since."""
        told = self.told()
        return told.reachable and told.heard_ms > self._lost_ms

    def lost(self) -> None:
        """Somebody at this program found that the hub does not answer: it is tried at once."""
        self._lost_ms = self._clock.read().boot_ms
        self._forced = True
        self._kicked.set()

    def written(self) -> None:
        """There is something to send."""
        self._kicked.set()

    def stop(self) -> None:
        """End, and let another program take over."""
        self._stop_wanted.set()
        self._kicked.set()
        if self.is_alive():
            self.join(STOP_SECONDS)

    # --- the thread ---------------------------------------------------------------------

    def run(self) -> None:
        """Wait for the place, then speak with the hub."""
        try:
            while not self._stop_wanted.is_set() and not self._is_elected():
                self._waiting(self._stop_wanted, ELECTION_SECONDS)
            if not self._stop_wanted.is_set():
                self._speak()
        finally:
            self._election.leave()

    def _is_elected(self) -> bool:
        with contextlib.suppress(OSError):
            return self._election.try_take()
        return False

    def _speak(self) -> None:
        bell = self._bell(self._rung)
        bell.start()
        try:
            while not self._stop_wanted.is_set():
                self._pause(self._step())
        finally:
            bell.stop()

    def _step(self) -> float:
        """One step of the conversation; the seconds until the next one."""
        self._kicked.clear()
        self._forced = False
        try:
            self._seen_version = self._store.data_version()
            status = self._worker.step()
            refused = self._after_step(self._worker)
            status = dataclasses.replace(status, settings_refused=refused)
        except Exception as error:  # whatever it is, the thread goes on: a hall works without its hub
            journal().warning("sync-step", error=repr(error)[:500])
            status = dataclasses.replace(self._worker.status, link=Link.CUT_OFF)
        return self._found(status)

    def _found(self, status: SyncStatus) -> float:
        good = status.link in GOOD
        heard_ms = self._clock.read().boot_ms if status.link is not Link.CUT_OFF else self._told.heard_ms
        self._publish(Told(self._for_people(status), good, heard_ms))
        if good and self._worker.session:
            self._back_off.succeeded()
            return min(WAVERING_SECONDS, self._poll_seconds) if self._calm.is_wavering else self._poll_seconds
        seconds = self._back_off.next_seconds()
        return min(seconds, POLL_SECONDS) if status.link in (Link.RECOVERING, Link.WAITS) else seconds

    def _for_people(self, status: SyncStatus) -> SyncStatus:
        link = self._calm.tell(status.link, time.monotonic())
        since_ms = self._shown.since_ms if link is self._shown.link else status.since_ms
        self._shown = dataclasses.replace(status, link=link, since_ms=since_ms)
        return self._shown

    def _publish(self, told: Told) -> None:
        self._told = told
        self._link_file.write(told)

    def _pause(self, seconds: float) -> None:
        """Until the next step is due, or something asks for it."""
        begun = time.monotonic()
        self._waiting(self._stop_wanted, self._gap.after_step(begun))
        while not self._stop_wanted.is_set() and time.monotonic() - begun < seconds:
            was_kicked = self._waiting(self._kicked, LOOK_SECONDS)
            self._kicked.clear()
            waited = time.monotonic() - begun
            if self._forced or (was_kicked and self._told.reachable):
                return
            if (was_kicked or self._others_wrote()) and self._is_due(waited):
                return

    def _others_wrote(self) -> bool:
        with contextlib.suppress(Exception):
            version = self._store.data_version()
            if version != self._seen_version:
                self._seen_version = version
                return True
        return False

    def _is_due(self, waited_seconds: float) -> bool:
        """Something was written: tell how much waits; whether that is worth a step now."""
        with contextlib.suppress(Exception):
            status = self._worker.recounted()
            shown = dataclasses.replace(
                self._told.status, unsent=status.unsent, in_hand=status.in_hand, doubted=status.doubted
            )
            if shown != self._told.status:
                self._publish(dataclasses.replace(self._told, status=shown))
            own = status.unsent > 0
            return own and (self._told.reachable or waited_seconds >= TRY_AGAIN_SECONDS)
        return False

    def _rung(self, position: int) -> None:
        """From the bell's thread."""
        if position in (REACHED, BROKEN):
            # Another word than before: the hub is back, or it is worth a look whether it is gone.
            self._forced = self._forced or self._told.reachable is (position == BROKEN)
        elif position <= self._worker.position:
            return
        self._kicked.set()
