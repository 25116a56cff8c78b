"""How a call is said."""

import pytest

from hallq.domain.devices import VoiceRule
from hallq.settings import load_config
from hallq.voice.phrases import phrase


def a_rule(**changes: object) -> VoiceRule:
    return VoiceRule.model_validate(load_config().voice.model_dump() | changes)


@pytest.mark.parametrize(
    ("label", "counter", "said"),
    [
        ("A012", 3, "Please, A 0 1 2, to counter 3."),
        ("A2-005", 12, "Please, A 2, 0 0 5, to counter 12."),
    ],
)
def test_english(label: str, counter: int, said: str) -> None:
    assert phrase(label, counter, "en", a_rule()) == said


@pytest.mark.parametrize(
    ("label", "counter", "said"),
    [
        ("A012", 3, "请 A 零 一 二 号，到 三 号窗口办理。"),
        ("V110", 1, "请 V 一 一 零 号，到 一 号窗口办理。"),
        ("A2-005", 12, "请 A 二 ， 零 零 五 号，到 十二 号窗口办理。"),
        ("B999", 10, "请 B 九 九 九 号，到 十 号窗口办理。"),
        ("B999", 20, "请 B 九 九 九 号，到 二十 号窗口办理。"),
        ("B999", 105, "请 B 九 九 九 号，到 一零五 号窗口办理。"),
    ],
)
def test_chinese_digits_one_by_one_counters_as_numbers(label: str, counter: int, said: str) -> None:
    assert phrase(label, counter, "zh", a_rule()) == said


def test_a_loud_hall_says_yao() -> None:
    assert phrase("A011", 1, "zh", a_rule(one="幺")) == "请 A 零 幺 幺 号，到 一 号窗口办理。"
