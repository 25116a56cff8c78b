"""The clerk's screen in words: phases, what the space bar does, hints about time."""

from hallq.domain.config import CounterRule, HallConfig
from hallq.domain.events import Event
from hallq.domain.intents import (
    FinishVisit,
    HoldVisit,
    Intent,
    ReportMissed,
    ReturnMissed,
    TransferVisit,
    WithdrawCall,
)
from hallq.domain.lanes import Pressure, Tier
from hallq.domain.policy import CallRule
from hallq.domain.policy.eligible import present_rules
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket, TicketState
from hallq.domain.views.counter_shapes import CardView, CounterView, NextView, Phase, RunningView
from hallq.i18n import N_, _, counted
from hallq.wording import times
from hallq.wording.calls import call_in_short, left_words, zone_name
from hallq.wording.states import counter_state, reason_name, service_name, tier_name

PHASES: dict[Phase, str] = {
    Phase.DAY_CLOSED: N_("Day not open"),
    Phase.CLOSED: N_("Closed"),
    Phase.FREE: N_("Free"),
    Phase.CALLING: N_("Calling"),
    Phase.SERVING: N_("Serving"),
    Phase.PAUSED: N_("Paused"),
}
"""One word for each phase; a test holds the two together."""

LIKELY: dict[Phase, str] = {
    Phase.DAY_CLOSED: N_("Open the day"),
    Phase.CLOSED: N_("Open counter"),
    Phase.FREE: N_("Call next"),
    Phase.CALLING: N_("Arrived"),
    Phase.SERVING: N_("Finish"),
    Phase.PAUSED: N_("Resume"),
}
"""What the space bar does in each phase."""

PRESSURES: dict[Pressure, tuple[str, str]] = {
    Pressure.FINE: ("●", N_("in time")),
    Pressure.SOON: ("▲", N_("soon over")),
    Pressure.OVER: ("✖", N_("over")),
}
"""Glyph and word of the three states of time."""

PLAIN_RULES = frozenset(
    {CallRule.FIRST_COME, CallRule.EARLIEST_DUE, CallRule.IN_ORDER, CallRule.PRIORITY_FIRST}
)
"""Rules that need no word as long as nobody is passed over."""

TIER_GLYPHS: dict[Tier, str] = {
    Tier.SUPREME: "◈",
    Tier.DIAMOND: "◆",
    Tier.GOLD: "★",
    Tier.SILVER: "☆",
    Tier.NONE: "·",
}


def tier_words(config: HallConfig, tier: Tier) -> str:
    """Glyph and name of a tier."""
    return f"{TIER_GLYPHS[tier]} {tier_name(config, tier)}"


def pressure_words(pressure: Pressure) -> str:
    """Glyph and word of a state of time."""
    glyph, word = PRESSURES[pressure]
    return f"{glyph} {_(word)}"


def wait_words(card: CardView) -> str:
    """How long the customer waited, against the promise."""
    if card.agreed:
        told = _("by appointment at {time}, waited {minutes} min")
        return told.format(time=card.agreed, minutes=times.minutes(card.wait_ms))
    return _("waited {minutes} min (promised {target})").format(
        minutes=times.minutes(card.wait_ms), target=times.minutes(card.target_ms)
    )


def headline(view: CounterView, config: HallConfig, date: str) -> str:
    """What is the matter, where no ticket is in front. `date`: the business day to open."""
    match view.phase:
        case Phase.DAY_CLOSED:
            return _("The business day is not open. Space opens {date}.").format(date=times.day(date))
        case Phase.CLOSED:
            return _("This counter is closed. Space opens it for you.")
        case Phase.PAUSED:
            reason = reason_name(config.reasons.pause, view.pause_reason)
            return _("Paused: {reason}. Space takes customers again.").format(reason=reason)
        case _:
            return _free_words(view)


def _free_words(view: CounterView) -> str:
    if view.kept:
        return _("{ticket} is kept for you: Space calls it.").format(ticket=view.kept)
    if view.in_hand is not None and not view.next:
        return _("Without the hub nobody can be called here.")
    if view.next:
        return _("Space calls the next customer.")
    if view.elsewhere:
        return counted(
            "Nobody for this counter; {count} waits for others.",
            "Nobody for this counter; {count} wait for others.",
            view.elsewhere,
        )
    return _("Nobody is waiting.")


def calling_hint(card: CardView, suggests_missed: bool) -> str:
    """What to do while a call is out."""
    if suggests_missed:
        return _("Called {count} times. Not here? M: missed, the number is kept for a while.").format(
            count=card.recalls + 1
        )
    if card.recalls:
        return _("Called {count} times. Space when the customer is here, R calls again.").format(
            count=card.recalls + 1
        )
    return _("Space when the customer is here, R calls again.")


