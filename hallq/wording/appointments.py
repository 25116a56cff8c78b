"""Appointments in words."""

from hallq.domain.appointments import AppointmentState, booking_number, date_of, time_of
from hallq.domain.config import HallConfig
from hallq.domain.views.appointments import AppointmentDay, Expected, SlotLine, Visitor
from hallq.domain.views.guide_draft import Draft
from hallq.i18n import N_, _, counted
from hallq.wording import times
from hallq.wording.states import service_name, tier_name

STATES: dict[AppointmentState, str] = {
    AppointmentState.BOOKED: N_("expected"),
    AppointmentState.ARRIVED: N_("here"),
    AppointmentState.LATE: N_("came late"),
    AppointmentState.CANCELLED: N_("called off"),
    AppointmentState.ABSENT: N_("did not come"),
}


def slot_words(slot: str) -> str:
    """A slot's day and time; the text itself where it names none."""
    try:
        return f"{times.day(date_of(slot))} {time_of(slot)}"
    except ValueError:
        return slot


def booked_words(slot: str, appointment_id: str) -> str:
    """What was agreed, and by which number it is found."""
    told = _("Booked: {slot}, number {number}.")
    return told.format(slot=slot_words(slot), number=booking_number(appointment_id))


def day_words(day: AppointmentDay) -> str:
    """The day and its counts."""
    date = times.day(day.date)
    if day.is_today:
        date = _("{date} (today)").format(date=date)
    counts = _("booked {booked} · came {arrived} · free {free}")
    return f"{date}   {counts.format(booked=day.booked, arrived=day.arrived, free=day.free)}"


def draft_for(draft: Draft, config: HallConfig) -> str:
    """Whom the next booking is for, as far as it was chosen at the desk; else what can be done."""
    chosen = [service_name(config, draft.service)] if draft.service else []
    chosen += [tier_name(config, draft.tier)] if draft.tier.rank < 4 else []
    if chosen:
        return _("To book: {what}").format(what=" · ".join(chosen))
    return _("↑ ↓ choose a time or a customer; what is chosen at the desk before is booked.")


def moving_words(visitor: Visitor, slot: str, config: HallConfig) -> str:
    """Whose appointment gets another time."""
    told = _("Another time for {who}, until now {slot}: ↑ ↓ ← → choose it, Esc leaves it.")
    return told.format(who=visitor_words(visitor, config), slot=slot_words(slot))


def visitor_words(visitor: Visitor, config: HallConfig) -> str:
    """Who it is, as far as an appointment says."""
    return f"{tier_name(config, visitor.tier)} · {service_name(config, visitor.service)}"


def standing(line: SlotLine) -> tuple[str, str]:
    """(how it stands with the visitor, a glyph)."""
    visitor = line.visitor
    if visitor is None:
        return "", " "
    if visitor.state is not AppointmentState.BOOKED:
        told = _(STATES[visitor.state])
        return f"{told} {visitor.label}".rstrip(), "✓" if visitor.state is AppointmentState.ARRIVED else "·"
    number = booking_number(visitor.appointment_id)
    if not visitor.may_check_in:
        return f"{number} {_(STATES[visitor.state])}", " "
    if line.in_minutes > 0:
        return f"{number} " + _("in {minutes} min").format(minutes=line.in_minutes), "●"
    if line.in_minutes == 0:
        return f"{number} " + _("due now"), "●"
    return f"{number} " + _("{minutes} min late").format(minutes=-line.in_minutes), "▲"


def expected_words(today: Expected) -> str:
    """Today's appointments in one line of the desk; empty where there are none."""
    words = []
    if today.waiting:
        words.append(counted("{count} here", "{count} here", today.waiting))
    if today.next_slot:
        time = time_of(today.next_slot)
        words.append(counted("{time}: {count} to come", "{time}: {count} to come", today.at_next, time=time))
    if today.later:
        words.append(counted("{count} later", "{count} later", today.later))
    return _("Appointments: {what}").format(what=" · ".join(words)) if words else ""


def own_words(today: Expected) -> str:
    """The customer in front of the guide has an appointment."""
    return _("▲ has an appointment: {slot} (Y)").format(slot=slot_words(today.own_slot))
