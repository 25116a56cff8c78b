"""A number that somebody asks for, in words: what is true now, what comes next, how it was called."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Lane
from hallq.domain.policy import CallRule
from hallq.domain.tickets import TicketState
from hallq.domain.views.find import EndedView, FoundView, LastCallView, PresentView, Trace
from hallq.domain.views.guide import IssuedView
from hallq.i18n import N_, _
from hallq.wording import times
from hallq.wording.calls import left_words
from hallq.wording.guide import ahead_words, minutes_words, tier_and_lane
from hallq.wording.states import reason_name, service_name

PAST_CALLS: Mapping[str, str] = {
    CallRule.FIRST_COME: N_("it had come first"),
    CallRule.EARLIEST_DUE: N_("it was due first"),
    CallRule.IN_ORDER: N_("it was first in line"),
    CallRule.PRIORITY_FIRST: N_("the priority lane went first"),
    CallRule.PRIORITY_RESCUED: N_("it could still be in time"),
    CallRule.STANDARD_RESCUED: N_("it could still be in time"),
    CallRule.STANDARD_TURN: N_("it was the standard lane's turn"),
    CallRule.BY_APPOINTMENT: N_("it had an appointment"),
    CallRule.BY_HAND: N_("it was chosen by hand"),
}
"""Why a ticket was called, once the call lies behind; a test holds it and the rules together."""

DAY_CLOSED = "day-closed"
"""The cause of an end that `TicketExpired` names so; else the way back had passed."""

SINCE: Mapping[TicketState, str] = {
    TicketState.GRANTED: N_("Being called to counter {counter}."),
    TicketState.CALLED: N_("Called to counter {counter} at {since} ({minutes} min ago)."),
    TicketState.SERVING: N_("At counter {counter} since {since} ({minutes} min), with {clerk}."),
    TicketState.HELD: N_("On hold since {since} ({minutes} min): {reason}."),
    TicketState.MISSED: N_("Called and not there at {since} ({minutes} min ago)."),
}
"""What is true of a number that does not wait."""


def found_lines(found: FoundView, config: HallConfig) -> tuple[str, ...]:
    """A number: what it is, what is true now, what comes next, and how it was called last."""
    if found.trace is Trace.NEVER_ISSUED:
        return (_("{ticket} was not issued today.").format(ticket=found.label),)
    if found.ticket is None or found.present is None:
        return _gone(found.label, found.ended, config)
    ticket, present = found.ticket, found.present
    lines = [
        f"{ticket.label}  {service_name(config, ticket.service)} · "
        f"{tier_and_lane(config, ticket.tier, ticket.lane)}",
        _now(present, config),
        _next(ticket, present, config),
    ]
    if found.last_call is not None:
        lines.append(_last_call(found.last_call, config.zone_info))
    return tuple(lines)


def _gone(label: str, ended: EndedView | None, config: HallConfig) -> tuple[str, ...]:
    if ended is None:
        return (_("{ticket} is not in the hall any more.").format(ticket=label),)
    head = f"{label}  {service_name(config, ended.service)} · {tier_and_lane(config, ended.tier, ended.lane)}"
    facts = {
        "time": times.clock(ended.at_ms, config.zone_info),
        "counter": ended.counter,
        "clerk": ended.clerk,
        "service": service_name(config, ended.not_possible) if ended.not_possible else "",
    }
    lines = [head, _(_how_it_ended(ended)).format_map(facts)]
    if reason := _end_reason(ended, config):
        lines.append(_("Reason: {reason}.").format(reason=reason))
    return tuple(lines)


def _how_it_ended(ended: EndedView) -> str:
    match ended.state:
        case TicketState.FINISHED if ended.not_possible:
            return N_("“{service}” was not possible: ended at {time} at counter {counter}, by {clerk}.")
        case TicketState.FINISHED:
            return N_("Served: finished at {time} at counter {counter}, by {clerk}.")
        case TicketState.CANCELLED:
            return N_("Cancelled at {time}.")
        case TicketState.LEFT:
            return N_("Reported as left at {time}.")
        case _ if ended.reason == DAY_CLOSED:
            return N_("Ended at {time}, when the day was closed.")
    return N_("Was missed and not back by {time}: ended.")


def _end_reason(ended: EndedView, config: HallConfig) -> str:
    reasons = config.reasons.not_possible if ended.not_possible else config.reasons.cancel
    asked = ended.not_possible or ended.state is TicketState.CANCELLED
    return reason_name(reasons, ended.reason) if asked and ended.reason else ""


def _now(present: PresentView, config: HallConfig) -> str:
    facts = {
        "since": times.clock(present.since_at_ms, config.zone_info),
        "minutes": present.minutes,
        "counter": present.counter,
        "clerk": present.clerk,
        "reason": reason_name(config.reasons.hold, present.reason),
    }
    if present.state in SINCE:
        return _(SINCE[present.state]).format_map(facts)
    if present.left_ms is None:
        return _("Waits again since {since} ({minutes} min).").format_map(facts)
    waiting = _("Waiting since {since} ({minutes} min): {left}.")
    return waiting.format(**facts, left=left_words(present.left_ms))


def _next(ticket: IssuedView, present: PresentView, config: HallConfig) -> str:
    until = "" if present.until_at_ms is None else times.clock(present.until_at_ms, config.zone_info)
    match present.state:
        case TicketState.WAITING:
            return _place(ticket, present)
        case TicketState.SERVING:
            return _("Next: the clerk finishes, holds or sends on the visit.")
        case TicketState.HELD if until:
            back = _("Next: back in the queue at {until}, for counter {counter} first.")
            return back.format(until=until, counter=present.counter)
        case TicketState.HELD:
            back = _("Next: counter {counter} or the manager takes it back in.")
            return back.format(counter=present.counter)
        case TicketState.MISSED:
            return _("Next: may come back until {until} (R), then the number ends.").format(until=until)
    return _("Next: the customer comes, or the counter marks it missed.")


def _place(ticket: IssuedView, present: PresentView) -> str:
    if ticket.agreed:
        return _("Next: called at {time}, by appointment.").format(time=ticket.agreed)
    parts = [ahead_words(ticket.before or 0), minutes_words(ticket.wait)]
    if present.counter is not None:
        parts.append(_("for counter {counter}").format(counter=present.counter))
    elif ticket.before and ticket.lane is Lane.PRIORITY:
        parts.append(_("before it: priority numbers due earlier"))
    elif ticket.before:
        parts.append(_("before it: the priority lane, and numbers due earlier"))
    return " · ".join(parts)


def _last_call(call: LastCallView, zone: ZoneInfo) -> str:
    reason = _(PAST_CALLS[call.rule]) if call.rule in PAST_CALLS else call.rule
    told = _("Last call: {time} to counter {counter}, after {waited} min; {reason}.")
    return told.format(
        time=times.clock(call.at_ms, zone), counter=call.counter, waited=call.waited, reason=reason
    )
