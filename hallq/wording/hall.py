"""Sentences about the hall as a whole: who stands before a number, what a closing day leaves."""

from collections.abc import Sequence

from hallq.domain.config import HallConfig
from hallq.domain.spoken_waits import spoken_minutes
from hallq.domain.tickets import AT_COUNTER, Ticket, TicketState
from hallq.domain.views.waiting import AwayRow, WaitingRow
from hallq.i18n import _, counted, enumerated
from hallq.wording.states import service_name, ticket_state, tier_name

MOST_NAMED = 12
"""So many numbers are named; the rest is counted."""


def waiting_sentences(row: WaitingRow, before: Sequence[str], config: HallConfig) -> str:
    """Where a waiting number stands: its wait, its promise, who is expected to be called before it."""
    lines = [
        _("{tier}, {service}. Waits for {waited} minutes.").format(
            tier=tier_name(config, row.tier), service=service_name(config, row.service), waited=row.waited
        ),
        _promise(row),
    ]
    if row.call_in is None:
        lines.append(_("No counter takes anybody now."))
    elif minutes := spoken_minutes(row.call_in):
        call = counted(
            "Its call is expected in about {count} minute.",
            "Its call is expected in about {count} minutes.",
            minutes,
        )
        lines.append(call)
    else:
        lines.append(_("Its call is expected at any moment."))
    if before:
        head = counted("{count} is called before it:", "{count} are called before it:", len(before))
        lines.append(f"{head} {named(before)}")
    else:
        lines.append(_("Nobody is called before it."))
    return "\n".join(lines)


def _promise(row: WaitingRow) -> str:
    if row.agreed and row.due_in > 0:
        return _("By appointment: called at {time}, before the queue.").format(time=row.agreed)
    if row.due_in < 0:
        return _("Its promise passed {minutes} minutes ago.").format(minutes=-row.due_in)
    return _("{minutes} minutes of its promise are left.").format(minutes=row.due_in)


def away_sentence(row: AwayRow, config: HallConfig) -> str:
    """What is known of a number on hold or missed."""
    return _("{state} for {minutes} minutes. {service}.").format(
        state=ticket_state(row.state), minutes=row.away, service=service_name(config, row.service)
    )


def still_open(tickets: Sequence[Ticket]) -> str:
    """Who is still in the hall, a line for each state."""
    lines = []
    for state, labels in _by_state(tickets).items():
        lines.append(
            _("{state} ({count}): {tickets}").format(
                state=ticket_state(state), count=len(labels), tickets=named(labels)
            )
        )
    return "\n".join(lines)


def _by_state(tickets: Sequence[Ticket]) -> dict[TicketState, list[str]]:
    by_state: dict[TicketState, list[str]] = {}
    for state in TicketState:
        labels = [t.label for t in sorted(tickets, key=lambda t: t.queue_key) if t.state is state]
        if labels:
            by_state[state] = labels
    return by_state


def still_serving(tickets: Sequence[Ticket]) -> str:
    """Whose counters have to finish first."""
    busy = sorted((t for t in tickets if t.state in AT_COUNTER), key=lambda t: t.counter or 0)
    where = _("{ticket} at counter {counter}")
    shown = [where.format(ticket=t.label, counter=t.counter) for t in busy[:MOST_NAMED]]
    more = [f"+{len(busy) - MOST_NAMED}"] if len(busy) > MOST_NAMED else []
    return _("First finish, hold or send back: {tickets}.").format(tickets=enumerated([*shown, *more]))


def closing_choices(tickets: Sequence[Ticket]) -> tuple[tuple[str, str, str], ...]:
    """(code, what may be done with those still here, what that means), for a day that closes."""
    count = len(tickets)
    missed = any(t.state is TicketState.MISSED for t in tickets)
    kept = _("number and place stay; promised anew next day")
    late = _("number, place, way back stay; anew next day")
    return (
        ("all", _("Carry over all {count}").format(count=count), late if missed else kept),
        ("none", _("Let all {count} expire").format(count=count), _("their numbers end with the day")),
    )


def named(labels: Sequence[str]) -> str:
    """Some numbers, and how many there are besides."""
    more = len(labels) - MOST_NAMED
    text = " ".join(labels[:MOST_NAMED])
    return f"{text} … +{more}" if more > 0 else text
