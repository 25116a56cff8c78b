"""Text as nasty as it comes, through every text field of every intent, is stored harmless."""

import types
import typing
import unicodedata
from collections.abc import Iterator

import pytest

from hallq.domain import intents as i
from hallq.domain.attendance import PresenceChange
from hallq.domain.handover import Topic
from hallq.domain.intents import Intent
from hallq.domain.lanes import Tier
from hallq.domain.staff import Role, StaffChange
from hallq.domain.text import MAX_CHARACTERS
from hallq.hall import Actor, Refused
from tests.builders import DATE, TryHall
from tests.strategies import NASTY_TEXTS

_CONTROLS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_EXAMPLES: list[Intent] = [
    i.OpenCounter(counter=3, clerk="x"),
    i.TakeOverCounter(counter=2, clerk="x"),
    i.PauseCounter(counter=2, reason="x"),
    i.IssueTicket(service="payment", customer="x", priority_reason="x"),
    i.IssueTicket(service="payment", customer="x"),
    i.DivertCustomer(service="x"),
    i.GivePriority(ticket_id="x", reason="x"),
    i.CallTicket(counter=2, ticket_id="x"),
    i.GrantTicket(counter=2, ticket_id="x"),
    i.HandBack(counter=2, ticket_id="x"),
    i.ReturnMissed(ticket_id="x"),
    i.StartTransaction(counter=2, service="x"),
    i.ExplainOverrun(counter=2, reason="x"),
    i.FinishVisit(counter=2, over_reason="x"),
    i.HoldVisit(counter=2, reason="x"),
    i.EndHold(ticket_id="x"),
    i.TransferVisit(counter=2, service="x", to_zone="x"),
    i.CancelTicket(ticket_id="x", reason="x"),
    i.ReportLeft(ticket_id="x"),
    i.ReportPresence(staff_id="x", number="x", change=PresenceChange.SIGNED_IN),
    i.ReportLost(staff_id="x", incarnation="x"),
    i.WriteNote(topic=Topic.CASE, text="x"),
    i.RateVisit(at_counter=2, ticket_id="x", score=1),
    i.SeeRating(ticket_id="x"),
    i.TakeComplaint(category="mobile", text="x", number_at="x"),
    i.AnswerComplaint(complaint_id="x", text="x"),
    i.SettleComplaint(complaint_id="x", text="x"),
    i.LookAtNumber(complaint_id="x"),
    i.FollowUpComplaint(complaint_id="x", text="x"),
    i.ReadNotes(note_ids=("x",)),
    i.SettleNote(note_id="x"),
    i.BookAppointment(slot=f"{DATE}T10:00", service="payment", tier=Tier.GOLD, customer="x"),
    i.MoveAppointment(appointment_id="x", slot="x"),
    i.CancelAppointment(appointment_id="x"),
    i.CheckIn(appointment_id="x"),
    i.ChangeStaff(staff_id="x", number="x", change=StaffChange.ADDED, roles=(Role.CLERK,)),
]


def _takes_text(annotation: object) -> bool:
    parts = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    return any(part is str or (typing.get_args(part) or (None,))[0] is str for part in parts)


def test_every_intent_with_a_text_field_is_tried() -> None:
    with_text = {
        kind
        for kind in Intent.__subclasses__()
        if any(_takes_text(field.annotation) for field in kind.model_fields.values())
    }
    checked_otherwise: set[type[Intent]] = {i.OpenDay, i.CloseDay}
    assert with_text - {type(example) for example in _EXAMPLES} <= checked_otherwise


def _nasty_versions(text: str) -> Iterator[Intent]:
    for example in _EXAMPLES:
        for name, field in type(example).model_fields.items():
            if _takes_text(field.annotation):
                yield type(example).model_validate({**example.model_dump(), name: text})


def _is_harmless(text: str) -> bool:
    return not {unicodedata.category(c) for c in text} & _CONTROLS


@pytest.mark.parametrize("text", NASTY_TEXTS, ids=range(len(NASTY_TEXTS)))
def test_nasty_text_ends_as_one_harmless_line(hall: TryHall, text: str) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves()
    for intent in _nasty_versions(text):
        result = hall.hall.perform(intent, Actor(text, text))
        if isinstance(result, Refused):
            facts = [str(fact) for fact in result.refusal.facts.values()]
            assert all(_is_harmless(fact) and len(fact) <= MAX_CHARACTERS for fact in facts)
    with hall.store.reading() as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            for row in connection.execute(f"SELECT * FROM {name}").fetchall():
                texts = [value for value in row if isinstance(value, str)]
                assert all(_is_harmless(value) and len(value) < 2_000 for value in texts)
    assert hall.store.load_state() == hall.state
