"""A slip kept as a text file, where there is no printer."""

from collections.abc import Iterator
from pathlib import Path

from hallq.paper.layout import Row, cells, rows
from hallq.paper.slip import Align, Slip


def save_slip(slip: Slip, folder: Path, columns: int) -> Path:
    """Write the slip into `folder` under the name that people call it; the file. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slip.name}.txt"
    path.write_text("\n".join(_lines(slip, columns)) + "\n", encoding="utf-8")
    return path


def _lines(slip: Slip, columns: int) -> Iterator[str]:
    for row in rows(slip, columns):
        if isinstance(row, Row):
            spare = columns - cells(row.text, slip.language)
            yield " " * (spare // 2 if row.align is Align.CENTER else 0) + row.text
        else:
            yield row.address
