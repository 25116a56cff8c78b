"""Schedules of the even seeds: whatever breaks, nobody is called twice, nothing is lost, all are served."""

import pytest

from tests.simulator.runs import SCHEDULES, SHARE, told
from tests.simulator.stage import Stage


@pytest.mark.parametrize("first", range(0, SCHEDULES, 2 * SHARE))
def test_a_hall_survives(first: int, stage: Stage) -> None:
    assert told(range(first, min(first + 2 * SHARE, SCHEDULES), 2), stage) == []
