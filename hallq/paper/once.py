"""One look and one slip for commands, which wait for the printer: no thread, no second try."""

from hallq.domain.devices import PrinterRule, PrinterState
from hallq.paper.composing import composed
from hallq.paper.line import Line, LineError
from hallq.paper.slip import Slip


def look_once(rule: PrinterRule) -> PrinterState:
    """How the printer is; UNKNOWN for one that is there and says nothing."""
    return _at_the_printer(rule, None)


def print_once(rule: PrinterRule, slip: Slip) -> PrinterState:
    """Print a slip if the printer can; how it was before, or became."""
    return _at_the_printer(rule, slip)


def _at_the_printer(rule: PrinterRule, slip: Slip | None) -> PrinterState:
    try:
        line = Line(rule)
    except LineError as error:
        return error.state
    try:
        state = line.look()
        if slip is not None and (state is None or state.prints):
            line.send(composed(slip, rule.paper.columns))
            if state is not None:
                line.wait_until_done()
                state = line.look()
        return state or PrinterState.UNKNOWN
    except LineError as error:
        return error.state
    finally:
        line.close()
