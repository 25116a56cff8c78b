"""The state that a hub writes down now and then: whose fold it is."""

from dataclasses import replace

import pytest

from hallq.domain.fold import FOLD
from hallq.hub import folding, ledger
from tests.hub.lives import Halls


@pytest.mark.parametrize("fold", [FOLD - 1, FOLD, FOLD + 1])
def test_a_state_that_another_fold_stored_is_folded_again(
    halls: Halls, monkeypatch: pytest.MonkeyPatch, fold: int
) -> None:
    halls.opened("t1", 1).issues(2)
    row = halls.database.look(lambda c: ledger.hall_row(c, "h1"))
    folded = halls.database.look(lambda c: folding.caught_up(c, row, None))
    told = replace(folded, state=replace(folded.state, figures={"counted otherwise": 1}))
    monkeypatch.setattr(folding, "FOLD", fold)
    halls.database.transaction(lambda c: folding.store(c, "h1", told))
    monkeypatch.undo()
    again = halls.database.look(lambda c: folding.caught_up(c, row, None))
    assert again.state == (told.state if fold == FOLD else folded.state)
