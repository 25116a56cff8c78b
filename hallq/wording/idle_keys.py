"""Why a key of the screen does nothing now, and what would: one short sentence."""

from collections.abc import Mapping

from hallq.domain.config import HallConfig
from hallq.domain.views.appointments import SlotLine
from hallq.domain.views.counter_shapes import Phase
from hallq.i18n import N_, _

_AT_COUNTER: Mapping[Phase, str] = {
    Phase.DAY_CLOSED: N_("The day is not open: Space opens it."),
    Phase.CLOSED: N_("This counter is closed: Space opens it."),
    Phase.FREE: N_("Nobody is at this counter: Space calls the next."),
    Phase.CALLING: N_("{ticket} is not here yet: first Space (arrived), M (missed) or B (back)."),
    Phase.SERVING: N_("{ticket} is here: first finish, hold or transfer."),
    Phase.PAUSED: N_("This counter is paused: Space goes on."),
}

_SPECIAL: Mapping[tuple[Phase, str], str] = {
    (Phase.FREE, "why"): N_("Nobody waits for this counter."),
    (Phase.FREE, "choose_ticket"): N_("Nobody waits for this counter."),
    (Phase.FREE, "recall"): N_("Nobody is called now: Space calls the next."),
    (Phase.FREE, "missed"): N_("Nobody is called now: Space calls the next."),
    (Phase.FREE, "withdraw"): N_("Nobody is called now: Space calls the next."),
    (Phase.SERVING, "recall"): N_("{ticket} is here already."),
    (Phase.SERVING, "missed"): N_("{ticket} is here already."),
    (Phase.SERVING, "withdraw"): N_("{ticket} is here already: T sends on, H puts on hold."),
    (Phase.SERVING, "explain_overrun"): N_("Not over the time yet: no reason is needed."),
    (Phase.SERVING, "finished_earlier"): N_("Only where a finish was forgotten for long."),
}

_NOBODY_TO_CALL: Mapping[str, str] = {
    _AT_COUNTER[Phase.FREE]: N_("Nobody is at this counter, and there is nobody to call."),
    _SPECIAL[Phase.FREE, "recall"]: N_("Nobody is called now, and there is nobody to call."),
}

_SLIP = N_("No visit has been served at this screen yet.")


def counter_key(phase: Phase | None, action: str, label: str, *, can_call: bool) -> str:
    """On the counter's screen; without a phase no counter is chosen. `label`: the number in front.

    `can_call`: whether Space has somebody to call.
    """
    if phase is None:
        return _("This terminal has no counter yet. Space chooses one.")
    if action == "visit_slip":
        return _(_SLIP)
    sentence = _SPECIAL.get((phase, action)) or _AT_COUNTER[phase]
    if not can_call:
        sentence = _NOBODY_TO_CALL.get(sentence, sentence)
    return _(sentence).format(ticket=label)


_AT_DESK: Mapping[str, str] = {
    "issue": N_("First choose a service: digit, letter or /."),
    "explain": N_("First choose a service: digit, letter or /."),
    "divert": N_("First choose a service that the self-service machines offer."),
    "returned": N_("Nobody who was missed may still come back."),
    "cancel": N_("There is no number to cancel."),
    "appointments": N_("This hall takes no appointments: hall.toml has no slots."),
    "print_again": N_("There is no printer, or no number to print."),
    "start_over": "",
}


def guide_key(action: str, *, is_open: bool, is_saving: bool) -> str:
    """On the guide's screen; empty where nothing needs to be said."""
    if is_saving and action in ("issue", "divert"):
        return _("The number before is still being saved.")
    if not is_open and action not in ("explain", "start_over"):
        return _("The day is not open: Space opens it.")
    sentence = _AT_DESK.get(action, "")
    return _(sentence) if sentence else ""


def appointments_key(action: str, line: SlotLine | None, config: HallConfig) -> str:
    """On the appointments' screen; empty where nothing needs to be said."""
    visitor = line.visitor if line else None
    rule = config.appointments
    match action:
        case "earlier":
            return _("This is today: appointments of days before are over.")
        case "later":
            return _("Appointments are agreed at most {days} days ahead.").format(days=rule.days_ahead)
        case "book" | "likely_next":
            return _("This time is full or past: choose another one with ↑ and ↓.")
        case "check_in" | "move" | "call_off" | "print_again" if visitor is None or not visitor.is_expected:
            return _("First choose a customer who is expected, with ↑ and ↓.")
        case "check_in":
            told = _("Check-in begins {minutes} minutes before the agreed time.")
            return told.format(minutes=f"{rule.early_minutes:g}")
        case "move":
            told = _("It can be moved until {minutes} minutes before, no later.")
            return told.format(minutes=f"{rule.change_minutes:g}")
        case "print_again":
            return _("There is no printer here.")
    return ""


_IN_CHARGE: Mapping[str, str] = {
    "more": N_("The first lines hold every alert."),
    "likely_next": N_("Nothing to do: the first line proposes nothing."),
    "why": N_("First choose a number with ↑ and ↓."),
    "give_priority": N_("Only for a number that waits in the standard lane."),
    "cancel": N_("Only for a number that waits, is on hold or was missed."),
    "left": N_("Only for a number that waits, is on hold or was missed."),
    "returned": N_("Only for a number that is on hold or was missed."),
    "open_counter": N_("All counters are open."),
    "adopt_clock": N_("The hall's time and the computer's agree."),
    "summary": N_("There is no business day yet."),
    "ratings": N_("No low rating waits for you."),
}


def manager_key(action: str, *, is_open: bool) -> str:
    """On the manager's screen."""
    if not is_open and action not in ("likely_next", "summary", "ratings", "more"):
        return _("The day is not open: D opens it.")
    return _(_IN_CHARGE[action]) if action in _IN_CHARGE else ""
