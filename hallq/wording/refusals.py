"""A refusal in words: what is the matter, and what to do about it."""

from hallq.domain.appointments import AppointmentState
from hallq.domain.lanes import Lane
from hallq.domain.refusals import Reason, Refusal
from hallq.i18n import N_, _
from hallq.wording.appointments import STATES, slot_words
from hallq.wording.permissions import deed_sentence, for_roles
from hallq.wording.states import lane_name, ticket_state

SENTENCES: dict[Reason, str] = {
    Reason.DAY_NOT_OPEN: N_("The business day is not open. Open it first."),
    Reason.DAY_ALREADY_OPEN: N_("The business day {date} is already open."),
    Reason.DAY_ALREADY_WORKED: N_(
        "{date} has been worked and closed already. Open {last} again, or a new date."
    ),
    Reason.DAY_STILL_SERVING: N_("{tickets} are still at a counter. Finish them, then close the day."),
    Reason.UNKNOWN_COUNTER: N_("Counter {counter} is not in hall.toml. Choose another one."),
    Reason.UNKNOWN_SERVICE: N_("The service {service} is not in the catalogue. Choose another one."),
    Reason.UNKNOWN_ZONE: N_("The zone {zone} is not in hall.toml. Choose another one."),
    Reason.UNKNOWN_TICKET: N_("This number is not in the hall any more. The guide's F tells how it ended."),
    Reason.UNKNOWN_REASON: N_("The reason {reason} is not in hall.toml. Choose one of the list."),
    Reason.COUNTER_CLOSED: N_("Counter {counter} is closed. Open it first."),
    Reason.COUNTER_OPEN: N_("Counter {counter} is taken by {clerk}. Choose another one."),
    Reason.COUNTER_PAUSED: N_("Counter {counter} is paused. Resume first."),
    Reason.COUNTER_BUSY: N_("Counter {counter} still has {ticket}. Finish that first."),
    Reason.COUNTER_IDLE: N_("Counter {counter} has no customer now. Call first."),
    Reason.CLERK_ELSEWHERE: N_("{clerk} is at counter {counter}. Close that one first."),
    Reason.NOBODY_WAITING: N_("Nobody is waiting for counter {counter}."),
    Reason.GRANTED_FIRST: N_("{ticket} is kept for this counter: call it first."),
    Reason.ENROL_ANEW: N_(
        "Another copy of this terminal gives the same numbers and calls the same tickets: enrol this one anew, "
        "unless the top line says to wait."
    ),
    Reason.HUB_FIRST: N_(
        "{count} tickets in hand may have been called elsewhere since: this machine does not remember this "
        "file, or it is an older one. They wait for the hub."
    ),
    Reason.NEEDS_HUB: N_("This needs the hub, which cannot be reached now. Try again once it is connected."),
    Reason.NEEDS_HUB_FOR: N_(
        "{ticket} belongs to the whole hall: this needs the hub, which cannot be reached now. Try again once it is connected."
    ),
    Reason.NOT_WAITING: N_("{ticket} is not waiting any more. Choose another number."),
    Reason.NOT_OFFERED_HERE: N_("This counter does not offer what {ticket} needs. Transfer instead."),
    Reason.NOT_CALLING: N_("Counter {counter} has no call out. Call first."),
    Reason.NOT_SERVING: N_("Counter {counter} is not serving anybody. Call first."),
    Reason.NOT_HELD: N_("{ticket} is not on hold."),
    Reason.NOT_MISSED: N_("{ticket} was not missed."),
    Reason.WINDOW_PASSED: N_(
        "{ticket} was missed more than {minutes} minutes ago. Please take a new number."
    ),
    Reason.ALREADY_QUEUEING: N_(
        "This customer already has {ticket} ({state}). Press again for a second number."
    ),
    Reason.ALREADY_PRIORITY: N_("{ticket} is in the priority lane already."),
    Reason.NO_TRANSACTION: N_("{ticket} has no transaction running."),
    Reason.TRANSFER_TO_SELF: N_("Counter {counter} is this counter. Choose another one."),
    Reason.NO_SUCH_SLOT: N_("There are no appointments at {slot} in this lane: {lane}. Choose another time."),
    Reason.SLOT_FULL: N_("{slot} is full: all {places} places are taken. Choose another time."),
    Reason.SLOT_OVER: N_("{slot} is past. Choose another time."),
    Reason.NOT_BOOKED: N_("This appointment is no longer open ({state}). Look at the list again."),
    Reason.MOVE_TOO_LATE: N_(
        "{slot} can be moved until {minutes} minutes before only. It can still be called off."
    ),
    Reason.TOO_EARLY: N_("The appointment is for {slot}: check-in begins {minutes} minutes before."),
    Reason.SIGN_IN_AGAIN: N_("Your sign-in is good no more. Sign in again (F9)."),
    Reason.NOT_ALLOWED: N_("This is for: {roles}. An admin gives roles: hallq staff roles"),
    Reason.NOT_YOUR_COUNTER: N_("Counter {counter} is {clerk}'s. Take it over first."),
    Reason.NEEDS_WORD: "{deed}",
    Reason.NUMBER_TAKEN: N_("Number {number} belongs to somebody else. Choose another one."),
    Reason.RATING_OVER: N_("This visit can no longer be rated."),
    Reason.NOTHING_SAID: N_("Nothing was written: a sentence is needed."),
    Reason.COMPLAINT_FURTHER: N_("Somebody has gone on with this complaint: look at the list again."),
    Reason.LATER_REASON: N_("The hub refused this ({code}). Update hallq on this terminal to read why."),
    Reason.NUMBER_ELSEWHERE: N_(
        "The number is still at the terminal that took it: look there, or wait for it."
    ),
    Reason.NO_ROLE: N_("Number {number} needs at least one role."),
    Reason.LAST_ADMIN: N_("{number} is the only admin. Make somebody else one first."),
    Reason.NOTE_SETTLED: N_("This entry of the handover log is settled already."),
    Reason.NOT_CANCELLABLE: N_("{ticket} is being served at counter {counter}. Finish there instead."),
}
"""One sentence for each reason; a test holds the two together."""

_HUB_FIRST_ONE = N_(
    "One ticket in hand may have been called elsewhere since: this machine does not remember this "
    "file, or it is an older one. It waits for the hub."
)


def refusal_sentence(refusal: Refusal) -> str:
    """What to tell the person who asked."""
    facts = dict(refusal.facts)
    if refusal.reason is Reason.ALREADY_QUEUEING:
        facts["state"] = ticket_state(str(facts["state"]))
    if "slot" in facts:
        facts["slot"] = slot_words(str(facts["slot"]))
    if "lane" in facts:
        facts["lane"] = lane_name(Lane(str(facts["lane"])))
    if refusal.reason is Reason.NOT_BOOKED:
        facts["state"] = _(STATES[AppointmentState(str(facts["state"]))])
    if refusal.reason is Reason.NOT_ALLOWED:
        facts["roles"] = for_roles(str(facts["roles"]))
    if refusal.reason is Reason.NEEDS_WORD:
        return deed_sentence(facts)
    if refusal.reason is Reason.HUB_FIRST and facts["count"] == 1:
        return _(_HUB_FIRST_ONE)
    return _(SENTENCES[refusal.reason]).format_map(facts)
