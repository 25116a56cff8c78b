"""The page of a day on a receipt: tables where the paper is wide enough, else a line for each figure."""

from collections.abc import Iterator, Sequence
from typing import Literal

from hallq.i18n import language
from hallq.paper.layout import cells, harmless
from hallq.paper.slip import Align, Block, Divider, Line, Pair, Slip
from hallq.wording.day_cells import STANDINGS, Row, Table

_GLYPHS = frozenset(glyph for glyph, _word in STANDINGS.values())
_GAP = 2


def day_slip(date: str, title: str, tables: Sequence[Table], columns: int) -> Slip:
    """The page in the language of the screen, on paper of so many columns."""
    spoken: Literal["zh", "en"] = "zh" if language() == "zh" else "en"
    blocks: list[Block] = [Line(_printable(title, spoken), align=Align.CENTER, bold=True)]
    for table in tables:
        blocks += [Divider(), *_table(table, columns, spoken)]
    return Slip(f"day-{date}", date, spoken, tuple(blocks))


def _table(table: Table, columns: int, spoken: str) -> Iterator[Block]:
    if table.title:
        yield Line(table.title, bold=True)
    if not table.head:
        yield from _facts(table)
        return
    rows = [tuple(_printable(cell, spoken) for cell in row) for row in (table.head, *table.rows)]
    widths = [max(cells(row[place], spoken) for row in rows) for place in range(len(table.head))]
    if sum(widths) + _GAP * (len(widths) - 1) <= columns:
        for row in rows:
            yield Line(_aligned(row, widths, table.texts, spoken), bold=row is rows[0])
    else:
        yield from _one_by_one(rows[0], rows[1:])


def _facts(table: Table) -> Iterator[Block]:
    """Label and figure in turn, two to a row on a screen; texts alone where there is no figure."""
    if table.texts == (0, 1):
        yield from (Line(f"{label}: {text}") for label, text in table.rows)
        return
    for row in table.rows:
        for label, figure in zip(row[::2], row[1::2], strict=False):
            if label:
                yield Pair(label, figure.replace("–", "-"))


def _one_by_one(head: Row, rows: Sequence[Row]) -> Iterator[Block]:
    for first, *others in rows:
        yield Line(first, bold=True)
        told = ", ".join(f"{name} {cell}" for name, cell in zip(head[1:], others, strict=True) if cell)
        yield Line(f"  {told}")


def _aligned(row: Row, widths: Sequence[int], texts: Sequence[int], spoken: str) -> str:
    parts = []
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        gap = " " * (width - cells(cell, spoken))
        parts.append(cell + gap if place in texts else gap + cell)
    return (" " * _GAP).join(parts).rstrip()


def _printable(cell: str, spoken: str) -> str:
    """Without the glyphs of a screen, which printers lack; the word beside them says the same."""
    glyph, _space, word = cell.partition(" ")
    return harmless((word if glyph in _GLYPHS else cell).replace("–", "-"), spoken)
