"""From a slip to the bytes of an ESC/POS printer.

Chinese is sent as GB18030 in the printer's Chinese mode (FS &), English in code page 437 with
that mode off (FS .). Sizes are set with GS ! alone: it is the one command that enlarges Latin
letters and Chinese characters alike.
"""

from hallq.paper.layout import Row, rows
from hallq.paper.python_escpos import escpos
from hallq.paper.slip import Align, Code, Slip

CHINESE_MODE = b"\x1c\x26"
WESTERN_MODE = b"\x1c\x2e"
USA_LETTERS = b"\x1bR\x00"
"""Printers for China may draw a dollar sign as a yuan sign else."""
PAGE_437 = b"\x1bt\x00"
QR_DOTS = {32: 5, 48: 6}
"""How many dots a module of a QR code has, by the columns of the paper."""


def composed(slip: Slip, columns: int) -> bytes:
    """The whole job, from the printer's reset to the cut."""
    paper = escpos().Dummy()
    paper.hw("INIT")
    for command in (
        (USA_LETTERS, CHINESE_MODE) if slip.language == "zh" else (USA_LETTERS, WESTERN_MODE, PAGE_437)
    ):
        paper._raw(command)
    for row in rows(slip, columns):
        if isinstance(row, Code):
            paper.set(align=Align.CENTER.value)
            paper.qr(row.address, size=QR_DOTS.get(columns, 5), native=True)
            paper._raw(b"\n")
        else:
            paper.set(align=row.align.value, bold=row.bold, custom_size=True, width=row.size, height=row.size)
            paper._raw(encoded(row, slip.language) + b"\n")
    paper.set(align=Align.LEFT.value, bold=False, custom_size=True, width=1, height=1)
    paper.cut(mode="PART")
    output: bytes = paper.output
    return output


def encoded(row: Row, language: str) -> bytes:
    """The letters as the printer's mode wants them; the row is harmless already."""
    return row.text.encode("gb18030" if language == "zh" else "cp437", "replace")
