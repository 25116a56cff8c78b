"""What is done besides the queue: appointments, lanes of counters, ratings, complaints, the shift."""

from collections.abc import Callable
from random import Random

from hallq.domain import intents as i
from hallq.domain.attendance import PresenceChange
from hallq.domain.handover import Topic
from hallq.domain.intents import Intent
from hallq.domain.lanes import LaneChoice, Tier
from hallq.domain.slots import wall_ms
from tests.simulator.terminals import SimTerminal

_COMES = 0.5
"""So likely somebody who has an appointment is there when the guide thinks of it."""


def besides(terminal: SimTerminal, chance: Random) -> Intent | None:
    """Somebody at this terminal does something that is not about who is next."""
    return chance.choice(_KINDS)(terminal, chance)


def _appointment(terminal: SimTerminal, chance: Random) -> Intent | None:
    """Somebody comes for an appointment, agrees on a time or another one, or calls it off."""
    expected = sorted(terminal.hall.state.appointments.values(), key=lambda a: a.appointment_id)
    expected = [appointment for appointment in expected if appointment.is_open]
    what = chance.random()
    if expected and what < _COMES:
        return i.CheckIn(appointment_id=chance.choice(expected).appointment_id)
    slot = _slot(terminal, chance)
    if expected and what < 0.6:
        return i.CancelAppointment(appointment_id=chance.choice(expected).appointment_id)
    if expected and what < 0.7:
        return i.MoveAppointment(appointment_id=chance.choice(expected).appointment_id, slot=slot)
    return i.BookAppointment(slot=slot, service="payment", tier=chance.choice((Tier.GOLD, Tier.NONE)))


def _slot(terminal: SimTerminal, chance: Random) -> str:
    """One of the next times that the hall has, by a clock that is right."""
    world = terminal.world
    date = terminal.hall.state.business_date
    slots = world.config.appointments.on(date)
    ahead = [slot for slot in slots if wall_ms(slot, world.config.zone_info) > world.time.now_ms]
    return chance.choice(sorted(ahead)[:3] or sorted(slots))


def _complaint(terminal: SimTerminal, chance: Random) -> Intent | None:
    """Somebody complains, or a manager goes on with a complaint."""
    state = terminal.hall.state
    if not state.complaints or chance.random() < 0.4:
        counter = chance.choice((*terminal.counters, None))
        return i.TakeComplaint(category="conduct", text="had to wait", at_counter=counter)
    which = chance.choice(sorted(state.complaints))
    what = chance.random()
    if what < 0.2:
        return i.LookAtNumber(complaint_id=which)
    if what < 0.4:
        return i.AnswerComplaint(complaint_id=which, text="we are sorry")
    if what < 0.6:
        return i.SettleComplaint(complaint_id=which, text="somebody called back")
    return i.FollowUpComplaint(complaint_id=which, is_settled=chance.random() < 0.7)


def _rating(terminal: SimTerminal, chance: Random) -> Intent | None:
    """Somebody rates a visit that has ended, or a manager sees to a low rating."""
    state = terminal.hall.state
    if state.low_ratings and chance.random() < 0.3:
        return i.SeeRating(ticket_id=chance.choice(sorted(state.low_ratings)))
    left = sorted((n, c.left_ticket) for n, c in state.counters.items() if c.left_ticket is not None)
    if not left:
        return None
    counter, ticket_id = chance.choice(left)
    return i.RateVisit(at_counter=counter, ticket_id=ticket_id, score=chance.randrange(1, 6))


def _lanes(terminal: SimTerminal, chance: Random) -> Intent | None:
    """A manager chooses whom a counter takes."""
    counter = chance.choice(sorted(terminal.world.config.counter_by_number))
    return i.ChangeLanes(counter=counter, lanes=chance.choice((*LaneChoice, None)))


def _presence(terminal: SimTerminal, chance: Random) -> Intent | None:
    """Somebody comes, goes or leaves the screen; whoever comes finds who was left behind."""
    terminal.finds_left_behind()
    staff = f"10{chance.choice(terminal.counters):02}"
    return i.ReportPresence(staff_id=staff, number=staff, change=chance.choice(list(PresenceChange)))


def _handover(terminal: SimTerminal, chance: Random) -> Intent | None:
    """Somebody writes into the handover log, reads it, or settles an entry."""
    notes, what = sorted(terminal.hall.state.notes), chance.random()
    if not notes or what < 0.4:
        return i.WriteNote(
            topic=Topic.EQUIPMENT, text="no paper", at_counter=chance.choice(terminal.counters)
        )
    if what < 0.7:
        return i.ReadNotes(note_ids=tuple(notes))
    return i.SettleNote(note_id=chance.choice(notes))


_KINDS: tuple[Callable[[SimTerminal, Random], Intent | None], ...] = (
    *(_appointment,) * 5,
    *(_complaint,) * 2,
    _rating,
    _lanes,
    _presence,
    _handover,
)
