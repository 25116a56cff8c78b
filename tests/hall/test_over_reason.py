"""Why a transaction took too long is kept only for one that did."""

import pytest

from hallq.domain import intents as i
from hallq.domain.events import TransactionEnded
from hallq.domain.fold import fold
from hallq.domain.state import HallState
from hallq.domain.transactions import Transaction
from hallq.store import log
from tests.builders import TryHall


def ended(hall: TryHall) -> Transaction:
    with hall.store.reading() as connection:
        state = fold(HallState(), log.read_after(connection, 0))
    (found,) = [t for t in state.departed if isinstance(t, Transaction)]
    return found


@pytest.mark.parametrize(("share", "kept"), [(0.5, False), (1.5, True)])
def test_a_reason_is_kept_past_the_limit_only(hall: TryHall, share: float, kept: bool) -> None:
    reason = hall.hall.config.reasons.over_limit[0].code
    hall.opens(2)
    hall.issues()
    hall.serves(2)
    hall.clock.pass_ms(round(share * hall.hall.config.limit_ms))
    hall.event(i.FinishVisit(counter=2, over_reason=reason), TransactionEnded)
    assert ended(hall).over_reason == (reason if kept else None)
