"""The fold as a whole: pure, and the same in any portions."""

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hallq.domain.events import EVENT_TYPES, Recorded
from hallq.domain.fold import apply, fold
from hallq.domain.state import HallState

_NAMES = st.sampled_from(["a", "b"])
_COUNTERS = st.integers(min_value=1, max_value=2)
_SAME = {"ticket_id": _NAMES, "transaction_id": _NAMES, "business_date": _NAMES, "counter": _COUNTERS}
"""Few names, so that the events of a drawn log meet."""


@st.composite
def _logs(draw: st.DrawFn) -> list[Recorded]:
    log = []
    for position in range(1, draw(st.integers(min_value=0, max_value=25)) + 1):
        event_type = EVENT_TYPES[draw(st.sampled_from(sorted(EVENT_TYPES)))]
        fields: dict[str, Any] = {n: s for n, s in _SAME.items() if n in event_type.model_fields}
        event = draw(st.builds(event_type, **fields))
        log.append(
            Recorded(position, 5 * position, 6, "boot", 7, "t1", "incarnation", position, "1001", event)
        )
    return log


@given(_logs(), st.data())
def test_a_log_in_portions_gives_the_state_of_the_whole(log: list[Recorded], data: st.DataObject) -> None:
    state = HallState()
    rest = log
    while rest:
        size = data.draw(st.integers(min_value=1, max_value=len(rest)))
        state, rest = fold(state, rest[:size]), rest[size:]
    assert state == fold(HallState(), log)


@given(_logs(), _logs())
def test_the_state_before_stays_as_it_was(earlier: list[Recorded], later: list[Recorded]) -> None:
    before = fold(HallState(), earlier)
    kept = deepcopy(before)
    fold(before, later)
    assert before == kept


@given(_logs())
def test_nothing_new_is_the_same_state(log: list[Recorded]) -> None:
    state = fold(HallState(), log)
    assert fold(state, []) is state
    for recorded in log[:1]:
        assert apply(state, recorded) == fold(state, [recorded])
