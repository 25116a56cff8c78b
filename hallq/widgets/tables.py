"""Tables of texts as lines of a fixed width."""

from rich.cells import cell_len
from textual.content import Content

from hallq.widgets.cells import left, right
from hallq.widgets.figures_strip import STANDING_STYLES
from hallq.wording.day_cells import STANDINGS, Table

GAP = 2
ROOM = 68
"""Cells of a line: what a terminal of 80 has left beside frame and scroll bar."""

STYLES = {sign: STANDING_STYLES[standing] for standing, (sign, _) in STANDINGS.items()}
"""A cell that begins with such a sign has its colour."""


def lines(table: Table) -> list[Content]:
    """Title, head and rows, and an empty line; the widest column of texts gives way."""
    every = [*([table.head] if table.head else []), *table.rows]
    widths = [max(cell_len(row[place]) for row in every) for place in range(len(every[0]))]
    texts = [place for place in table.texts if place < len(widths)]
    widest = max(texts or range(len(widths)), key=lambda place: widths[place])
    widths[widest] -= max(0, sum(widths) + GAP * (len(widths) - 1) - ROOM)
    told = [Content.styled(table.title, "bold")] if table.title else []
    for row in every:
        cells = [
            left(cell, width) if place in table.texts else right(cell, width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        style = "bold $quiet" if row is table.head else ""
        told.append(Content(" " * GAP).join(Content.styled(c, STYLES.get(c[:1], style)) for c in cells))
    return [*told, Content("")]
