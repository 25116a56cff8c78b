"""The printer in words: how it is, and what became of a slip."""

from hallq.domain.devices import PrinterRule, PrinterState, PrinterStatus
from hallq.i18n import N_, _, counted

STATES = {
    PrinterState.UNKNOWN: N_("does not say how it is"),
    PrinterState.READY: N_("ready"),
    PrinterState.LOW: N_("the roll is nearly empty"),
    PrinterState.NO_PAPER: N_("no paper"),
    PrinterState.COVER_OPEN: N_("the cover is open"),
    PrinterState.FAULT: N_("has a fault"),
    PrinterState.OFF: N_("off or not connected"),
    PrinterState.NO_RIGHT: N_("this account may not use it"),
    PrinterState.IN_USE: N_("in use by another program"),
    PrinterState.NO_LIBRARY: N_("libusb is missing"),
    PrinterState.SLOW: N_("does not answer"),
}

ADVICE = {
    PrinterState.OFF: N_("Is it switched on, and is its address in hall.toml right?"),
    PrinterState.NO_RIGHT: N_(
        "On Linux the account needs the group lp (USB, file) or dialout (serial port)."
    ),
    PrinterState.IN_USE: N_("End the program that uses it, or connect it as a file (/dev/usb/lp0)."),
    PrinterState.NO_LIBRARY: N_("Install it, for example: apt install libusb-1.0-0"),
}
"""What whoever sets up a printer does about it."""


def printer_name(rule: PrinterRule) -> str:
    """Which printer is meant."""
    return _("printer {address}, {paper}").format(address=rule.address, paper=rule.paper)


def state_words(state: PrinterState) -> str:
    """How a printer is."""
    return _(STATES[state])


def printer_found(rule: PrinterRule, state: PrinterState) -> str:
    """The printer as commands tell it: how it is, and what to do."""
    told = _("{name}: {value}").format(name=printer_name(rule), value=state_words(state))
    return _("{fact}. {advice}").format(fact=told, advice=_(ADVICE[state])) if state in ADVICE else told


def printer_words(status: PrinterStatus) -> str:
    """The printer in one line; in trouble with what to do meanwhile."""
    if status.state is PrinterState.UNKNOWN:
        return _("○ Printer")
    glyph = "●" if status.state is PrinterState.READY else "▲"
    parts = [_("{glyph} Printer: {state}").format(glyph=glyph, state=state_words(status.state))]
    if status.waiting:
        parts.append(counted("{count} ticket waits for it", "{count} tickets wait for it", status.waiting))
    if not status.state.prints:
        parts.append(_("tell the number"))
    return " · ".join(parts)


def not_taken(name: str) -> str:
    """No printer took it in time."""
    return _("{ticket} was not printed. F and its number print it.").format(ticket=name)


def broken_off(name: str) -> str:
    """The connection ended while it was printed."""
    return _("{ticket} may be half printed. F and its number print a copy.").format(ticket=name)


def too_many(name: str) -> str:
    """The line of slips is full."""
    return _("{ticket} is not printed: too many wait for the printer already.").format(ticket=name)


def printing_again(name: str, *, is_copy: bool) -> str:
    """What the key did."""
    told = _("{ticket} is printed again, marked as a copy.") if is_copy else _("{ticket} is printed.")
    return told.format(ticket=name)


def waits_already(name: str) -> str:
    """It need not be asked for twice."""
    return _("{ticket} waits for the printer already.").format(ticket=name)


def visit_printing(name: str) -> str:
    """The slip of a visit is on its way."""
    return _("The slip of {ticket} is printed.").format(ticket=name)


def visit_lost(name: str) -> str:
    """The slip of a visit did not come out, or not whole."""
    told = _("The slip of {ticket} was not printed. V prints it as long as no other visit was served here.")
    return told.format(ticket=name)


def visit_waits(name: str, state: PrinterState) -> str:
    """The printer does not take the slip of a visit now."""
    told = _("The slip of {ticket} waits. Printer: {state}")
    return told.format(ticket=name, state=state_words(state))


def booking_waits(name: str, state: PrinterState) -> str:
    """The printer does not take the slip of an appointment now."""
    told = _("The slip of appointment {number} waits. Printer: {state}")
    return told.format(number=name, state=state_words(state))


def booking_lost(name: str) -> str:
    """The slip of an appointment did not come out, or not whole."""
    told = _("The slip of appointment {number} was not printed. L in the appointments (Y) prints it again.")
    return told.format(number=name)


def visit_saved(name: str, path: str) -> str:
    """Where the slip of a visit lies, without a printer."""
    return _("No printer here: the slip of {ticket} is saved in {path}").format(ticket=name, path=path)


def no_place_for_slips() -> str:
    """Neither a printer nor a folder, as in a demo."""
    return _("There is no printer here, and no folder for slips.")
