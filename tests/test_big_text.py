"""Numbers drawn large."""

import pytest

from hallq.widgets.big_text import largest


@pytest.mark.parametrize("width", [8, 12, 22, 30, 46, 92])
def test_a_number_is_as_large_as_the_one_before_it_and_fits(width: int) -> None:
    drawn = {label: largest(label, width, 10) for label in ("A111", "A404", "A888", "A727")}
    assert len({len(lines) for lines in drawn.values()}) == 1
    assert all(len(line) <= width for lines in drawn.values() for line in lines)


def test_what_fits_nowhere_stands_as_it_is() -> None:
    assert largest("A012", 4, 1) == ("A012",)
