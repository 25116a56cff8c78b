"""Files of every released schema open, and fold to what their rows say.

`python -m tests.store.test_old_files` writes the file of the present schema. A file that
is in the repository is never written again.
"""

import shutil
from pathlib import Path

import pytest

from hallq.domain import intents as i
from hallq.domain.attendance import PresenceChange
from hallq.domain.fold import fold
from hallq.domain.handover import Topic
from hallq.domain.lanes import LaneChoice, Tier
from hallq.domain.state import HallState
from hallq.store import log, open_store
from hallq.store.schema import HEAD
from tests.builders import DATE, HandClock, a_hall
from tests.rig.invariants import broken_invariants
from tests.staff.people import ADMIN, CLERK, employ

DATA = Path(__file__).parent / "data"


def _files() -> list[Path]:
    return sorted(DATA.glob("*.db"))


def test_the_present_schema_has_a_file() -> None:
    assert f"schema_{HEAD}.db" in [path.name for path in _files()]


@pytest.mark.parametrize("kept", _files(), ids=lambda path: path.stem)
def test_an_old_file_opens_folds_and_goes_on(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    shutil.copy(kept, path)
    store = open_store(path)
    with store.reading() as connection:
        folded = fold(HallState(), log.read_after(connection, 0)).settled()
    assert store.load_state() == folded
    assert broken_invariants(folded) == []
    assert {t.state for t in folded.tickets.values()} == {"waiting", "called", "serving", "held", "missed"}
    hall = a_hall(store, HandClock())
    hall.issues()
    store.close()


def write_file(path: Path) -> None:
    """A morning with a ticket in every state."""
    store = open_store(path, create=True)
    hall = a_hall(store, HandClock())
    employ(hall.hall, ADMIN, CLERK)
    hall.opens(1, 2, 3, 4)
    for number in range(9):
        hall.issues(("payment", "complaint", "points")[number % 3], list(Tier)[number % 5])
    hall.issues(customer="reference-1")
    for time in ("10:30", "11:00"):
        hall.does(i.BookAppointment(slot=f"{DATE}T{time}", service="payment", tier=Tier.GOLD))
    hall.does(i.DivertCustomer(service="bill_query"))
    hall.clock.pass_minutes(2)
    hall.serves(2)
    hall.clock.pass_minutes(3)
    hall.does(i.StartTransaction(counter=2, service="points"))
    hall.finishes(2)
    hall.calls(2)
    hall.does(i.ReportMissed(counter=2))
    hall.serves(2)
    hall.does(i.HoldVisit(counter=2, reason="phone_call"))
    hall.serves(2)
    hall.does(i.TransferVisit(counter=2, service="new_connection", to_counter=3, return_to_sender=True))
    hall.serves(3)
    hall.calls(4)
    hall.does(i.PauseCounter(counter=1, reason="meal"))
    waiting = sorted(hall.state.waiting(), key=lambda t: t.queue_key)
    hall.does(i.CancelTicket(ticket_id=waiting[0].ticket_id, reason="duplicate"))
    hall.does(i.ReportLeft(ticket_id=waiting[1].ticket_id))
    hall.does(i.ReportPresence(staff_id="id-1001", number="1001", change=PresenceChange.SIGNED_IN))
    for text in ("The card reader of counter 2 is slow.", "New prices from Monday on."):
        hall.does(i.WriteNote(topic=Topic.EQUIPMENT, text=text, at_counter=2))
    hall.does(i.SettleNote(note_id=min(hall.state.notes)))
    left = hall.state.counter(2).left_ticket
    hall.does(i.RateVisit(at_counter=2, ticket_id=left or "", score=1))
    for text in ("No signal at home.", "Two bills in one month."):
        hall.does(i.TakeComplaint(category="mobile", text=text, at_counter=2))
    first, second = sorted(hall.state.complaints)
    hall.does(i.AnswerComplaint(complaint_id=first, text="We look into it."))
    hall.does(i.SettleComplaint(complaint_id=second, text="Paid back."))
    hall.does(i.FollowUpComplaint(complaint_id=second))
    hall.does(i.ChangeLanes(counter=1, lanes=LaneChoice.PRIORITY_ONLY))
    store.close()


if __name__ == "__main__":
    write_file(DATA / f"schema_{HEAD}.db")
