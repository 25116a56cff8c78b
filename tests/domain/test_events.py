"""Every kind of event: its name, its row, its place in the fold."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallq.domain.decide import decide
from hallq.domain.events import EVENT_TYPES, Event, Recorded
from hallq.domain.fold import apply, fold
from hallq.domain.fold.dispatch import apply_event
from hallq.domain.intents import Intent
from hallq.domain.state import HallState
from hallq.store.codec import UnknownEvent, from_values, to_values

kinds = st.sampled_from(sorted(EVENT_TYPES))


def _recorded(event: Event, position: int = 1) -> Recorded:
    return Recorded(position, 5, 6, "boot", 7, "t1", "incarnation", 1, "1001", event)


def _events_of(kind: str) -> st.SearchStrategy[Event]:
    return st.builds(EVENT_TYPES[kind])


def test_kinds_are_unique() -> None:
    assert len({event_type.kind for event_type in Event.__subclasses__()}) == len(Event.__subclasses__())


@pytest.mark.parametrize("kind", sorted(EVENT_TYPES))
def test_every_event_has_one_fold_function(kind: str) -> None:
    assert EVENT_TYPES[kind] in apply_event.registry


@pytest.mark.parametrize("intent", Intent.__subclasses__(), ids=lambda intent: intent.__name__)
def test_every_intent_has_one_deciding_function(intent: type[Intent]) -> None:
    assert intent in decide.registry


@given(st.data(), kinds)
def test_an_event_comes_back_from_its_row_unchanged(data: Any, kind: str) -> None:
    recorded = _recorded(data.draw(_events_of(kind)))
    assert from_values(to_values(recorded, "2026-11-22")) == recorded


@given(st.data(), st.lists(kinds, max_size=8))
def test_the_fold_takes_any_facts_in_any_order(data: Any, names: list[str]) -> None:
    log = [_recorded(data.draw(_events_of(kind)), n) for n, kind in enumerate(names, start=1)]
    assert fold(HallState(), log).position == len(names)


def test_an_event_of_a_later_version_is_kept_and_changes_nothing() -> None:
    body = '{"drone":7}'
    row = (
        3,
        5,
        6,
        "boot",
        7,
        "t1",
        "incarnation",
        1,
        "1001",
        "ticket.flown",
        9,
        "2026-11-22",
        body,
        "",
        "",
        0,
        0,
    )
    recorded = from_values(row)
    assert recorded.event == UnknownEvent(original_kind="ticket.flown", original_version=9, body=body)
    state = HallState(position=2)
    after = apply(state, recorded)
    assert (after.position, after.tickets, after.figures) == (3, state.tickets, state.figures)


def test_a_known_event_of_a_later_version_is_not_taken_for_this_one() -> None:
    body = '{"ticket_id":"t","counter":2,"mood":"good"}'
    row = (
        3,
        5,
        6,
        "boot",
        7,
        "t1",
        "incarnation",
        1,
        "1001",
        "ticket.missed",
        2,
        "2026-11-22",
        body,
        "",
        "",
        0,
        0,
    )
    later = UnknownEvent(original_kind="ticket.missed", original_version=2, body=body)
    assert from_values(row).event == later
