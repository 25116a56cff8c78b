"""The rows of a CSV or Excel file, as text."""

import csv
import io
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from hallq.i18n import N_, Sentence
from hallq.text_file import UnreadableError, decoded, read_bytes

Row = tuple[int, list[str] | None]
"""Line number and fields; None for a line whose fields cannot be told apart."""

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_EXACT = 10**15
"""From here on a spreadsheet has rounded the figures that somebody typed."""


def rows_of(path: Path) -> Iterator[Row]:
    """Every row that is not empty, the heading first. Raises UnreadableError."""
    raw = read_bytes(path)
    if raw.startswith(_OLD_EXCEL):
        raise UnreadableError(Sentence(N_("is of an old Excel. Save it as .xlsx or CSV.")))
    return _sheet_rows(raw) if raw.startswith(_ZIP) else _csv_rows(decoded(raw))


def _csv_rows(text: str) -> Iterator[Row]:
    """Line by line: a quote left open spoils its own line only."""
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        if line.strip():
            yield number, _fields(line.strip("\n"))


def _fields(line: str) -> list[str] | None:
    try:
        return next(csv.reader([line], strict=True), [])
    except csv.Error:
        return None


def _sheet_rows(raw: bytes) -> Iterator[Row]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a sheet has beside its cells
            book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            cells = book.worksheets[0].iter_rows(values_only=True)
            for number, values in enumerate(cells, start=1):
                fields = [_cell_text(value) for value in values]
                if any(fields):
                    yield number, fields
    except UnreadableError:
        raise
    except Exception as error:  # a broken file makes openpyxl raise whatever its parts raise
        raise UnreadableError(Sentence(N_("is no Excel file that can be read."))) from error


def _cell_text(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < _EXACT:
            return str(int(value))
        case int() | float() if abs(value) >= _EXACT:
            return f"{value:.3E}"
        case _:
            return str(value)
