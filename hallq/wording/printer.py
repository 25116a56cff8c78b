"""The printer in words: how it is, and what became of a slip."""

from hallq.domain.devices import PrinterState, PrinterStatus
from hallq.i18n import N_, _, ngettext

STATES = {
    PrinterState.UNKNOWN: N_("Printer: not looked at yet"),
    PrinterState.READY: N_("Printer: ready"),
    PrinterState.LOW: N_("Printer: the roll is nearly empty"),
    PrinterState.NO_PAPER: N_("Printer: no paper"),
    PrinterState.COVER_OPEN: N_("Printer: the cover is open"),
    PrinterState.FAULT: N_("Printer: fault"),
    PrinterState.OFF: N_("Printer: off or not connected"),
    PrinterState.SLOW: N_("Printer: does not answer"),
}

GLYPHS = {PrinterState.UNKNOWN: "○", PrinterState.READY: "●"}


def printer_words(status: PrinterStatus) -> str:
    """The printer in one line; in trouble with what to do meanwhile."""
    parts = [f"{GLYPHS.get(status.state, '▲')} {_(STATES[status.state])}"]
    if status.waiting:
        waiting = ngettext("{count} ticket waits for it", "{count} tickets wait for it", status.waiting)
        parts.append(waiting.format(count=status.waiting))
    if status.state not in (PrinterState.UNKNOWN, PrinterState.READY, PrinterState.LOW):
        parts.append(_("tell the number"))
    return " · ".join(parts)


def not_taken(name: str) -> str:
    """No printer took it in time."""
    return _("{ticket} was not printed. L prints it again.").format(ticket=name)


def broken_off(name: str) -> str:
    """The connection ended while it was printed."""
    return _("{ticket} may be half printed. L prints a copy.").format(ticket=name)


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
