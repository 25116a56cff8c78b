"""What a terminal may do on its own while it cannot reach the hub."""

from collections.abc import Collection, Mapping

from hallq.domain import intents as i
from hallq.domain.counters import CounterState
from hallq.domain.intents import Intent
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.state import HallState
from hallq.domain.visible_tickets import with_only

CALLS = (i.CallNext, i.CallTicket)
OF_A_TICKET = (i.GivePriority, i.CancelTicket, i.ReportLeft)
APPOINTMENTS = (i.BookAppointment, i.MoveAppointment, i.CancelAppointment)
FOR_THE_HUB = (
    *APPOINTMENTS,
    i.CloseDay,
    i.AdoptClock,
    i.ReleaseTickets,
    i.GrantNext,
    i.GrantTicket,
    i.ChangeStaff,
    i.NoteDirectory,
    i.ChangeLanes,
)
SHARED = (
    *CALLS,
    *OF_A_TICKET,
    *APPOINTMENTS,
    i.ReturnMissed,
    i.EndHold,
    i.OpenCounter,
    i.OpenDay,
    i.CloseDay,
    i.AdoptClock,
    i.ChangeLanes,
)
"""What the hub decides when it can be reached, because others may want the same."""


def barred_to_a_copy(intent: Intent) -> Refusal | None:
    """Why a terminal that has a living copy may not do this: the copy may have done it too.

    What is at its counters already may be brought to its end.
    """
    numbered = (i.IssueTicket, i.CheckIn, i.TakeComplaint)
    return Refusal(Reason.ENROL_ANEW) if isinstance(intent, (*SHARED, *numbered)) else None


def as_it_may_act(
    intent: Intent,
    state: HallState,
    leased: Mapping[str, int],
    own: Collection[str],
    doubted: Collection[str] = (),
) -> HallState | Refusal:
    """The state that the terminal may decide on, or why it must wait for the hub.

    `leased`: ticket_id to counter, granted in advance. `own`: tickets issued here that nobody
    else can know of. `doubted`: what a copy of the file may have in hand, too.
    """
    if isinstance(intent, FOR_THE_HUB):
        return Refusal(Reason.NEEDS_HUB)
    if isinstance(intent, OF_A_TICKET) and intent.ticket_id not in own:
        ticket = state.tickets.get(intent.ticket_id)
        return Refusal(Reason.NEEDS_HUB_FOR, {"ticket": ticket.label}) if ticket else state
    if isinstance(intent, CALLS):
        mine = {ticket_id for ticket_id, counter in leased.items() if counter == intent.counter} | set(own)
        return _must_wait(intent.counter, state, mine, doubted) or with_only(state, mine)
    return state


def _must_wait(
    counter: int, state: HallState, mine: Collection[str], doubted: Collection[str]
) -> Refusal | None:
    """Why nobody can be called, although somebody in hand waits."""
    waiting = {ticket.ticket_id for ticket in state.waiting()}
    count = len(waiting.intersection(doubted))
    is_free = state.counter(counter).state is CounterState.OPEN
    return (
        Refusal(Reason.HUB_FIRST, {"count": count}) if count and is_free and not waiting & set(mine) else None
    )
