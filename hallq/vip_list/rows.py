"""Rows of a list as entries of the VIP directory; every bad row is named by its line.

What is told of a row never repeats a number or a name.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from hallq.domain.customer_number import normal_form
from hallq.domain.lanes import Tier
from hallq.domain.text import plain
from hallq.domain.vip import VipEntry
from hallq.i18n import N_, Sentence
from hallq.text_file import BadRow, RowError, UnreadableError
from hallq.vip_list.table import rows_of

HEADINGS = {
    "card": ("card", "card_number", "卡号", "会员卡号"),
    "phone": ("phone", "phone_number", "mobile", "手机号", "手机号码", "电话", "联系电话"),
    "tier": ("tier", "等级", "级别", "客户等级"),
    "valid_until": ("valid_until", "有效期", "有效期至", "到期日"),
    "surname": ("surname", "姓", "姓氏"),
    "form": ("form", "form_of_address", "称呼", "称谓"),
    "manager": ("manager", "customer_manager", "客户经理", "客户经理工号"),
}
"""What a column may be called; the first word is the one that documents use."""

_TIERS = {
    "supreme": Tier.SUPREME, "至尊": Tier.SUPREME, "至尊卡": Tier.SUPREME,
    "diamond": Tier.DIAMOND, "钻石": Tier.DIAMOND, "钻石卡": Tier.DIAMOND,
    "gold": Tier.GOLD, "金": Tier.GOLD, "金卡": Tier.GOLD,
    "silver": Tier.SILVER, "银": Tier.SILVER, "银卡": Tier.SILVER,
}  # fmt: skip
_NUMBER = re.compile(r"[0-9A-Z+() -]*")
_FIGURE = re.compile(r"[0-9.]+E\+?[0-9]+")
_MANAGER = re.compile(r"[0-9A-Za-z_.-]{0,20}")
_DATE = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")
_LONGEST_NAME = 20
_LONGEST_NUMBER = 32
_SHORTEST = {"card": 8, "phone": 7}


def read_list(path: Path) -> tuple[list[VipEntry], list[BadRow]]:
    """The entries of the file and its bad rows. Raises UnreadableError when it is no such list."""
    rows = rows_of(path)
    columns = _columns(next(rows, (1, None))[1])
    entries: list[VipEntry] = []
    bad: list[BadRow] = []
    seen: dict[str, int] = {}
    for line, fields in rows:
        try:
            entry = _entry(fields, columns)
            _only_once(entry, line, seen)
        except RowError as error:
            bad.append(BadRow(line, error.problem))
        else:
            entries.append(entry)
    return entries, bad


def _columns(heading: list[str] | None) -> dict[str, int]:
    """Where each column is."""
    known = {word: name for name, words in HEADINGS.items() for word in words}
    found = {
        known[word]: place
        for place, title in enumerate(heading or ())
        if (word := plain(title, 40).casefold().replace(" ", "_")) in known
    }
    if "tier" in found and ("card" in found or "phone" in found):
        return found
    told = N_("line 1: columns are needed: {tier}, and {card} or {phone}; may follow: {others}")
    words = {name: f"{names[0]} ({names[-1]})" for name, names in HEADINGS.items()}
    others = ", ".join(words.pop(name) for name in ("valid_until", "surname", "form", "manager"))
    raise UnreadableError(Sentence(told, others=others, **words))


def _tier_words() -> str:
    """Each tier as a list may call it, in both languages."""
    words = {tier: [word for word, meant in _TIERS.items() if meant is tier][:2] for tier in Tier}
    return ", ".join("/".join(both) for both in words.values() if both)


def _entry(fields: list[str] | None, columns: dict[str, int]) -> VipEntry:
    if fields is None:
        raise RowError(N_("a quotation mark is not closed"))
    said = {name: fields[place].strip() for name, place in columns.items() if place < len(fields)}
    tier = _TIERS.get(said.get("tier", "").casefold())
    if tier is None:
        raise RowError(N_("unknown tier (allowed: {allowed})"), allowed=_tier_words())
    card, phone = (_number(name, said.get(name, "")) for name in ("card", "phone"))
    if not card and not phone:
        raise RowError(N_("neither a card nor a phone number"))
    manager = said.get("manager", "")
    if not _MANAGER.fullmatch(manager):
        raise RowError(N_("the manager is not a staff number"))
    return VipEntry(
        tier,
        card,
        phone,
        _date(said.get("valid_until", "")),
        _name("surname", said.get("surname", "")),
        _name("form", said.get("form", "")),
        manager,
    )


def _number(column: str, text: str) -> str:
    if not text:
        return ""
    folded = unicodedata.normalize("NFKC", text[: 2 * _LONGEST_NUMBER]).upper()
    if _FIGURE.fullmatch(folded):
        told = N_("{column}: rounded by a spreadsheet. Give the column the format Text, and type it anew")
        raise RowError(told, column=column)
    number = normal_form(folded) if _NUMBER.fullmatch(folded) else ""
    digits_only = column == "card" or number.isdigit()
    if not digits_only or not _SHORTEST[column] <= len(number) <= _LONGEST_NUMBER:
        raise RowError(N_("{column}: is no such number"), column=column)
    return number


def _date(text: str) -> str:
    if not text:
        return ""
    parts = _DATE.fullmatch(text[:40].split(" ")[0])
    try:
        if parts:
            return date(*(int(part) for part in parts.groups())).isoformat()
    except ValueError:
        pass
    raise RowError(N_("valid_until: is no date like 2027-12-31"))


def _name(column: str, text: str) -> str:
    if len(text) > _LONGEST_NAME:
        raise RowError(N_("{column}: longer than {count} characters"), column=column, count=_LONGEST_NAME)
    return plain(text, _LONGEST_NAME)


def _only_once(entry: VipEntry, line: int, seen: dict[str, int]) -> None:
    for column, number in _numbers(entry):
        if earlier := seen.get(number):
            raise RowError(N_("{column}: the same as in line {earlier}"), column=column, earlier=earlier)
    for _, number in _numbers(entry):
        seen[number] = line


def _numbers(entry: VipEntry) -> Iterator[tuple[str, str]]:
    yield from ((name, number) for name, number in (("card", entry.card), ("phone", entry.phone)) if number)
