"""Lists as offices send them: two encodings, spreadsheets, and rows that are named instead of used."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from hallq.domain.lanes import Tier
from hallq.domain.vip import VipEntry
from hallq.text_file import UnreadableError
from hallq.vip_list.rows import read_list

CARD, OTHER_CARD, PHONE = "0000111122220001", "0000111122220002", "10000000421"
HEADING = "卡号,手机号,等级,有效期,姓,称谓,客户经理"
LINE = f"{CARD},100-0000-0421,金卡,2027/1/5,𠮷,女士,3001"
ENTRY = VipEntry(Tier.GOLD, CARD, PHONE, "2027-01-05", "𠮷", "女士", "3001")


def a_list(folder: Path, *lines: str, heading: str = "card,phone,tier", encoding: str = "utf-8") -> Path:
    """A CSV file with these lines."""
    path = folder / "list.csv"
    path.write_text("\n".join((heading, *lines, "")), encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_is_read_in_whatever_way_it_was_saved(tmp_path: Path, encoding: str) -> None:
    path = a_list(tmp_path, LINE, heading=HEADING, encoding=encoding)
    assert read_list(path) == ([ENTRY], [])


def test_a_spreadsheet_is_read_and_a_rounded_number_is_told(tmp_path: Path) -> None:
    book = Workbook()
    rows: tuple[list[object], ...] = (
        [*HEADING.split(",")],
        [*LINE.split(",")],
        [],
        [5550001112220001, 10000000422, "金"],
        [None, 10000000423, "金"],
    )
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    entries, bad = read_list(tmp_path / "list.xlsx")
    assert entries == [ENTRY, VipEntry(Tier.GOLD, phone="10000000423")]
    assert [(row.line, "rounded" in str(row.problem)) for row in bad] == [(4, True)]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f"{CARD},,platinum", "unknown tier"),
        (f"{CARD},,none", "unknown tier"),
        (",,gold", "neither"),
        ("123,,gold", "card"),
        (f"{CARD},not a number,gold", "phone"),
        ("5.55E+15,,gold", "rounded"),
        (f'"{CARD},,gold', "quotation"),
        (f"{'9' * 10_000},,gold", "card"),
        (f"{CARD},\x1b[31m0421,gold", "phone"),
        (f"{OTHER_CARD},,gold", "same as in line 2"),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_never_repeated(tmp_path: Path, line: str, says: str) -> None:
    entries, bad = read_list(a_list(tmp_path, f"{OTHER_CARD},,gold", line))
    assert len(entries) == 1
    assert [row.line for row in bad] == [3]
    assert says in str(bad[0].problem)
    assert CARD not in str(bad[0].sentence())


@pytest.mark.parametrize(
    ("column", "text"), [("surname", "x" * 10_000), ("valid_until", "2027-02-30"), ("manager", "=1+1")]
)
def test_every_other_column_is_looked_at_too(tmp_path: Path, column: str, text: str) -> None:
    entries, bad = read_list(a_list(tmp_path, f"{CARD},gold,{text}", heading=f"card,tier,{column}"))
    assert (entries, [row.line for row in bad]) == ([], [2])


@pytest.mark.parametrize(
    "raw", [b"", b"tier,name\n", b"\xd0\xcf\x11\xe0", b"PK\x03\x04 broken", b"\xff\xff\x00\x81"]
)
def test_what_is_no_list_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "list"
    path.write_bytes(raw)
    with pytest.raises(UnreadableError):
        read_list(path)
