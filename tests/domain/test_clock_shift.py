"""A wrong clock moves all instants of an event, and no length."""

from hallq.domain.clock_shift import INSTANTS, shifted
from hallq.domain.events import EVENT_TYPES, TicketIssued
from hallq.domain.lanes import Lane, Tier

LENGTHS = {"idle_ms", "limit_ms", "clock_offset_ms", "targets_ms"}
OF_THE_HALL = {"agreed_ms"}
"""An instant that no device measured: two people agreed on it."""


def test_every_field_of_milliseconds_is_an_instant_or_a_length() -> None:
    fields = {name for kind in EVENT_TYPES.values() for name in kind.model_fields if name.endswith("_ms")}
    assert fields == INSTANTS | LENGTHS | OF_THE_HALL


def test_only_instants_move() -> None:
    event = TicketIssued(
        ticket_id="t",
        business_date="2026-11-22",
        series="A",
        number=1,
        lane=Lane.STANDARD,
        tier=Tier.NONE,
        service="payment",
        due_ms=900_000,
    )
    assert shifted(event, -5_000) == event.model_copy(update={"due_ms": 895_000})
    assert shifted(event, 0) is event
