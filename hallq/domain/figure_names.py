"""What each figure of a business day is called: it is counted and read by these names alone.

Every hall's file has them: under another name it would be another figure. What is timed has two, `.count` and
`.ms` behind its name.
"""

from typing import Literal

# --- numbers and calls ---------------------------------------------------------------------------

ISSUED = "tickets.issued"
CARRIED = "tickets.carried"
FINISHED = "tickets.finished"
CANCELLED = "tickets.cancelled"
LEFT = "tickets.left"
EXPIRED = "tickets.expired"
DIVERTED = "diverted"
MISSED = "calls.missed"
RETURNED = "calls.returned"
TRANSFERRED = "visits.transferred"
ONE_COUNTER = "visits.one_counter"
BY_HAND = "priority.by_hand"
CONTESTED = "contested"
PRIORITY_RUN = "calls.priority_run"
"""Calls of the priority lane since the last call of the standard lane; with `.N`, of counter N."""


def ended(state: str) -> str:
    """Numbers that ended in this final state."""
    return f"tickets.{state}"


def expired(cause: str) -> str:
    """Numbers that expired for this cause."""
    return f"expired.{cause}"


def diverted(service: str) -> str:
    """Customers who were shown to self-service for this."""
    return f"{DIVERTED}.{service}"


def called_by(rule: str) -> str:
    """Calls that this rule decided."""
    return f"call.{rule}"


def run_at(counter: int | None) -> str:
    """As PRIORITY_RUN, of one counter."""
    return f"{PRIORITY_RUN}.{counter}"


def by_hand(staff: str) -> str:
    """Priorities that somebody gave by hand without a manager's word."""
    return f"by_hand.{staff}"


# --- promises ------------------------------------------------------------------------------------

LaneCount = Literal[
    "issued", "called", "called_within", "left_early", "left_late", "late_at_close", "finished"
]


def of_lane(promise: str, what: LaneCount) -> str:
    """Numbers of a lane, or of appointments."""
    return f"lane.{promise}.{what}"


def of_tier(tier: str, what: Literal["called", "called_within"]) -> str:
    """First calls of a tier."""
    return f"tier.{tier}.{what}"


def wait(promise: str) -> str:
    """First waits, timed."""
    return f"wait.{promise}"


def told(lane: str, how: Literal["held", "early", "late"]) -> str:
    """First calls by the wait that was told; `early` and `late` are timed."""
    return f"told.{lane}.{how}"


# --- work ----------------------------------------------------------------------------------------

WALK = "walk"
SERVICE = "service"
"""Both timed."""
TRANSACTIONS = "transactions"
TRANSACTIONS_ENDED = f"{TRANSACTIONS}.ended"
NOT_POSSIBLE = f"{TRANSACTIONS}.not_possible"
INTERRUPTED = f"{TRANSACTIONS}.interrupted"
RELIABLE = f"{TRANSACTIONS}.reliable"
UNRELIABLE = f"{TRANSACTIONS}.unreliable"
WITHIN_LIMIT = f"{TRANSACTIONS}.within"


def of_service(code: str) -> str:
    """Transactions of one service, timed."""
    return f"{SERVICE}.{code}"


def pauses(reason: str | None, clerk: str | None) -> str:
    """How often a clerk paused for a reason."""
    return f"pauses.{reason}.{clerk}"


def pause_ms(reason: str | None, clerk: str | None) -> str:
    """For how long together."""
    return f"pause_ms.{reason}.{clerk}"


# --- quarters of an hour -------------------------------------------------------------------------

ISSUED_THEN, CALLED_THEN, FINISHED_THEN = "issued", "called", "finished"
BUSY_MS, IDLE_MS, PAUSED_MS = "busy_ms", "idle_ms", "paused_ms"


def in_quarter(quarter: int, what: str) -> str:
    """One of these in a quarter of an hour, counted from 1970."""
    return f"quarter.{quarter}.{what}"


def kept_then(promise: str) -> str:
    """Promises of a lane, or lengths of transactions, that were kept in a quarter of an hour."""
    return f"{promise}.within"


def broken_then(promise: str) -> str:
    """Those that were broken in it."""
    return f"{promise}.broken"


# --- appointments --------------------------------------------------------------------------------

APPOINTMENTS_BOOKED = "appointments.booked"
APPOINTMENTS_MOVED = "appointments.moved"
APPOINTMENTS_CANCELLED = "appointments.cancelled"
APPOINTMENTS_ARRIVED = "appointments.arrived"
APPOINTMENTS_LATE = "appointments.late"
APPOINTMENTS_ABSENT = "appointments.absent"
"""Those who did not come: counted when the day closes."""

# --- what customers say --------------------------------------------------------------------------

COMPLAINTS_TAKEN = "complaints.taken"
COMPLAINTS_ANSWERED = "complaints.answered"
COMPLAINTS_ANSWERED_WITHIN = "complaints.answered_within"
COMPLAINTS_SETTLED = "complaints.settled"
COMPLAINTS_SETTLED_WITHIN = "complaints.settled_within"
COMPLAINTS_OPENED_AGAIN = "complaints.opened_again"


def complaints_of(category: str) -> str:
    """Complaints of one category."""
    return f"complaints.of.{category}"


RATINGS = "rating"


def ratings_of(clerk: str) -> str:
    """As RATINGS, of one clerk's visits."""
    return f"{RATINGS}.by.{clerk}"


def rated(whose: str, what: Literal["count", "sum", "low"]) -> str:
    """How many ratings, their sum, the low ones. `whose`: RATINGS or what `ratings_of` says."""
    return f"{whose}.{what}"
