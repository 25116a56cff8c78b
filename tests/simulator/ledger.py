"""What people in the hall saw, written down outside of all software."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hallq.domain import events as e
from hallq.domain.events import Event

if TYPE_CHECKING:
    from tests.simulator.terminals import SimTerminal

FORGOTTEN = "the hub forgot it"
_LETS_GO = (e.TicketMissed, e.CallWithdrawn, e.VisitHeld, e.VisitTransferred, e.VisitFinished)


@dataclass
class Ledger:
    """Who was called where, which numbers were printed, how long services took: by true time.

    `confirmed`: each event that some terminal confirmed, by kind and text. `forgotten`: what was only on
    a disk that was put back. `doubtful`: tickets of which nobody in the hall can know better, see `doubts`.
    """

    at_counter: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)
    printed: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    confirmed: Counter[tuple[str, str]] = field(default_factory=Counter)
    forgotten: Counter[tuple[str, str]] = field(default_factory=Counter)
    started_ms: dict[str, int] = field(default_factory=dict)
    took_ms: dict[str, list[int]] = field(default_factory=dict)
    doubtful: dict[str, str] = field(default_factory=dict)
    announced: int = 0
    doubles: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def blames(self, fault: str) -> None:
        """Something that may not be; once is enough."""
        if fault not in self.faults:
            self.faults.append(fault)

    def doubts(self, tickets: Iterable[str], why: str) -> None:
        """A second call of these is nobody's fault, and `why`."""
        self.doubtful.update(dict.fromkeys(tickets, why))

    def saw(self, who: "SimTerminal", events: tuple[Event, ...], now_ms: int) -> None:
        """A terminal confirmed these events, and people acted on them."""
        for event in events:
            self.confirmed[event.kind, event.model_dump_json()] += 1
            self._seen(who, event, now_ms)

    def _seen(self, who: "SimTerminal", event: Event, now_ms: int) -> None:
        if isinstance(event, e.TicketIssued):
            if who.is_stray:
                self.doubts([event.ticket_id], "called at a counter that an older file takes for open")
            self.printed[event.business_date, event.series, event.number] += 1
        elif isinstance(event, e.ComplaintTaken):
            self.printed[event.business_date, event.series, event.number] += 1
        elif isinstance(event, e.TicketAnnounced | e.TicketRecalled):
            self.announced += 1
            self._called(who, event.ticket_id, event.counter)
        elif isinstance(event, e.TransactionStarted):
            self.started_ms[event.transaction_id] = now_ms
        elif isinstance(event, e.TransactionEnded) and event.transaction_id in self.started_ms:
            took_ms = now_ms - self.started_ms[event.transaction_id]
            self.took_ms.setdefault(event.transaction_id, []).append(took_ms)
        elif isinstance(event, _LETS_GO):
            counter = getattr(event, "from_counter", None) or getattr(event, "counter", None)
            if self.at_counter.get(event.ticket_id) == counter:
                del self.at_counter[event.ticket_id]
            if isinstance(event, e.VisitFinished):
                self.ended[event.ticket_id] = event.counter

    def _called(self, who: "SimTerminal", ticket_id: str, counter: int) -> None:
        if counter in who.taken:
            self.doubts([ticket_id], "called at a counter that a person had released")
        if any(
            self.doubtful.get(there) == FORGOTTEN for there, at in self.at_counter.items() if at == counter
        ):
            self.doubts(
                [ticket_id], "called at a counter that looked free, because the hub forgot who is there"
            )
        before = self.at_counter.get(ticket_id, self.ended.get(ticket_id, counter))
        if before != counter and ticket_id not in self.doubtful:
            told = f"after its visit at {before}" if ticket_id in self.ended else f"while at {before}"
            self.doubles.append(f"{ticket_id[-12:]} called by {who.name} at {counter} {told}")
        self.at_counter[ticket_id] = counter
