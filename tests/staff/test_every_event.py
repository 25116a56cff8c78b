"""Who did what, with whose word and on which device, is in every kind of event."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hallq.clock import Reading
from hallq.domain.events import EVENT_TYPES
from hallq.hall import Actor
from hallq.hall.origin import Origin
from hallq.store.codec import from_values, to_values


@pytest.mark.parametrize("kind", sorted(EVENT_TYPES))
@given(data=st.data())
@settings(max_examples=3)
def test_who_did_it_is_in_it(kind: str, data: Any) -> None:
    event = data.draw(st.builds(EVENT_TYPES[kind]))
    actor = Actor("1001", "counter-3", staff="id-1001", word="id-3001")
    (recorded,) = Origin(lambda: "run").recorded(
        [event], after=0, at_ms=5, reading=Reading(6, "boot", 7), actor=actor, device="device-7"
    )
    kept = from_values(to_values(recorded, "2026-11-22"))
    assert (kept.actor, kept.terminal, kept.device, kept.at_ms) == ("1001", "counter-3", "device-7", 5)
    assert (kept.event.staff, kept.event.word) == ("id-1001", "id-3001")
