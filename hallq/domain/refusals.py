"""Why an intent was refused: a code and its facts, put into words at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Every way to say no; each has a sentence in both languages."""

    DAY_NOT_OPEN = "day-not-open"
    DAY_ALREADY_OPEN = "day-already-open"
    DAY_ALREADY_WORKED = "day-already-worked"
    DAY_STILL_SERVING = "day-still-serving"
    UNKNOWN_COUNTER = "unknown-counter"
    UNKNOWN_SERVICE = "unknown-service"
    UNKNOWN_ZONE = "unknown-zone"
    UNKNOWN_TICKET = "unknown-ticket"
    UNKNOWN_REASON = "unknown-reason"
    COUNTER_CLOSED = "counter-closed"
    COUNTER_OPEN = "counter-open"
    COUNTER_PAUSED = "counter-paused"
    COUNTER_BUSY = "counter-busy"
    COUNTER_IDLE = "counter-idle"
    CLERK_ELSEWHERE = "clerk-elsewhere"
    NOBODY_WAITING = "nobody-waiting"
    NOT_WAITING = "not-waiting"
    GRANTED_FIRST = "granted-first"
    ENROL_ANEW = "enrol-anew"
    HUB_FIRST = "hub-first"
    NEEDS_HUB = "needs-hub"
    NEEDS_HUB_FOR = "needs-hub-for"
    NOT_OFFERED_HERE = "not-offered-here"
    NOT_CALLING = "not-calling"
    NOT_SERVING = "not-serving"
    NOT_HELD = "not-held"
    NOT_MISSED = "not-missed"
    WINDOW_PASSED = "window-passed"
    ALREADY_QUEUEING = "already-queueing"
    ALREADY_PRIORITY = "already-priority"
    NO_TRANSACTION = "no-transaction"
    TRANSFER_TO_SELF = "transfer-to-self"
    NOT_CANCELLABLE = "not-cancellable"
    NO_SUCH_SLOT = "no-such-slot"
    SLOT_FULL = "slot-full"
    SLOT_OVER = "slot-over"
    NOT_BOOKED = "not-booked"
    MOVE_TOO_LATE = "move-too-late"
    TOO_EARLY = "too-early"
    SIGN_IN_AGAIN = "sign-in-again"
    NOT_ALLOWED = "not-allowed"
    NOT_YOUR_COUNTER = "not-your-counter"
    NEEDS_WORD = "needs-word"
    NUMBER_TAKEN = "number-taken"
    RATING_OVER = "rating-over"
    NOTHING_SAID = "nothing-said"
    COMPLAINT_FURTHER = "complaint-further"
    NUMBER_ELSEWHERE = "number-elsewhere"
    NO_ROLE = "no-role"
    LAST_ADMIN = "last-admin"
    NOTE_SETTLED = "note-settled"
    LATER_REASON = "later-reason"
    """One that a later hallq has and this one does not know."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A no with its reason; `facts` fill the placeholders of the sentence."""

    reason: Reason
    facts: dict[str, int | str] = field(default_factory=dict)


def told_refusal(code: str, facts: Mapping[str, int | str]) -> Refusal:
    """A refusal as a hub tells it, which may be a later hallq."""
    try:
        return Refusal(Reason(code), dict(facts))
    except ValueError:
        return Refusal(Reason.LATER_REASON, {"code": code})
