"""One terminal as a program of its own, wired as hallq wires it, with made-up people in front of it.

On its output it says each thing that was confirmed to it, right after `perform` came back. On its
input it is told what to do: see `Driver`.
"""

import argparse
import json
import queue
import sys
import threading
from pathlib import Path
from typing import Any

from hallq.clock import SystemClock
from hallq.domain import intents as i
from hallq.domain.intents import Intent
from hallq.hall import Actor, Refused
from hallq.settings import load_config
from hallq.store import Store, StoreError, open_store
from hallq.sync.file import TerminalFile
from hallq.sync.opening import Opened, connector_of, joined_in
from tests.rig.hall_day import HallDay, Terminal
from tests.torture.clocks import WrongClock
from tests.torture.digest import digest

TICK_SECONDS = 0.05
_WRITTEN = """
SELECT incarnation, seq FROM outbox WHERE terminal = :terminal AND kind = :kind AND body = :body
UNION SELECT incarnation, seq FROM event WHERE terminal = :terminal AND kind = :kind AND body = :body
ORDER BY incarnation, seq
"""


def said(word: str, **facts: Any) -> None:
    """One line on the output; it has left this process when this comes back."""
    sys.stdout.write(json.dumps({"word": word, **facts}) + "\n")
    sys.stdout.flush()


class Names:
    """Which event is which: the names of what this run brought about, from its own file."""

    def __init__(self, store: Store, terminal: str) -> None:
        """`terminal`: what this run, and no other, writes into its events."""
        self._store = store
        self._terminal = terminal
        self._told: set[tuple[str, int]] = set()

    def of(self, kind: str, body: str) -> tuple[str, int] | None:
        """The name of an event that was confirmed just now; None while its page has not come."""
        with self._store.reading() as connection:
            facts = {"terminal": self._terminal, "kind": kind, "body": body}
            rows = connection.execute(_WRITTEN, facts).fetchall()
        for incarnation, seq in rows:
            if (incarnation, seq) not in self._told:
                self._told.add((incarnation, seq))
                return incarnation, seq
        return None


class Driver:
    """Lives until told to end.

    `live`: people act. `rest`: nobody acts. `haste`: people act as fast as they can, and no customer
    comes. `tell`: say how all is. `clock MS`: the wall clock is so far off from now on. `end`.
    """

    def __init__(self, opened: Opened, store: Store, people: Terminal, hasty: Terminal, actor: Actor) -> None:
        """`hasty`: the same people in a hurry."""
        self._opened = opened
        self._hall = opened.hall
        self._store = store
        self._people: Terminal | None = None
        self._modes = {"live": people, "haste": hasty, "rest": None}
        self._actor = actor
        self._names = Names(store, actor.terminal)
        self._orders: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True, name="orders").start()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._orders.put(line.strip())
        self._orders.put("end")

    def run(self, clock: WrongClock) -> None:
        """Until told to end, or until nobody is there to tell it."""
        while self._obeys(clock):
            self._hall.refresh()
            self._act()

    def _obeys(self, clock: WrongClock) -> bool:
        """Take one order if there is one; whether to go on."""
        try:
            order, _, value = self._orders.get(timeout=TICK_SECONDS).partition(" ")
        except queue.Empty:
            return True
        if order == "tell":
            self._tell()
        elif order == "clock":
            clock.off_ms = int(value)
        elif order == "do":
            kind, _, body = value.partition(" ")
            self._do(getattr(i, kind).model_validate_json(body))
        elif order != "end":
            self._people = self._modes[order]
        return order != "end"

    def _act(self) -> None:
        if self._people is None:
            return
        for intent in self._people.acts(self._hall.state, self._hall.now_ms()):
            self._do(intent)

    def _do(self, intent: Intent) -> None:
        try:
            result = self._hall.perform(intent, self._actor)
        except StoreError as error:
            said("fault", trouble=error.trouble.value, intent=type(intent).__name__)
            return
        if isinstance(result, Refused):
            said("refused", reason=result.refusal.reason.value, intent=type(intent).__name__)
            return
        for event in result.events:
            body = event.model_dump_json()
            said("done", kind=event.kind, body=body, name=self._names.of(event.kind, body))

    def _tell(self) -> None:
        self._hall.refresh()
        status = self._opened.runner.status()
        place = TerminalFile(self._store, SystemClock()).place
        said(
            "told",
            link=status.link.value,
            unsent=status.unsent,
            skew_ms=status.skew_ms,
            reachable=self._opened.runner.is_reachable(),
            place=place.model_dump_json(),
            now_ms=self._hall.now_ms(),
            waiting=len(self._hall.state.waiting()),
            busy=sum(1 for counter in self._hall.state.counters.values() if counter.ticket_id),
            digest=digest(self._hall.state),
        )


def main() -> None:
    """Open the file in the folder, as `hallq` does, and live."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--number", type=int, required=True)
    parser.add_argument("--run", type=int, required=True)
    parser.add_argument("--terminals", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--start-ms", type=int, required=True)
    parser.add_argument("--speed", type=float, required=True)
    parser.add_argument("--let-in", type=int, default=0)
    parser.add_argument("--off-ms", type=int, default=0)
    told = parser.parse_args()
    config = load_config(told.folder / "hall.toml")
    day = HallDay(
        config,
        told.seed,
        start_ms=told.start_ms,
        minutes=4 * 60,
        terminals=told.terminals,
        speed=told.speed,
    )
    hasty = HallDay(
        config, told.seed, start_ms=told.start_ms, minutes=0, terminals=told.terminals, speed=1_000_000
    )
    store = open_store(told.folder / "hall.db")
    joined = joined_in(store)
    assert joined is not None
    clock = WrongClock(told.off_ms)
    opened = Opened(store, config, connector_of(store, joined), told.folder / "hall.toml", clock=clock)
    opened.start()
    actor = Actor(str(2_000 + told.number), f"t{told.number} run {told.run}")
    people = Terminal(day, told.number, let_in=told.let_in)
    said("ready")
    Driver(opened, store, people, Terminal(hasty, told.number), actor).run(clock)
    opened.stop()
    opened.hall.close()


if __name__ == "__main__":
    main()
