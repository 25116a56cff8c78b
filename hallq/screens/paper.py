"""Slips from a screen: what the printer is given, and what is said where it takes none."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from hallq.screens.host import HallHost
from hallq.wording import printer as words

if TYPE_CHECKING:  # most terminals have no printer
    from hallq.paper.slip import Slip


def print_slip(host: HallHost, slip: "Slip") -> bool:
    """Whether the printer takes it; one that cannot is told and holds nobody."""
    if host.printer is None:
        return False
    if host.printer.print(slip):
        return True
    host.notice(words.too_many(slip.name), severity="warning")
    return False


def print_again(host: HallHost, key: str, name: str, slip: "Callable[[bool], Slip]") -> None:
    """A slip that may be on paper already. `slip`: makes it; True for a copy, which says so."""
    if host.printer is None:
        return
    if host.printer.is_waiting(key):
        host.notice(words.waits_already(name))
        return
    is_copy = not host.printer.never_left(key)
    if print_slip(host, slip(is_copy)):
        host.notice(words.printing_again(name, is_copy=is_copy))
