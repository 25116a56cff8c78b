"""Expected waits in words: exact while they are short, in steps of five while they are long."""

import pytest

from hallq.domain.spoken_waits import spoken_minutes, spoken_range
from hallq.domain.views.guide import WaitView
from hallq.i18n import set_language
from hallq.wording.guide import minutes_words


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0, 3, (0, 3)),
        (9, 10, (9, 10)),
        (10, 11, (10, 15)),
        (12, 18, (10, 20)),
        (15, 20, (15, 20)),
        (61, 84, (60, 85)),
    ],
)
def test_a_long_range_is_widened_to_steps(low: int, high: int, said: tuple[int, int]) -> None:
    assert spoken_range(low, high) == said


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, 0), (10, 10), (11, 10), (12, 10), (13, 15), (17, 15), (18, 20), (99, 100)]
)
def test_a_long_wait_is_said_to_the_nearest_step(minutes: int, said: int) -> None:
    assert spoken_minutes(minutes) == said


def test_words_stay_while_the_forecast_moves_by_a_minute() -> None:
    set_language("en")
    assert {minutes_words(WaitView(low, low + 6)) for low in (11, 12, 13, 14)} == {"about 10–20 min"}
    assert minutes_words(WaitView(0, 0)) == "no wait"
    assert minutes_words(WaitView(None, None)) == "no counter calls now"