def running_hint(label: str, running: RunningView, config: HallConfig) -> str:
    """What the running time asks of the clerk; empty while it is fine."""
    if running.asks_forgotten:
        return _(
            "Is {ticket} still here?  Space: still serving  F: finished earlier (kept out of the averages)"
        ).format(ticket=label)
    limit = times.minutes(running.limit_ms)
    if running.pressure is Pressure.SOON:
        left = times.running(running.limit_ms - running.elapsed_ms)
        return _("{left} left of {limit} minutes.").format(left=left, limit=limit)
    if running.wants_reason:
        return _("Over {limit} minutes. What takes longer? O gives the reason.").format(limit=limit)
    if running.pressure is Pressure.OVER:
        reason = reason_name(config.reasons.over_limit, running.over_reason)
        return _("Over {limit} minutes: {reason}.").format(limit=limit, reason=reason)
    return ""


def only_in_hand(count: int) -> str:
    """Why the queue looks short; the top line says why there is no hub."""
    if not count:
        return _("Without the hub none of them can be called here.")
    return counted(
        "Without the hub only the {count} ticket in hand can be called here.",
        "Without the hub only the {count} tickets in hand can be called here.",
        count,
    )


def next_words(view: NextView) -> str:
    """When one of the next few is due, with its glyph."""
    if view.left_ms is None:
        return f"○ {_('called before')}"
    return f"{PRESSURES[view.pressure][0]} {left_words(view.left_ms)}"


def next_reason(view: NextView, *, brief: bool) -> str:
    """Why one of the next few goes before another; nothing where it is just its turn."""
    if not view.before:
        return "" if view.rule in PLAIN_RULES else call_in_short(view.rule)
    before = "→ " + _("before {ticket}").format(ticket=view.before)
    return before if brief else f"{call_in_short(view.rule)} {before}"


def counter_words(rule: CounterRule, state: HallState, config: HallConfig) -> tuple[str, str]:
    """(name of a counter, its zone, state and clerk)."""
    counter = state.counter(rule.number)
    parts = [zone_name(config, rule.zone), counter_state(counter.state), counter.clerk or ""]
    return _("Counter {counter}").format(counter=rule.number), " · ".join(p for p in parts if p)


def done_sentence(intent: Intent, events: tuple[Event, ...], state: HallState, config: HallConfig) -> str:
    """What became of a ticket that left this screen; empty where the screen shows it anyway."""
    ticket = next((state.tickets[t] for t in _ticket_ids(events) if t in state.tickets), None)
    if ticket is None:
        return ""
    match intent:
        case HoldVisit(minutes=None):
            return _("{ticket} is on hold. C calls it back.").format(ticket=ticket.label)
        case HoldVisit():
            return _("{ticket} is on hold and waits again in {minutes} min.").format(
                ticket=ticket.label, minutes=f"{intent.minutes:g}"
            )
        case TransferVisit() | FinishVisit():
            return _sent_sentence(ticket, state, config)
        case ReportMissed():
            minutes = f"{config.calling.missed_window_minutes:g}"
            return _("{ticket} was missed; the number is kept for {minutes} min.").format(
                ticket=ticket.label, minutes=minutes
            )
        case ReturnMissed():
            return _("{ticket} waits again.").format(ticket=ticket.label)
        case WithdrawCall():
            return _("{ticket} waits again, at its old place.").format(ticket=ticket.label)
    return ""


def _ticket_ids(events: tuple[Event, ...]) -> list[str]:
    return [str(event.ticket_id) for event in events if hasattr(event, "ticket_id")]


def _sent_sentence(ticket: Ticket, state: HallState, config: HallConfig) -> str:
    """Where the ticket went; a place where nobody is keeps no other counter from calling it."""
    if ticket.state is not TicketState.WAITING:
        return ""
    present = present_rules(state, config)
    if ticket.bound_counter is not None:
        is_there = any(rule.number == ticket.bound_counter for rule in present)
        told = (
            _("{ticket} waits for counter {counter}.")
            if is_there
            else _(
                "{ticket} goes to counter {counter}. It is closed: until it opens, others call the number too."
            )
        )
        return told.format(ticket=ticket.label, counter=ticket.bound_counter)
    if ticket.bound_zone is not None:
        is_there = any(rule.zone == ticket.bound_zone for rule in present)
        told = (
            _("{ticket} waits for the zone {zone}.")
            if is_there
            else _(
                "{ticket} goes to the zone {zone}. Nobody is there: until then others call the number too."
            )
        )
        return told.format(ticket=ticket.label, zone=zone_name(config, ticket.bound_zone))
    return _("{ticket} waits for {service}.").format(
        ticket=ticket.label, service=service_name(config, ticket.service)
    )
