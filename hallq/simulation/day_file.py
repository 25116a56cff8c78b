"""A recorded day as a CSV file: read row by row, every bad row named and left out."""

import csv
import io
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hallq.domain.business_date import business_date_of
from hallq.domain.config import HallConfig
from hallq.domain.lanes import Tier
from hallq.domain.text import plain
from hallq.domain.wall import on_wall, since_1970_ms
from hallq.i18n import N_, Sentence
from hallq.text_file import BadRow, RowError, UnreadableError, decoded, read_bytes

COLUMNS = ("arrived_at", "service", "tier", "service_seconds", "patience_seconds", "customer")
_LONGEST_SECONDS = 24 * 3600
_LONGEST_SHOWN = 40
_YEARS = range(1900, 9000)


@dataclass
class DayFileError(Exception):
    """The file is no day file at all: one line that says why."""

    path: Path
    reason: Sentence

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One customer of the recorded day. `arrived_ms`: as the hall's wall clock showed it."""

    arrived_ms: int
    service: str
    tier: Tier
    service_ms: int | None
    patience_ms: int | None
    customer: str


@dataclass(frozen=True, slots=True)
class RecordedDay:
    """The usable rows in order of arrival, and the others."""

    business_date: str
    arrivals: tuple[Arrival, ...]
    bad_rows: tuple[BadRow, ...]


def read_day(path: Path, config: HallConfig, *, strict: bool = False) -> RecordedDay:
    """The recorded day at `path`. Raises DayFileError when nothing in it can be used.

    `strict`: raises DayFileError at the first bad row too.
    """
    arrivals: list[tuple[int, Arrival]] = []
    bad: list[BadRow] = []
    for line, fields in _rows(path):
        try:
            arrivals.append((line, _arrival(fields, config)))
        except RowError as error:
            bad.append(BadRow(line, error.problem))
            if strict:
                raise DayFileError(path, bad[0].sentence()) from error
    if not arrivals:
        raise DayFileError(path, _nothing_usable(bad))
    here, elsewhere = _of_one_day(arrivals, config.zone_info)
    if elsewhere and strict:
        raise DayFileError(path, elsewhere[0].sentence())
    here.sort(key=lambda arrival: arrival.arrived_ms)
    bad_rows = tuple(sorted([*bad, *elsewhere], key=lambda row: row.line))
    return RecordedDay(business_date_of(here[0].arrived_ms, config), tuple(here), bad_rows)


def _nothing_usable(bad: list[BadRow]) -> Sentence:
    if not bad:
        return Sentence(N_("holds no rows"))
    return Sentence(N_("holds no usable row; {first}"), first=bad[0].sentence())


def _rows(path: Path) -> Iterator[tuple[int, list[str] | None]]:
    """(line, fields) below the heading; None for a line that is not CSV."""
    lines = io.StringIO(_text(path), newline=None)
    heading = next(lines, "").strip("\n")
    if _fields(heading) != list(COLUMNS):
        told = N_("line 1: the columns {columns} are needed, found: {found}")
        found = plain(heading, _LONGEST_SHOWN * 3) or "–"
        raise DayFileError(path, Sentence(told, columns=",".join(COLUMNS), found=found))
    for number, line in enumerate(lines, start=2):
        if line.strip():
            yield number, _fields(line.strip("\n"))


def _fields(line: str) -> list[str] | None:
    """The fields of one line: a quote left open spoils its own line only."""
    try:
        return [field.strip() for field in next(csv.reader([line], strict=True), [])]
    except csv.Error:
        return None


def _text(path: Path) -> str:
    try:
        return decoded(read_bytes(path))
    except UnreadableError as error:
        raise DayFileError(path, error.reason) from error


def _arrival(fields: list[str] | None, config: HallConfig) -> Arrival:
    if fields is None:
        raise RowError(N_("a quotation mark is not closed"))
    if len(fields) != len(COLUMNS):
        told = N_("{needed} columns are needed, found {found}")
        raise RowError(told, needed=len(COLUMNS), found=len(fields))
    arrived_at, service, tier, service_seconds, patience_seconds, customer = fields
    if service not in config.service_by_code:
        raise RowError(N_("unknown service {found}"), found=_shown(service))
    if tier not in list(Tier):
        allowed = ", ".join(reversed(Tier))
        raise RowError(N_("unknown tier {found} (allowed: {allowed})"), found=_shown(tier), allowed=allowed)
    return Arrival(
        arrived_ms=_time(arrived_at, config.zone_info),
        service=service,
        tier=Tier(tier),
        service_ms=_duration("service_seconds", service_seconds),
        patience_ms=_duration("patience_seconds", patience_seconds),
        customer=customer,
    )


def _time(text: str, zone: ZoneInfo) -> int:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or len(text) <= len("1999-01-05") or moment.year not in _YEARS:
        raise RowError(N_("unreadable time {found} (like 1999-01-05T08:30:00)"), found=_shown(text))
    local = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return since_1970_ms(local)


def _duration(name: str, text: str) -> int | None:
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not math.isfinite(seconds):
        raise RowError(N_("{name} {found} is not a number"), name=name, found=_shown(text))
    if seconds < 0:
        raise RowError(N_("{name} {found} is negative"), name=name, found=_shown(text))
    if seconds > _LONGEST_SECONDS:
        raise RowError(N_("{name} {found} is longer than a day"), name=name, found=_shown(text))
    return round(seconds * 1000)


def _shown(text: str) -> str:
    return f'"{plain(text, _LONGEST_SHOWN)}"'


def _of_one_day(arrivals: list[tuple[int, Arrival]], zone: ZoneInfo) -> tuple[list[Arrival], list[BadRow]]:
    """Those of the date that most rows have and the days beside it; the others are slips."""
    dates = [on_wall(arrival.arrived_ms, zone).date() for _, arrival in arrivals]
    usual, _ = Counter(dates).most_common(1)[0]
    here, elsewhere = [], []
    told = N_("{found} is not the day of this file ({usual})")
    for (line, arrival), day in zip(arrivals, dates, strict=True):
        if abs((day - usual).days) <= 1:
            here.append(arrival)
        else:
            elsewhere.append(BadRow(line, Sentence(told, found=day, usual=usual)))
    return here, elsewhere
