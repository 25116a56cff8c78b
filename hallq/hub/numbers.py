"""Numbers to call back, in files beside the hub's key: no table, event or backup of the log has them."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from hallq.domain.decide import decide
from hallq.domain.events import ComplaintFollowedUp
from hallq.domain.intents import LookAtNumber
from hallq.domain.refusals import Reason, Refusal
from hallq.hub import staff
from hallq.hub.deciding import moment_of, write_down
from hallq.hub.ledger import read_event
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

    def open_now(sitting: Sitting) -> frozenset[str]:
        must_be_whole(sitting)  # who lost a part of the log does not know which complaints are open
        return frozenset(sitting.folded.state.complaints)

    with _in_words(caller.hall):
        numbers.keep(told.complaint_id, told.number)
        kept = numbers.kept()
        alive = desk.sit(caller.hall, open_now)  # looked at last: it may have ended meanwhile
        numbers.forget({each: key_id for each, key_id in kept.items() if each not in alive})
    return NumberHeard(is_kept=told.complaint_id in alive)


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
        if isinstance(decision, Refusal):
            return decision
        if not number:
            return Refusal(Reason.NUMBER_ELSEWHERE)
        signed = [event.signed_by(asked.staff, "") for event in decision]
        write_down(sitting, signed, device=caller.device, actor=asked.actor, terminal=asked.terminal)
        return None

    refusal = desk.sit(caller.hall, work)
    if refusal is not None:
        return NumberAnswer(refusal=refusal.reason, facts=refusal.facts)
    return NumberAnswer(number=number)


def forget_ended(home: Path | None, sitting: Sitting) -> None:
    """After a commit: the numbers of complaints that ended with it are erased."""
    followed_up = [entry.event for entry in sitting.written if entry.event.kind == ComplaintFollowedUp.kind]
    if home is None or not followed_up:
        return
    events = (read_event(envelope) for envelope in followed_up)
    ended = {event.complaint_id for event in events if isinstance(event, ComplaintFollowedUp)}
    ended -= sitting.folded.state.complaints.keys()  # some go on
    try:
        numbers = _numbers_of(home, sitting.hall)
        numbers.forget({each: key_id for each, key_id in numbers.kept().items() if each in ended})
    except (StoreError, OSError) as error:  # the next number that is kept tries again
        journal().error("numbers-not-erased", hall=sitting.hall, error=repr(error)[:200])
