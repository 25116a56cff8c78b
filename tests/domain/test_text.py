"""Text that people type becomes one harmless line."""

import unicodedata

import pytest
from hypothesis import given

from hallq.domain.text import MAX_CHARACTERS, plain
from tests.strategies import NASTY_TEXTS, nasty_texts


@given(nasty_texts)
def test_any_text_becomes_one_short_line_without_control_codes(text: str) -> None:
    made = plain(text)
    assert len(made) <= MAX_CHARACTERS
    assert not {unicodedata.category(c) for c in made} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert plain(made) == made


@pytest.mark.parametrize("text", NASTY_TEXTS)
def test_the_worst_texts_can_be_written_as_utf_8(text: str) -> None:
    plain(text).encode("utf-8")


def test_ordinary_text_stays_as_it_is() -> None:
    assert plain("王先生 needs help, 2nd visit!") == "王先生 needs help, 2nd visit!"
