"""Nothing that people see is missing in either language, and every key is on its page."""

from collections import Counter
from enum import StrEnum

import pytest

from hallq.domain.counters import CounterState
from hallq.domain.lanes import Lane, LaneChoice
from hallq.domain.permissions import Deed
from hallq.domain.refusals import Reason
from hallq.domain.secrets_rules import Weakness
from hallq.domain.staff import Role
from hallq.domain.tickets import TicketState
from hallq.keys import ACTIONS, key_name
from hallq.store import Trouble
from hallq.wording import permissions, refusals, shift, staff, states, troubles
from tests import catalogues, keys_page


def test_every_text_is_translated_and_none_is_left_over() -> None:
    assert list(catalogues.faults()) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("磁盘已满, 没有保存。", True),
        ("磁盘已满，没有保存。", False),
        ("原因:", True),
        ("已挂起 {minutes} 分钟 ({reason})。", True),
        ("中枢：{url}，{count} 毫秒应答", False),
        ("请运行 `hallq hub staff (all)`，见 https://HUB:8765/?a,b", False),
        ("Ctrl+P, Ctrl+Q", False),
    ],
)
def test_chinese_texts_have_wide_punctuation(text: str, wrong: bool) -> None:
    assert catalogues.is_half_width(text) is wrong


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (Reason, refusals.SENTENCES),
        (Trouble, troubles.SENTENCES),
        (TicketState, states.TICKET_STATES),
        (CounterState, states.COUNTER_STATES),
        (Lane, states.LANES),
        (Role, staff.ROLES),
        (Weakness, staff.PASSWORDS),
        (Weakness, staff.PINS),
        (Deed, permissions.DEEDS),
        (LaneChoice, shift.SHORT_LANES),
    ],
)
def test_every_code_has_its_words(codes: type[StrEnum], words: dict[StrEnum, str]) -> None:
    assert set(words) == set(codes)


def test_no_key_does_two_things_on_one_screen() -> None:
    for place in {action.place for action in ACTIONS} - {"all"}:
        keys = Counter(action.keys for action in ACTIONS if action.place in (place, "all"))
        assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize(
    ("page", "place"), [("guide", "guide"), ("clerk", "counter"), ("manager", "manager")]
)
def test_each_role_s_page_tells_all_its_keys_in_both_languages(page: str, place: str) -> None:
    told = (keys_page.PAGE.parent / f"{page}.md").read_text(encoding="utf-8")
    chinese, english = told.split("## English")
    for action in (action for action in ACTIONS if action.place == place):
        key = key_name(action.keys)
        assert f"**{key}**" in english, action.label
        assert f"**{'空格' if key == 'Space' else key}**" in chinese, action.label
    for key in (action.keys.upper() for action in ACTIONS if action.place == "all"):
        assert all(f"{key} " in half for half in (english, chinese)), key


def test_the_page_of_keys_is_the_table_of_actions() -> None:
    assert keys_page.PAGE.read_text(encoding="utf-8") == keys_page.page(), "python -m tests.keys_page"
