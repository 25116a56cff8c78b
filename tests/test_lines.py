"""Lines in cells: sentences fill them, columns stay apart, and the key bar takes no line in vain."""

import dataclasses

import pytest
from rich.cells import cell_len

from hallq.domain.counters import CounterState
from hallq.domain.lanes import Lane, Pressure, Tier
from hallq.domain.policy.reasons import CallRule
from hallq.domain.views.board import board_view
from hallq.domain.views.cards import CounterCard
from hallq.domain.views.counter import counter_view
from hallq.domain.views.counter_shapes import NextView
from hallq.domain.words import Words
from hallq.i18n import set_language
from hallq.settings import load_config
from hallq.widgets.board_frame import BoardHead
from hallq.widgets.cells import folded
from hallq.widgets.counter_cards import CounterCards
from hallq.widgets.key_bar import Key, laid_out
from hallq.widgets.upcoming_list import UpcomingList
from hallq.wording.complaints import category_name, category_note
from hallq.wording.guide import about_lines
from tests.builders import MORNING_MS, TryHall, a_config, a_state


def test_a_chinese_sentence_fills_its_line_and_keeps_a_count_with_what_is_counted() -> None:
    lines = folded("✖ 标准：B088 已等 35 分钟，超过 15 分钟时限。另有 21 人也已超时。窗口已全开。", 54)
    assert lines == ["✖ 标准：B088 已等 35 分钟，超过 15 分钟时限。另有", "21 人也已超时。窗口已全开。"]


def test_no_line_begins_with_a_closing_mark() -> None:
    for width in range(12, 60):
        lines = folded("窗口已全开，请引导客户到自助办理（B088）。", width)
        assert "".join(lines) == "窗口已全开，请引导客户到自助办理（B088）。"
        assert all(cell_len(line) <= width for line in lines)
        assert not any(line[0] in "，。）" for line in lines)


def test_english_breaks_between_words() -> None:
    assert folded("C025 has waited 34 minutes", 16) == ["C025 has waited", "34 minutes"]


KEYS = [Key(letter, "word") for letter in "ABCDEFG"]


def test_keys_move_together_before_they_take_a_second_line() -> None:
    assert laid_out(KEYS, 80).plain.startswith(" A  word   B  word ")
    close = laid_out(KEYS, 62).plain
    assert close.startswith(" A word  B word ")
    assert "\n" not in close
    assert laid_out(KEYS, 40).plain.count("\n") == 1


def test_the_way_to_all_keys_stands_at_the_right_where_there_is_room() -> None:
    for width in range(20, 120):
        *above, last = laid_out(KEYS, width).plain.split("\n")
        assert all(cell_len(line) <= width for line in (*above, last))
        assert "F8" not in last or (last.endswith("   F8 Help") and cell_len(last) == width)
    assert "F8 Help" in laid_out(KEYS, 80).plain


def test_a_long_number_stands_apart_from_its_tier(hall: TryHall) -> None:
    hall.opens(2)
    view = counter_view(hall.state, hall.hall.config, 2, hall.hall.now_ms())
    waiting = UpcomingList()
    for label in ("B001", "B2-001", "B12-1001"):
        one = NextView(
            label,
            Lane.STANDARD,
            Tier.NONE,
            "loss_report",
            0,
            900_000,
            Pressure.FINE,
            CallRule.STANDARD_RESCUED,
            "A013",
        )
        waiting._config, waiting._view = hall.hall.config, dataclasses.replace(view, next=(one,))
        line = waiting.lines(80, 10)[1].plain
        assert line.startswith(f"› {label}  ·")
        assert cell_len(line) <= 80


def test_the_name_of_a_service_is_whole_at_80_columns_beside_why_it_goes_first(hall: TryHall) -> None:
    set_language("en")
    hall.opens(2)
    view = counter_view(hall.state, hall.hall.config, 2, hall.hall.now_ms())
    rescued = NextView(
        *("A012", Lane.STANDARD, Tier.NONE, "bill_print", 780_000, 120_000, Pressure.SOON),
        *(CallRule.STANDARD_RESCUED, "V014"),
    )
    vip = NextView(
        *("V014", Lane.PRIORITY, Tier.DIAMOND, "payment", 60_000, 240_000, Pressure.FINE),
        *(CallRule.IN_ORDER, ""),
    )
    waiting = UpcomingList()
    waiting._config, waiting._view = hall.hall.config, dataclasses.replace(view, next=(rescued, vip))
    first, second = (line.plain for line in waiting.lines(78, 10)[1:])
    assert "Bill and call-record printing" in first
    assert first.endswith("→ before V014")
    assert second.startswith("  V014  ◆  Payment")  # the sign of the tier alone: the name needs the room
    assert cell_len(first) <= 78


def test_where_a_name_would_be_cut_the_short_one_of_the_hall_stands(hall: TryHall) -> None:
    set_language("en")
    hall.opens(2)
    long_name = {"zh": "国际漫游与跨省携号转网综合业务办理", "en": "Number portability, all provinces"}
    services = [{**service.model_dump(), "name": long_name} for service in hall.hall.config.services]
    short = [{**service, "short": {"zh": "携号转网", "en": "Portability"}} for service in services]
    view = counter_view(hall.state, hall.hall.config, 2, hall.hall.now_ms())
    one = NextView(
        *("A012", Lane.STANDARD, Tier.NONE, "payment", 6_000_000, 120_000, Pressure.SOON),
        *(CallRule.STANDARD_RESCUED, "V014"),
    )
    waiting = UpcomingList()
    waiting._config, waiting._view = a_config(services=services), dataclasses.replace(view, next=(one,))
    assert "Number portability, all… 100 min" in waiting.lines(74, 10)[1].plain  # parted from what follows
    waiting._config = a_config(services=short)
    assert "· Regular  Portability " in waiting.lines(74, 10)[1].plain
    assert "Number portability, all provinces" in waiting.lines(120, 10)[1].plain


def test_a_guide_reads_whom_a_service_is_for_in_her_language() -> None:
    set_language("zh")
    config = load_config()
    told = [line for service in config.services for line in about_lines(service, config)[2:]]
    assert "适用：固话客户、宽带客户" in told
    assert not [line for line in told if line.startswith("适用") and any("a" <= c <= "z" for c in line)]


@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_the_deadlines_of_complaints_fit_beside_their_names(tongue: str) -> None:
    set_language(tongue)
    config = load_config()
    categories = config.complaints.categories
    names = max(cell_len(category_name(config, category.code)) for category in categories)
    assert max(cell_len(category_note(category)) for category in categories) + names + 6 <= 70


def test_the_number_of_a_counter_stands_whole() -> None:
    set_language("en")
    cards = CounterCards()
    card = CounterCard(126, CounterState.OPEN, "1003", "standard", None)
    cards.paint([card, dataclasses.replace(card, number=7)], a_config())
    assert [line.plain[:5] for line in cards.lines(36, 2)] == [" 126 ", "   7 "]
    assert cards.lines(36, 6)[0].plain.startswith(" 126 ")


def test_the_name_of_a_hall_on_the_board_is_told_in_one_language_rather_than_cut() -> None:
    set_language("en")
    words = Words(zh="中山路国际金融中心旗舰营业厅（二层东区）", en="Finance Centre, Second Floor, East")
    head = BoardHead()
    names = a_config(hall={"name": words.model_dump()})
    board = board_view(a_state(), names, MORNING_MS)
    head.paint(board, names.zone_info)
    assert "Finance Centre, Second Floor, East " in head.lines(78, 1)[0].plain
    assert f"{words.en} · {words.zh} " in head.lines(160, 1)[0].plain
