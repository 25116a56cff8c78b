"""What stands on a slip, how it fits the paper, and the bytes that a printer gets."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallq.domain import intents as i
from hallq.domain.lanes import Tier
from hallq.domain.tickets import Ticket
from hallq.paper.composing import composed
from hallq.paper.layout import Row, cells, rows
from hallq.paper.slip import Align, Code, Divider, Huge, Line, Pair, Slip
from hallq.paper.ticket import ticket_slip
from hallq.store import Store
from tests.builders import MINUTE_MS, HandClock, TryHall, a_config, a_hall

COMMANDS = range(32)
NUMBER = "10000000421"


def a_slip(*blocks: Line | Huge | Pair | Divider | Code, language: str = "zh") -> Slip:
    return Slip("k", "A012", "zh" if language == "zh" else "en", blocks)


def issued(hall: TryHall, service: str = "payment", **more: Any) -> Ticket:
    ticket_id = hall.issues(service, **more)
    return hall.state.tickets[ticket_id]


def texts(slip: Slip, columns: int = 48) -> list[str]:
    return [row.text for row in rows(slip, columns) if isinstance(row, Row)]


def test_a_ticket_in_chinese_says_what_its_customer_needs(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    ticket = issued(hall, "sim_replacement")
    slip = ticket_slip(hall.state, hall.hall.config, ticket, hall.hall.now_ms())
    said = texts(slip)
    assert said[:4] == ["营业厅", "A001", "补(换)卡", "标准通道"]
    assert "前面还有 1 人" in said
    assert any(line.startswith("预计等候") for line in said)
    assert "请备好：身份证" in said
    assert said[-1].startswith("2026-11-22 周日 ")
    assert not [block for block in slip.blocks if isinstance(block, Code)]


def test_a_ticket_in_english(store: Store, clock: HandClock) -> None:
    config = a_config(printer={"language": "en", "qr_address": "https://example.org/{hall}/{date}/{ticket}"})
    hall = a_hall(store, clock, config)
    ticket = issued(hall, "sim_replacement", tier=Tier.GOLD)
    slip = ticket_slip(hall.state, config, ticket, hall.hall.now_ms())
    said = texts(slip)
    assert said[:4] == ["Service hall", "V001", "SIM replacement", "Priority lane"]
    assert "You are next" in said
    assert "No counter is calling yet" in said
    assert "Please have ready: ID card" in said
    assert Code("https://example.org/hall/2026-11-22/V001") in slip.blocks
    assert said[-1].startswith("2026-11-22 Sun ")


@pytest.mark.parametrize(
    "address", ["https://example.org/{name}", "https://example.org/{", "{ticket:>9999999}"]
)
def test_an_address_that_cannot_be_filled_in_keeps_no_ticket_back(
    store: Store, clock: HandClock, address: str
) -> None:
    hall = a_hall(store, clock, a_config(printer={"qr_address": address}))
    ticket = issued(hall)
    slip = ticket_slip(hall.state, hall.hall.config, ticket, hall.hall.now_ms())
    assert not [block for block in slip.blocks if isinstance(block, Code)]


def test_a_copy_says_that_it_is_one_and_when_it_was_made(hall: TryHall) -> None:
    ticket = issued(hall)
    made_ms = hall.hall.now_ms() + 5 * MINUTE_MS
    assert "补打 " in texts(ticket_slip(hall.state, hall.hall.config, ticket, made_ms, is_copy=True))[1]


def test_the_first_slip_says_the_wait_that_is_counted_and_a_copy_that_of_its_time(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.issues()
    ticket = issued(hall)
    hall.opens(3, 4)
    told = f"预计等候约 {ticket.told_low_minutes}-{ticket.told_high_minutes} 分钟"
    now_ms = hall.hall.now_ms()
    assert told in texts(ticket_slip(hall.state, hall.hall.config, ticket, now_ms))
    assert told not in texts(ticket_slip(hall.state, hall.hall.config, ticket, now_ms, is_copy=True))


def test_nothing_of_the_customer_is_on_paper(hall: TryHall) -> None:
    reference = hall.hall.recognise(NUMBER).customer
    ticket = issued(hall, tier=Tier.DIAMOND, customer=reference)
    paper = composed(ticket_slip(hall.state, hall.hall.config, ticket, hall.hall.now_ms()), 48)
    for secret in (NUMBER, NUMBER[-4:], reference, "钻石", "Diamond"):
        assert secret.encode("gb18030") not in paper


@pytest.mark.parametrize("columns", [32, 48])
def test_a_called_number_is_printed_without_a_forecast(hall: TryHall, columns: int) -> None:
    hall.opens(2)
    ticket_id = hall.issues()
    hall.does(i.CallNext(counter=2))
    slip = ticket_slip(hall.state, hall.hall.config, hall.state.tickets[ticket_id], hall.hall.now_ms())
    assert not any("人" in line or "分钟" in line for line in texts(slip, columns))


# --- layout ------------------------------------------------------------------------------


@pytest.mark.parametrize(("columns", "label", "size"), [(32, "A012", 8), (48, "A012", 8), (32, "A2-005", 5)])
def test_the_number_is_as_large_as_the_paper_allows(columns: int, label: str, size: int) -> None:
    (row,) = rows(a_slip(Huge(label)), columns)
    assert row == Row(label, size, Align.CENTER, True)


def test_long_texts_break_at_spaces_and_chinese_anywhere() -> None:
    assert texts(a_slip(Line("one two three", size=2), language="en"), 16) == ["one two", "three"]
    assert texts(a_slip(Line("身份证和新址证明")), 8) == ["身份证和", "新址证明"]


def test_no_line_begins_with_a_comma_and_typographic_signs_have_a_plain_form() -> None:
    assert texts(a_slip(Line("请备好：双方身份证、银行卡")), 18) == ["请备好：双方身份", "证、银行卡"]
    assert texts(a_slip(Line("“St Mary’s” – open…"), language="en")) == ['"St Mary\'s" - open...']


def test_a_pair_keeps_both_ends_or_takes_two_lines() -> None:
    assert texts(a_slip(Pair("补(换)卡", "6 分钟")), 32) == ["补(换)卡" + " " * 18 + "6 分钟"]
    assert texts(a_slip(Pair("缴费" * 4, "完成" * 3)), 16) == ["缴费" * 4, "    " + "完成" * 3]


BLOCKS = st.one_of(
    st.builds(Line, st.text(max_size=60), st.integers(1, 8)),
    st.builds(Huge, st.text(max_size=12)),
    st.builds(Pair, st.text(max_size=40), st.text(max_size=40)),
    st.just(Divider()),
)


@given(st.lists(BLOCKS, max_size=5), st.sampled_from(["zh", "en"]), st.sampled_from([32, 48]))
def test_no_row_is_wider_than_the_paper_and_no_text_becomes_a_command(
    blocks: list[Line | Huge | Pair | Divider], language: str, columns: int
) -> None:
    slip = a_slip(*blocks, language=language)
    for row in rows(slip, columns):
        assert isinstance(row, Row)
        assert cells(row.text, language) * row.size <= columns or len(row.text) == 1
        encoded = row.text.encode("gb18030" if language == "zh" else "cp437", "replace")
        assert not any(byte in COMMANDS or byte == 0x7F for byte in encoded)


# --- bytes -------------------------------------------------------------------------------


def test_chinese_is_gb18030_in_the_printers_chinese_mode() -> None:
    paper = composed(a_slip(Huge("A012"), Line("补(换)卡", size=2)), 48)
    assert paper.startswith(b"\x1b@\x1bR\x00\x1c&")
    assert b"\x1d!\x77" in paper
    assert b"A012\n" in paper
    assert b"\x1d!\x11" in paper
    assert "补(换)卡".encode("gb18030") + b"\n" in paper
    assert paper.endswith(b"\x1dV\x01")


def test_characters_of_four_bytes_are_sent_and_counted() -> None:
    rare = "㐀𠀀"
    assert [len(character.encode("gb18030")) for character in rare] == [4, 4]
    assert rare.encode("gb18030") + b"\n" in composed(a_slip(Line(rare)), 32)
    assert texts(a_slip(Line(rare * 9)), 32) == [rare * 8, rare]


def test_english_is_sent_in_the_western_mode_and_what_it_lacks_is_a_question_mark() -> None:
    paper = composed(a_slip(Line("Café 营业 ☂"), language="en"), 48)
    assert paper.startswith(b"\x1b@\x1bR\x00\x1c.\x1bt\x00")
    assert b"Caf\x82 ?? ?\n" in paper


def test_a_qr_code_is_drawn_by_the_printer() -> None:
    address = "https://example.org/hall/V001"
    paper = composed(a_slip(Code(address)), 48)
    stored = b"\x1d(k" + (len(address) + 3).to_bytes(2, "little") + b"1P0" + address.encode()
    assert paper.index(stored) < paper.index(b"\x1d(k\x03\x001Q0")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_commands_in_a_name_never_reach_the_printer(language: str) -> None:
    plain = composed(a_slip(Line("cut p0 here"), language=language), 48)
    hostile = composed(
        a_slip(Line("\x1bc\x1dut \x1c\x10\x04p\x000\r\n\x0c here\x7f\x9b\u202e"), language=language), 48
    )
    assert hostile == plain
