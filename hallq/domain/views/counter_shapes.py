"""The frozen shapes that the clerk's screen paints: codes and lengths of time, no words."""

from dataclasses import dataclass
from enum import StrEnum

from hallq.domain.lanes import Lane, LaneChoice, Pressure, Tier
from hallq.domain.policy import CallRule
from hallq.domain.transactions import Outcome
from hallq.domain.words import Words


class Phase(StrEnum):
    """What the clerk is in the middle of."""

    DAY_CLOSED = "day-closed"
    CLOSED = "closed"
    FREE = "free"
    CALLING = "calling"
    SERVING = "serving"
    PAUSED = "paused"


class Parting(StrEnum):
    """How the last visit left this counter."""

    CLOSING = "closing"
    TRANSFER = "transfer"
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True, slots=True)
class CardView:
    """The ticket in front, and the service being done.

    `first_counter`: where the customer was first, if elsewhere. `agreed`: the time of an appointment.
    """

    ticket_id: str
    label: str
    lane: Lane
    tier: Tier
    service: str
    wait_ms: int
    target_ms: int
    wait_pressure: Pressure
    first_counter: int | None
    first_clerk: str | None
    documents: Words | None
    no_form: bool
    priority_reason: str | None
    recalls: int
    missed_times: int
    returns_to: int | None
    agreed: str = ""


@dataclass(frozen=True, slots=True)
class RunningView:
    """The running transaction. `asks_forgotten`: so long that somebody may have forgotten to finish."""

    transaction_id: str
    service: str
    elapsed_ms: int
    limit_ms: int
    nudge_percent: int
    pressure: Pressure
    over_reason: str | None
    is_long: bool
    asks_forgotten: bool

    @property
    def wants_reason(self) -> bool:
        """Whether it is over its limit and nobody has said why."""
        return self.pressure is Pressure.OVER and self.over_reason is None


@dataclass(frozen=True, slots=True)
class DoneView:
    """A transaction that ended before in this visit. `end_reason`: why it was not possible."""

    service: str
    duration_ms: int
    is_over: bool
    outcome: Outcome = Outcome.DONE
    end_reason: str | None = None


@dataclass(frozen=True, slots=True)
class NextView:
    """One of the next few. `before`: whom it passes.

    `left_ms` is negative past the due time, and None once the promise was kept or broken
    by an earlier call.
    """

    label: str
    lane: Lane
    tier: Tier
    service: str
    wait_ms: int
    left_ms: int | None
    pressure: Pressure
    rule: CallRule
    before: str


@dataclass(frozen=True, slots=True)
class LaneQueue:
    """One lane of the hall. `oldest_ms`: the longest wait of those not called yet."""

    lane: Lane
    waiting: int
    oldest_ms: int
    pressure: Pressure


@dataclass(frozen=True, slots=True)
class CounterView:
    """The whole screen. `phase_ms`: how long the phase lasts. `elsewhere`: who wait for others alone.

    `kept`: a ticket that was granted to this counter already. `in_hand`: how many can be called here
    while the terminal is cut off, None when it is not. `chosen_lanes`: where a manager chose for the day.
    """

    number: int
    phase: Phase
    clerk: str | None
    phase_ms: int
    served: int
    pause_reason: str | None
    card: CardView | None
    running: RunningView | None
    done: tuple[DoneView, ...]
    phrase: Words | None
    returning: tuple[str, ...]
    suggests_missed: bool
    next: tuple[NextView, ...] = ()
    lanes: tuple[LaneQueue, ...] = ()
    elsewhere: int = 0
    kept: str = ""
    in_hand: int | None = None
    chosen_lanes: LaneChoice | None = None
