"""The line between terminals and hub: it loses, doubles, delays, answers nobody, and is cut."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from hallq.hub import Caller, Hub, HubFault
from hallq.protocol import (
    Answer,
    Command,
    Fault,
    GivenBack,
    Hello,
    Page,
    Pull,
    Push,
    Pushed,
    Snapshot,
    Welcome,
)
from hallq.sync.line import HubRefused, LineDown, OutcomeUnknown
from tests.simulator.clocks import Time

T = TypeVar("T")


class Killed(BaseException):
    """The terminal's program was killed in the middle of a request."""


_FAULTS = (
    *("down", "request", "answer", "cut", "cut", "twice", "late", "echo"),
    *("meanwhile", "meanwhile", "killed", "busy", "unsure"),
)


def _busy() -> HubRefused:
    return HubRefused(Fault.BUSY, "the hub's database is away", 1)


"""The hub could not begin, or does not know whether it is done."""

LATEST_MS = 10 * 60_000
"""A request that was delayed arrives within so long."""


@dataclass
class Net:
    """All lines. `badness`: the share of requests to which something happens."""

    time: Time
    chance: Random
    badness: float = 0.0
    hub: Hub = None  # type: ignore[assignment]
    is_up: bool = True
    late: list[tuple[int, Callable[[], object]]] = field(default_factory=list)

    def fault(self) -> str:
        """What happens to the next request."""
        if self.chance.random() >= self.badness:
            return ""
        return self.chance.choice(_FAULTS)

    def fault_on(self, answer: object) -> str:
        """Once more what matters most is lost: a lease, or a ticket that was granted."""
        weighs = getattr(answer, "lease", None) is not None or bool(getattr(answer, "granted", ""))
        return "cut" if weighs and self.chance.random() < self.badness else ""

    def delay(self, ask: Callable[[], object]) -> None:
        """A request is under way and will arrive, after others perhaps."""
        self.late.append((self.time.now_ms + self.chance.randrange(LATEST_MS), ask))

    def deliver(self, *, all_of_them: bool = False) -> None:
        """What was delayed arrives; nobody listens to the answers."""
        now_ms = self.time.now_ms
        due = [job for job in self.late if all_of_them or job[0] <= now_ms]
        self.late = [job for job in self.late if job not in due]
        for _, ask in sorted(due, key=lambda job: job[0]):
            with suppress(HubFault):
                ask()


@dataclass
class SimLine:
    """One terminal's line. `meanwhile`: what else this terminal does while an answer is on its way."""

    net: Net
    caller: Caller
    is_cut: bool = False
    meanwhile: Callable[[], None] = lambda: None

    def _said(self, ask: Callable[[], T]) -> T:
        net = self.net
        fault = net.fault()
        if self.is_cut or not net.is_up or fault == "down":
            raise LineDown("cut")
        if fault == "busy":
            raise _busy()
        if fault in ("late", "echo"):
            net.delay(ask)
        if fault in ("request", "late"):
            raise OutcomeUnknown("nothing was heard")
        try:
            answer = ask()
            if fault == "twice":
                answer = ask()
        except HubFault as no:
            raise HubRefused(no.fault, no.detail, no.retry_after_seconds) from no
        fault = fault or net.fault_on(answer)
        if fault == "cut":
            self.is_cut = True
        if fault in ("answer", "cut"):
            raise OutcomeUnknown("the answer was lost")
        if fault == "unsure":
            raise _busy()
        if fault == "killed":
            raise Killed
        if fault == "meanwhile":
            self.meanwhile()
        return answer

    def hello(self, hello: Hello) -> Welcome:
        """Begin a session."""
        return self._said(lambda: self.net.hub.hello(self.caller, hello))

    def push(self, push: Push) -> Pushed:
        """Send own events."""
        return self._said(lambda: self.net.hub.push(self.caller, push))

    def pull(self, pull: Pull) -> Page:
        """Ask for what is new."""
        return self._said(lambda: self.net.hub.pull(self.caller, pull))

    def command(self, command: Command) -> Answer:
        """Have an intent decided."""
        return self._said(lambda: self.net.hub.command(self.caller, command))

    def give_back(self, given: GivenBack) -> Welcome:
        """Return what the hub has lost."""
        return self._said(lambda: self.net.hub.give_back(self.caller, given))

    def settings(self) -> Snapshot:
        """The newest settings."""
        return self._said(lambda: self.net.hub.settings(self.caller))
