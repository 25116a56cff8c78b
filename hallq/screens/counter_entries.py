"""What the clerk chooses from: the lists of the counter screen's dialogs."""

from hallq.domain.config import HallConfig, Service
from hallq.domain.first_clerk import first_counter
from hallq.domain.policy import upcoming
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket, TicketState
from hallq.i18n import _, language
from hallq.screens.dialogs.choose import Entry
from hallq.wording import times
from hallq.wording.counter import counter_words, tier_words
from hallq.wording.states import aside, reason_name, service_name, ticket_state

MOST_LISTED = 200
"""Waiting tickets beyond this are found by the policy, not in a list."""


def counter_entries(state: HallState, config: HallConfig) -> list[Entry]:
    """All counters with zone, state and clerk."""
    entries = []
    for rule in config.counters:
        name, note = counter_words(rule, state, config)
        entries.append(Entry(str(rule.number), name, note, digit=rule.number))
    return entries


def service_entries(config: HallConfig, counter: int) -> list[Entry]:
    """The services that a counter offers."""
    offers = config.counter_by_number[counter].offers
    return [_service_entry(service) for service in config.services if offers(service.code)]


def _service_entry(service: Service, prefix: str = "") -> Entry:
    note = _("{minutes} min").format(minutes=f"{service.typical_minutes:g}")
    keywords = f"{service.name.zh} {service.name.en}"
    return Entry(prefix + service.code, service.name.in_language(language()), note, keywords)


def place_entries(state: HallState, config: HallConfig, counter: int) -> list[Entry]:
    """Where a customer may be sent: the first clerk, counters where somebody is, others, zones, services."""
    others = [e for e in counter_entries(state, config) if e.code != str(counter)]
    first = first_counter(state, counter)
    others.sort(key=lambda e: (e.code != str(first), not state.counter(int(e.code)).is_staffed))
    zones = [
        Entry(f"zone:{z.code}", z.name.in_language(language()), _("any counter there")) for z in config.zones
    ]
    return [
        *(_counter_place(e, is_first=e.code == str(first)) for e in others),
        *zones,
        *(_service_entry(service, "service:") for service in config.services),
    ]


def _counter_place(entry: Entry, *, is_first: bool) -> Entry:
    note = f"{_('first clerk')} · {entry.note}" if is_first else entry.note
    return Entry(f"counter:{entry.code}", entry.label, note, digit=entry.digit)


def ticket_entries(state: HallState, config: HallConfig, counter: int, now_ms: int) -> list[Entry]:
    """Who may be called by hand: those on hold, those missed, and those who wait, next first."""
    held = state.in_state(TicketState.HELD)
    mine_first = sorted(held, key=lambda t: t.bound_counter != counter)
    missed = state.in_state(TicketState.MISSED)
    waiting = [call.ticket for call in upcoming(state, config, counter, now_ms, MOST_LISTED)]
    return [_ticket_entry(config, ticket, now_ms) for ticket in (*mine_first, *missed, *waiting)]


def _ticket_entry(config: HallConfig, ticket: Ticket, now_ms: int) -> Entry:
    waited = _("waits {minutes} min").format(minutes=times.minutes(now_ms - ticket.waiting_since_ms))
    state = ticket_state(ticket.state) if ticket.state is not TicketState.WAITING else ""
    if ticket.state is TicketState.HELD:
        reason = reason_name(config.reasons.hold, ticket.hold_reason)
        state = aside(state, reason)
    parts = [tier_words(config, ticket.tier), service_name(config, ticket.service), waited, state]
    return Entry(ticket.ticket_id, ticket.label, "  ".join(p for p in parts if p))
