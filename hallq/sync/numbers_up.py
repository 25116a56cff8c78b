"""Numbers to call back go up to the hub, so that whoever answers a complaint elsewhere can call."""

from collections.abc import Collection

from hallq.logs import journal
from hallq.protocol.numbers import NumberKept
from hallq.store import Store, StoreError, Trouble, contacts
from hallq.store.replica import Replica
from hallq.sync.http_line import HttpLine


class NumbersUp:
    """Hands on what was taken here, and erases here what ended elsewhere."""

    def __init__(self, store: Store, line: HttpLine) -> None:
        """Nothing is read before the first step."""
        self._store = store
        self._line = line
        self._open: frozenset[str] | None = None
        self._is_all_up = False
        self._trouble: Trouble | None = None

    def step(self, complaints: Collection[str]) -> None:
        """`complaints`: those that are open in the hall. Raises LineError.

        A file that refuses is told once and holds nothing up: the next step tries again.
        """
        now_open = frozenset(complaints)
        if (now_open == self._open and self._is_all_up) or not contacts.are_kept(self._store.path):
            return
        try:
            self._is_all_up, self._trouble = self._step(now_open), None
        except StoreError as error:
            if error.trouble is not self._trouble:
                journal().warning("numbers-not-handed-on", trouble=error.trouble)
            self._is_all_up, self._trouble = error.trouble is Trouble.KEY_LOST, error.trouble
        self._open = now_open

    def forget(self) -> None:
        """The hub does not know this terminal any more: what both have is erased here. Raises StoreError."""
        path = self._store.path
        if contacts.are_kept(path):
            contacts.forget(path, contacts.handed(path))

    def _step(self, now_open: frozenset[str]) -> bool:
        """Whether the hub has all that may go up."""
        path, is_all_up = self._store.path, True
        if ended := contacts.known(path) - now_open:
            contacts.forget(path, ended - self._open_in_turn())
        for complaint_id, number in contacts.to_hand_on(path).items():
            if complaint_id not in now_open:
                continue  # another program is just writing it down
            if self._line.keep_number(NumberKept(complaint_id=complaint_id, number=number)).is_kept:
                contacts.handed_on(path, complaint_id)
                journal().info("number-handed-on", complaint=complaint_id)
            else:
                is_all_up = False
        return is_all_up

    def _open_in_turn(self) -> frozenset[str]:
        """Those open when nobody else writes: a number is kept before the event of its complaint."""
        with self._store.writing() as connection:
            return frozenset(Replica(connection).state.complaints)
