"""What a program sees of its hall: the state, the staff list, the time, and how the hub stands."""

from pathlib import Path

from hallq.clock import Clock, SystemClock
from hallq.domain.config import HallConfig
from hallq.domain.intents import Intent
from hallq.domain.permissions import barred, who_is
from hallq.domain.refusals import Refusal
from hallq.domain.staff import Roster
from hallq.domain.state import HallState
from hallq.hall.link import SyncStatus
from hallq.hall.results import Actor
from hallq.store import Store
from hallq.store.joined import Joined
from hallq.store.replica import Replica


class Looking:
    """The half of the hall that changes nothing."""

    def __init__(self, store: Store, config: HallConfig, clock: Clock | None) -> None:
        """Load what the file holds. Raises StoreError for a file that cannot be read."""
        self.config = config
        self._store = store
        self._clock = clock or SystemClock()
        self._seen_version = store.data_version()  # before the state: a write in between is news
        with store.reading() as connection:
            self._replica = Replica(connection)

    @property
    def path(self) -> Path:
        """The hall's file: what is kept apart lies beside it."""
        return self._store.path

    @property
    def state(self) -> HallState:
        """The newest state that this program has seen. Frozen: hand it to any thread."""
        return self._replica.state

    @property
    def roster(self) -> Roster:
        """The staff list, as new as the state."""
        return self._replica.roster

    def barred(self, intent: Intent, actor: Actor) -> Refusal | None:
        """Why somebody who signed in may not ask for this; None for everybody else."""
        if not actor.staff:
            return None
        who = who_is(self.roster, actor.name, actor.staff, actor.word)
        return barred(intent, self.state, self.config, who)

    @property
    def joined(self) -> Joined | None:
        """Who this terminal is to its hub; None in a hall without one."""
        return self._replica.joined

    @property
    def link(self) -> SyncStatus | None:
        """How this terminal stands with its hub; None in a hall without one."""
        return None

    def in_hand(self, counter: int) -> frozenset[str] | None:
        """The tickets that alone can be called at `counter` now; None where it is the whole queue."""
        return None

    def now_ms(self) -> int:
        """The hall's clock."""
        return self._replica.now_ms(self._clock.read())

    def wall_ms(self) -> int:
        """The computer's own clock, which may be wrong."""
        return self._clock.read().wall_ms
