"""The page of a day on a receipt: tables where the paper is wide enough, else a line for each figure."""

from collections.abc import Iterator, Sequence
from typing import Literal

from hallq.i18n import language
from hallq.paper.layout import GAP, cells, harmless
from hallq.paper.slip import Align, Block, Cells, Divider, Line, Pair, Slip
from hallq.wording.day_cells import STANDINGS, Row, Table

_GLYPHS = frozenset(glyph for glyph, _word in STANDINGS.values())
_COMMA = {"zh": "；", "en": "; "}
_COLON = {"zh": "：", "en": ": "}


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
        yield from _facts(table, spoken)
        return
    rows = [tuple(_printable(cell, spoken) for cell in row) for row in (table.head, *table.rows)]
    widths = tuple(max(cells(row[place], spoken) for row in rows) for place in range(len(table.head)))
    if sum(widths) + GAP * (len(widths) - 1) <= columns:
        yield from (Cells(row, widths, table.texts, bold=row is rows[0]) for row in rows)
    else:
        yield from _one_by_one(rows[0], rows[1:], columns, spoken)


def _facts(table: Table, spoken: str) -> Iterator[Block]:
    """Labels and figures, two to a row on a screen, one column after the other; texts where no figure is."""
    if table.texts == (0, 1):
        yield from (Line(f"{label}{_COLON[spoken]}{text}") for label, text in table.rows)
        return
    for place in range(0, max(len(row) for row in table.rows), 2):
        for label, figure in (row[place : place + 2] for row in table.rows if len(row) > place):
            if label:
                yield Pair(label, figure.replace("–", "-"))


def _one_by_one(head: Row, rows: Sequence[Row], columns: int, spoken: str) -> Iterator[Block]:
    for first, *others in rows:
        yield Line(f"{head[0]}{_COLON[spoken]}{first}", bold=True)
        named = [f"{name} {cell}" for name, cell in zip(head[1:], others, strict=True) if cell]
        yield from (Line(line) for line in _lines(named, columns, spoken))


def _lines(named: Sequence[str], columns: int, spoken: str) -> Iterator[str]:
    """As many figures to a line as fit, none torn from its name or its unit."""
    line = ""
    for more in named:
        longer = f"{line}{_COMMA[spoken]}{more}" if line else more
        if line and cells(longer, spoken) + cells(_COMMA[spoken], spoken) > columns:
            yield line + _COMMA[spoken].rstrip()
            longer = more
        line = longer
    if line:
        yield line


def _printable(cell: str, spoken: str) -> str:
    """Without the glyphs of a screen, which printers lack; the word beside them says the same."""
    glyph, _space, word = cell.partition(" ")
    return harmless((word if glyph in _GLYPHS else cell).replace("–", "-"), spoken)
