"""Searching the catalogue as a guide types."""

import subprocess
import sys

import pytest

from hallq.service_search import full_index, plain_index
from hallq.settings import load_config

INDEX = full_index(load_config())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bk", "sim_replacement"),
        ("bhk", "sim_replacement"),
        ("BK", "sim_replacement"),
        ("buka", "sim_replacement"),
        ("buhuanka", "sim_replacement"),
        ("补卡", "sim_replacement"),
        ("换卡", "sim_replacement"),
        ("sim", "sim_replacement"),
        ("cz", "payment"),
        ("chongzhi", "payment"),
        ("hfcx", "bill_query"),
        ("hf", "bill_query"),
        ("话费", "bill_query"),
        ("rw", "new_connection"),
        ("装机", "new_connection"),
        ("gjmy", "roaming"),
        ("manyou", "roaming"),
        ("tousu", "complaint"),
        ("bill que", "bill_query"),
        ("speed", "broadband_speed"),
        ("ｓｉｍ", "sim_replacement"),
        ("xyw", "product_trial"),
        ("yw", "consultation"),  # and not 移机, whose 机 can be read wei in old texts
    ],
)
def test_what_people_type_finds_what_they_mean(typed: str, first: str) -> None:
    assert INDEX.find(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "   ", "()", "qqqq", "[bold]", "\x00", "龘"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert INDEX.find(typed) == ()


def test_a_long_text_is_answered_at_once() -> None:
    assert INDEX.find("zhi" * 3000) == ()
    assert INDEX.find("z" * 10_000) == ()


def test_without_the_dictionary_chinese_and_english_are_found() -> None:
    index = plain_index(load_config())
    assert index.find("换卡") == ("sim_replacement",)
    assert index.find("top") == ("payment",)
    assert index.find("bk") == ()


def test_the_dictionary_is_loaded_only_when_asked_for() -> None:
    program = "import sys, hallq.service_search; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
