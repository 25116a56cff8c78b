"""Complaints and the numbers to call back, which lie apart from everything that is said of them."""

from collections.abc import Callable
from typing import TypeVar

from hallq.domain.customer_number import normal_form
from hallq.domain.events import ComplaintTaken, Recorded
from hallq.domain.intents import LookAtNumber, TakeComplaint
from hallq.domain.state import HallState
from hallq.hall.door import Hall
from hallq.hall.results import Actor, Done, Refused
from hallq.logs import journal
from hallq.store import StoreError, Trouble, contacts

T = TypeVar("T")


def take_complaint(hall: Hall, intent: TakeComplaint, number: str, actor: Actor) -> Done | Refused:
    """Write a complaint down; a number to call back is kept here, encrypted. Raises StoreError."""
    if not normal_form(number):
        return hall.perform_with(intent, actor)

    def keep(before: HallState, recorded: list[Recorded]) -> None:
        for event in (r.event for r in recorded):
            if isinstance(event, ComplaintTaken):
                contacts.keep(hall.path, event.complaint_id, number, before.complaints)

    return hall.perform_with(intent.model_copy(update={"number_at": actor.terminal}), actor, keep)


def number_to_call(hall: Hall, complaint_id: str, actor: Actor) -> str | Refused:
    """The number of whoever complained, for who answers; the log says who looked. Raises StoreError."""
    number = _unless_lost(lambda: contacts.number_of(hall.path, complaint_id), "")
    if not number:
        return hall.number_elsewhere(complaint_id, actor)
    outcome = hall.perform(LookAtNumber(complaint_id=complaint_id), actor)
    return outcome if isinstance(outcome, Refused) else number


def earlier_complaints(hall: Hall, number: str) -> list[str]:
    """The labels of open complaints that were taken here with the same number. Raises StoreError."""
    if not normal_form(number):
        return []
    known, nothing = hall.state.complaints, list[str]()
    found = _unless_lost(lambda: contacts.others_of(hall.path, number), nothing)
    return sorted(known[complaint_id].label for complaint_id in found if complaint_id in known)


def last_fours(hall: Hall) -> dict[str, str]:
    """What a list may show of the numbers that are kept here, by complaint. Raises StoreError."""
    return _unless_lost(lambda: contacts.last_fours(hall.path), {})


def _unless_lost(look: Callable[[], T], nothing: T) -> T:
    """Complaints go on where the key of the numbers was lost: then there are none."""
    try:
        return look()
    except StoreError as error:
        if error.trouble is not Trouble.KEY_LOST:
            raise
        journal().warning("complaint-numbers-lost")
        return nothing
