"""The codes that answer "why this ticket?" and "why not that one?", with the facts of each.

Codes and facts are what the log keeps; the sentences are made where they are shown.
Facts are whole numbers or codes: `_s` is seconds, and `left_s` is negative past the due time.
"""

from enum import StrEnum


class CallRule(StrEnum):
    """Why a ticket was called.

    Facts of every call: `lane`, `tier`, `waited_s`, `left_s`, `target_s`; `priority_waiting` and
    `standard_waiting`, the others that the counter could take; `passed_total`, everybody
    passed over (at most ten are named). Calls under `guarded` also have `set_back`: how many
    of its lane who are late already the ticket went before.
    """

    FIRST_COME = "first-come"
    """The earliest in the order of arrival."""
    EARLIEST_DUE = "earliest-due"
    """The promise that runs out first, whatever the lane."""
    IN_ORDER = "in-order"
    """The first of the only lane that this counter can take from."""
    PRIORITY_FIRST = "priority-first"
    """The first of the priority lane, while the standard lane waits."""
    PRIORITY_RESCUED = "priority-rescued"
    """Would miss the target now; those before it in the lane already have."""
    STANDARD_RESCUED = "standard-rescued"
    """Would miss the target now, and the priority lane can wait: `priority_left_s` of the one
    there with the least time, if there is one."""
    STANDARD_TURN = "standard-turn"
    """The standard lane's one call in twenty, after `priority_run` of the priority lane."""
    BY_APPOINTMENT = "by-appointment"
    """The agreed time has come: `agreed_at_ms`, as the wall shows it."""
    BY_HAND = "by-hand"
    """A person chose."""


class PassReason(StrEnum):
    """Why a ticket was not called although it may ask. Facts of every one: `waited_s`."""

    CAME_LATER = "came-later"
    """Has priority, but came later, and the hall calls by arrival."""
    CAME_BACK_LATER = "came-back-later"
    """Has an older number, but its place is a later one since it came back or was sent on."""
    DUE_LATER = "due-later"
    """Its promise runs out later. `left_s`."""
    PRIORITY_LANE = "priority-lane"
    """The called customer has priority."""
    CAN_WAIT = "can-wait"
    """Has priority and time in hand. `left_s`."""
    ALREADY_LATE = "already-late"
    """Is past its target; the called one could still be in time. `late_s`, `allowed` (how often
    it may be passed like this), `passed` (how often it was, this call included)."""
    STANDARD_TURN = "standard-turn"
    """Has priority, but this was the standard lane's one call in twenty. `left_s`."""
    APPOINTMENT = "appointment"
    """The one called had an appointment for this time."""
    NOT_YET = "not-yet"
    """Has an appointment, and its time has not come. `agreed_at_ms`."""
    BY_HAND = "by-hand"
    """A person chose another."""
    BOUND_TO_COUNTER = "bound-to-counter"
    """Waits for one counter. `counter`."""
    BOUND_TO_ZONE = "bound-to-zone"
    """Waits for one zone. `zone`."""
    NOT_OFFERED_HERE = "not-offered-here"
    """Wants what this counter does not offer. `service`."""
    DEDICATED_COUNTER = "dedicated-counter"
    """This counter serves the other lane first."""
