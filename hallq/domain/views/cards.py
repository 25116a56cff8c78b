"""The counters as the manager sees them: who is there, doing what, for how long."""

from dataclasses import dataclass

from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.counters import Counter, CounterState
from hallq.domain.handover import HandoverNote
from hallq.domain.lanes import Lane, LaneChoice, Pressure, pressure
from hallq.domain.policy.eligible import rule_of
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket
from hallq.domain.transactions import Transaction

PAUSE_LIMIT_MS = 20 * MINUTE_MS
"""A longer absence is shown to the manager (standard: 20 minutes)."""

ANSWER_LIMIT_MS = 2 * MINUTE_MS
"""A call that nobody answered for so long needs a word with the clerk."""


@dataclass(frozen=True, slots=True)
class CounterCard:
    """One counter. `elapsed_ms` of its state, or of the running transaction, in whole seconds.

    `limit_ms`: what that time is measured against, None where nothing is promised.
    """

    number: int
    state: CounterState
    clerk: str
    zone: str
    dedicated_to: Lane | None
    elapsed_ms: int = 0
    limit_ms: int | None = None
    pressure: Pressure = Pressure.FINE
    ticket_id: str = ""
    label: str = ""
    lane: Lane | None = None
    service: str = ""
    reason: str = ""
    served: int = 0
    forgotten: bool = False
    fault: str = ""
    """What is noted of its equipment."""
    lanes: LaneChoice | None = None
    """Whom it takes, where a manager chose that for the day."""


def counter_cards(state: HallState, config: HallConfig, now_ms: int) -> tuple[CounterCard, ...]:
    """A card for each counter of the hall, by number; also one taken out of the settings, while staffed."""
    running = {t.ticket_id: t for t in state.transactions.values() if t.ended_ms is None}
    staffed = {number for number, counter in state.counters.items() if counter.is_staffed}
    return tuple(
        _card(state, config, state.counter(number), running, now_ms)
        for number in sorted(staffed | config.counter_by_number.keys())
    )


def faults_at(state: HallState, number: int) -> list[HandoverNote]:
    """What is noted of a counter's equipment and not mended, the oldest first."""
    found = [note for note in state.notes.values() if note.at_counter == number]
    return sorted(found, key=lambda note: note.written_ms)


def _card(
    state: HallState, config: HallConfig, counter: Counter, running: dict[str, Transaction], now_ms: int
) -> CounterCard:
    rule = rule_of(state, config, counter.number)
    zone, dedicated_to = (rule.zone, rule.dedicated_to) if rule else ("", None)
    fault = " ".join(note.text for note in faults_at(state, counter.number))
    if counter.state is CounterState.CLOSED:
        return CounterCard(
            counter.number,
            counter.state,
            "",
            zone,
            dedicated_to,
            served=counter.served,
            fault=fault,
            lanes=counter.lanes,
        )
    ticket = state.tickets.get(counter.ticket_id) if counter.ticket_id else None
    transaction = running.get(ticket.ticket_id) if ticket else None
    elapsed_ms = now_ms - (transaction.started_ms if transaction else counter.since_ms)
    limit_ms = _limit_ms(counter, transaction)
    return CounterCard(
        number=counter.number,
        state=counter.state,
        clerk=counter.clerk or "",
        zone=zone,
        dedicated_to=dedicated_to,
        elapsed_ms=max(0, elapsed_ms) // 1000 * 1000,
        limit_ms=limit_ms,
        pressure=_pressure(config, elapsed_ms, limit_ms),
        ticket_id=ticket.ticket_id if ticket else "",
        label=ticket.label if ticket else "",
        lane=ticket.lane if ticket else None,
        service=_service(ticket, transaction),
        reason=counter.pause_reason or "",
        served=counter.served,
        fault=fault,
        lanes=counter.lanes,
        forgotten=transaction is not None and elapsed_ms > config.transaction.forgotten_minutes * MINUTE_MS,
    )


def _limit_ms(counter: Counter, transaction: Transaction | None) -> int | None:
    if transaction:
        return transaction.limit_ms
    limits = {CounterState.PAUSED: PAUSE_LIMIT_MS, CounterState.CALLING: ANSWER_LIMIT_MS}
    return limits.get(counter.state)


def _pressure(config: HallConfig, elapsed_ms: int, limit_ms: int | None) -> Pressure:
    if limit_ms is None:
        return Pressure.FINE
    return pressure(elapsed_ms, limit_ms, config.transaction.nudge_percent)


def _service(ticket: Ticket | None, transaction: Transaction | None) -> str:
    if transaction:
        return transaction.service
    return ticket.service if ticket else ""
