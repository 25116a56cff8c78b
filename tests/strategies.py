"""Hypothesis strategies: texts as nasty as they come, intents of every kind."""

import random
from typing import Any

from hypothesis import strategies as st

from hallq.domain import intents as i
from hallq.domain.attendance import PresenceChange
from hallq.domain.handover import Topic
from hallq.domain.intents import Intent
from hallq.domain.lanes import Lane, LaneChoice, Tier
from hallq.domain.tickets import Ticket
from hallq.domain.transactions import Outcome
from tests.builders import MINUTE_MS, MORNING_MS, a_ticket

COUNTERS = (1, 2, 3)
SERVICES = ("payment", "points", "complaint", "new_connection")
DATES = ("2026-11-22", "2026-11-23", "2026-11-24")

NASTY_TEXTS = (
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred",
    "[bold red]markup[/] [@click=app.quit]x[/]",
    "\u202egnp.exe\u2066\u200f",
    "nul\x00inside",
    "长" * 10_000,
    "a\u0300" * 5_000,
    "line\u2028break\r\nand\ttab\x85",
    "'; DROP TABLE event; --",
    "\ufeff\U000e0041\ue000",
    "",
)

nasty_texts = st.one_of(st.sampled_from(NASTY_TEXTS), st.text(max_size=300))
counters = st.sampled_from(COUNTERS)
services = st.sampled_from(SERVICES)
tiers = st.sampled_from(list(Tier))


def _counter_intents() -> list[st.SearchStrategy[Intent]]:
    by_counter = (i.CallNext, i.Recall, i.WithdrawCall, i.ConfirmArrival, i.ReportMissed)
    rare = (i.CloseCounter, i.ResumeCounter)
    pauses = st.builds(i.PauseCounter, counter=counters, reason=st.sampled_from(["meal", "rest", "nap"]))
    overrun = st.builds(
        i.ExplainOverrun, counter=counters, reason=st.sampled_from(["complex", "system_slow", "bored"])
    )
    return [
        *(st.builds(kind, counter=counters) for kind in (*by_counter, *rare)),
        st.builds(i.OpenCounter, counter=counters, clerk=st.sampled_from(["101", "102", "103"])),
        st.builds(i.TakeOverCounter, counter=counters, clerk=st.sampled_from(["101", "102", "103"])),
        st.builds(i.StartTransaction, counter=counters, service=services),
        pauses,
        overrun,
    ]


holds = st.builds(
    i.HoldVisit,
    counter=counters,
    reason=st.sampled_from(["filling_form", "phone_call"]),
    minutes=st.none() | st.sampled_from([1.0, 8.0]),
)
finishes = st.builds(
    i.FinishVisit,
    counter=counters,
    outcome=st.sampled_from(list(Outcome)),
    over_reason=st.none() | st.just("complex"),
    end_reason=st.none() | st.just("conditions"),
    forgotten=st.booleans(),
)
transfers = st.builds(
    i.TransferVisit,
    counter=counters,
    service=st.none() | services,
    to_zone=st.sampled_from([None, None, "vip", "standard"]),
    to_counter=st.none() | counters,
    return_to_sender=st.booleans(),
)
issues = st.builds(
    i.IssueTicket,
    service=services,
    tier=tiers,
    customer=st.none() | st.sampled_from(["c1", "c2"]),
    priority_reason=st.sampled_from([None, None, "elderly"]),
    second_ticket=st.booleans(),
)
diversions = st.builds(i.DivertCustomer, service=services)
at_counters = st.one_of(*_counter_intents(), finishes, holds, transfers)
of_the_day = st.one_of(
    st.builds(i.OpenDay, business_date=st.sampled_from(DATES)),
    st.builds(i.CloseDay, carry=st.sampled_from(["none", "all"])),
    st.just(i.AdoptClock()),
)


