"""Schedules of the odd seeds: whatever breaks, nobody is called twice and nothing is lost.

HALLQ_SCHEDULES=10000 tries as many.
"""

from pathlib import Path

import pytest

from tests.simulator.runs import SCHEDULES, told

SHARE = 25


@pytest.mark.parametrize("first", range(1, SCHEDULES, 2 * SHARE))
def test_a_hall_survives(first: int, templates: Path) -> None:
    assert told(range(first, min(first + 2 * SHARE, SCHEDULES), 2), templates) == []
