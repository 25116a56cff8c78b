"""Numbers to call back, in files beside the hub's key: no table, event or backup of the log has them."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from hallq.domain.decide import decide
from hallq.domain.events import ComplaintFollowedUp
from hallq.domain.intents import LookAtNumber
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.text import plain
from hallq.hub import staff
from hallq.hub.housekeeping import moment_of
from hallq.hub.recovery import must_be_whole
from hallq.hub.shapes import Caller, HubFault
from hallq.hub.sitting import Desk, Sitting
from hallq.logs import journal
from hallq.protocol import Fault
from hallq.protocol.numbers import NumberAnswer, NumberAsk, NumberHeard, NumberKept
from hallq.store import StoreError
from hallq.store.kept_numbers import KeptNumbers


def _numbers_of(home: Path | None, hall: str) -> KeptNumbers:
    if home is None:
        raise HubFault(Fault.BUSY, "no folder", retry_after_seconds=60)
    return KeptNumbers(home / f"complaints-{hall}")


@contextlib.contextmanager
def _in_words(hall: str) -> Iterator[None]:
    try:
        yield
    except (StoreError, OSError) as error:
        journal().warning("numbers-silent", hall=hall, error=repr(error)[:200])
        raise HubFault(Fault.BUSY, "the numbers", retry_after_seconds=60) from error


def keep(desk: Desk, home: Path | None, caller: Caller, told: NumberKept) -> NumberHeard:
    """Keep a number as long as its complaint is open."""
    numbers = _numbers_of(home, caller.hall)
    with _in_words(caller.hall):
        numbers.keep(told.complaint_id, told.number)
        open_now = desk.sit(caller.hall, lambda sitting: frozenset(sitting.folded.state.complaints))
        numbers.forget_others(open_now)  # looked at last: it may have ended meanwhile
    return NumberHeard(is_kept=told.complaint_id in open_now)


def look(desk: Desk, home: Path | None, caller: Caller, asked: NumberAsk) -> NumberAnswer:
    """Show a number to who may call back; that this was done is in the log before it is shown."""
    with _in_words(caller.hall):
        number = _numbers_of(home, caller.hall).number_of(asked.complaint_id)

    def work(sitting: Sitting) -> Refusal | None:
        must_be_whole(sitting)
        intent = LookAtNumber(complaint_id=asked.complaint_id)
        if refusal := staff.refused(sitting, asked.staff, "", intent):
            return refusal
        decision = decide(intent, sitting.folded.state, moment_of(sitting))
        if isinstance(decision, Refusal) or not number:
            return decision if isinstance(decision, Refusal) else Refusal(Reason.NUMBER_ELSEWHERE)
        for event in (event.signed_by(asked.staff, "") for event in decision):
            named = {"device": caller.device, "actor": plain(asked.actor), "terminal": plain(asked.terminal)}
            sitting.put(sitting.envelope(event, **named), event)
        return None

    refusal = desk.sit(caller.hall, work)
    if refusal is not None:
        return NumberAnswer(refusal=refusal.reason, facts=refusal.facts)
    return NumberAnswer(number=number)


def forget_ended(home: Path | None, sitting: Sitting) -> None:
    """After a commit: the numbers of complaints that ended with it are erased."""
    if home is None or not any(e.event.kind == ComplaintFollowedUp.kind for e in sitting.written):
        return
    try:
        _numbers_of(home, sitting.hall).forget_others(sitting.folded.state.complaints)
    except (StoreError, OSError) as error:  # the next number or look tries again
        journal().error("numbers-not-erased", hall=sitting.hall, error=repr(error)[:200])