people = st.sampled_from(["101", "102", "103"])
of_the_shift = st.one_of(
    st.builds(
        lambda number, change, idle_ms: i.ReportPresence(
            staff_id=f"id-{number}", number=number, change=change, idle_ms=idle_ms
        ),
        people,
        st.sampled_from(list(PresenceChange)),
        st.sampled_from([0, 900_000]),
    ),
    st.builds(
        i.WriteNote,
        topic=st.sampled_from(list(Topic)),
        text=st.sampled_from(["The scanner is slow.", "Call 10000000000 back"]),
        at_counter=st.none() | counters,
    ),
    st.builds(i.ChangeLanes, counter=counters, lanes=st.none() | st.sampled_from(list(LaneChoice))),
)


ratings = st.builds(
    i.RateVisit,
    at_counter=counters,
    ticket_id=st.just("somebody's"),
    score=st.integers(1, 5),
)
complaints = st.builds(
    i.TakeComplaint,
    category=st.sampled_from(["mobile", "enquiry", "weather"]),
    text=st.sampled_from(["No signal at home.", "Call 10000000000 back", ""]),
    at_counter=st.none() | counters,
)


def about_complaint(complaint_id: str) -> list[Intent]:
    """Every intent that names one complaint."""
    told = {"complaint_id": complaint_id, "text": "We called."}
    return [
        i.AnswerComplaint.model_validate(told),
        i.SettleComplaint.model_validate(told),
        i.LookAtNumber.model_validate({"complaint_id": complaint_id}),
        i.FollowUpComplaint.model_validate(told),
        i.FollowUpComplaint.model_validate({**told, "is_settled": False}),
    ]


def about_note(note_id: str) -> list[Intent]:
    """Every intent that names one entry of the handover log."""
    return [i.ReadNotes(note_ids=(note_id, "nobody's")), i.SettleNote(note_id=note_id)]


slots = st.builds(
    "{}T{}".format, st.sampled_from(DATES), st.sampled_from(["10:00", "10:30", "14:00", "25:61"])
)
bookings = st.builds(i.BookAppointment, slot=slots, service=services, tier=tiers)


def about_appointment(appointment_id: str, slot: str) -> list[Intent]:
    """Every intent that names one appointment."""
    return [
        i.CheckIn(appointment_id=appointment_id),
        i.MoveAppointment(appointment_id=appointment_id, slot=slot),
        i.CancelAppointment(appointment_id=appointment_id),
    ]


def about_ticket(ticket_id: str) -> list[Intent]:
    """Every intent that names one ticket."""
    return [
        i.GivePriority(ticket_id=ticket_id, reason="pregnant"),
        i.CallTicket(counter=2, ticket_id=ticket_id),
        i.ReturnMissed(ticket_id=ticket_id),
        i.EndHold(ticket_id=ticket_id),
        i.CancelTicket(ticket_id=ticket_id, reason="duplicate"),
        i.ReportLeft(ticket_id=ticket_id),
    ]


@st.composite
def waiting_tickets(draw: st.DrawFn, most: int = 12) -> list[Ticket]:
    """Tickets as they may stand in a queue, in any order, some bound to a place."""
    tickets = []
    for _ in range(draw(st.integers(0, most))):
        lane = draw(st.sampled_from(list(Lane)))
        issued_ms = MORNING_MS - draw(st.integers(0, 40)) * MINUTE_MS
        more: dict[str, Any] = {
            "due_ms": issued_ms + draw(st.sampled_from([5, 15])) * MINUTE_MS,
            "bound_counter": draw(st.sampled_from([None, None, None, 1, 2, 9])),
            "bound_zone": draw(st.sampled_from([None, None, None, "vip", "standard"])),
        }
        tickets.append(
            a_ticket(lane=lane, issued_ms=issued_ms, tier=draw(tiers), service=draw(services), **more)
        )
    draw(st.randoms(use_true_random=False)).shuffle(tickets)
    return tickets


def shuffled(tickets: list[Ticket], seed: int) -> list[Ticket]:
    """The same tickets in another order."""
    return random.Random(seed).sample(tickets, len(tickets))
