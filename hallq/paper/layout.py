"""From blocks to rows that fit the paper, counted in the printer's own cells."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from hallq.domain.text import plain
from hallq.paper.slip import Align, Block, Cells, Code, Divider, Huge, Line, Pair, Slip

LARGEST = 8
"""Receipt printers draw letters at most so many times as large."""
LONGEST_TEXT = 400
GAP = 2
"""Cells between the columns of a table."""
NEVER_FIRST = frozenset("，。、；：？！）》」』】…·,.;:?!)")
"""What no line begins with."""
_TYPED = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "..."})
"""Signs that code page 437 lacks, as a typewriter has them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of print, `size` times as large as usual; it fits the paper."""

    text: str
    size: int = 1
    align: Align = Align.LEFT
    bold: bool = False


def cells(text: str, language: str) -> int:
    """How wide a printer draws `text`: in Chinese all but ASCII takes two cells."""
    return sum(1 if language == "en" or character.isascii() else 2 for character in text)


def rows(slip: Slip, columns: int) -> Iterator[Row | Code]:
    """The rows of a slip on paper of so many columns."""
    for block in slip.blocks:
        yield from _rows(block, columns, slip.language)


def harmless(text: str, language: str) -> str:
    """A text without anything that a printer could take for a command, in letters that it has."""
    composed = unicodedata.normalize("NFC", plain(text, LONGEST_TEXT))
    if language == "en":
        return composed.translate(_TYPED).encode("cp437", "replace").decode("cp437")
    return composed


def _rows(block: Block, columns: int, language: str) -> Iterator[Row | Code]:
    match block:
        case Line():
            text = harmless(block.text, language)
            for part in _broken(text, columns // block.size, language):
                yield Row(part, block.size, block.align, block.bold)
        case Huge():
            text = harmless(block.text, language)
            size = max(1, min(LARGEST, columns // max(1, cells(text, language))))
            yield from (
                Row(part, size, Align.CENTER, True) for part in _broken(text, columns // size, language)
            )
        case Pair():
            yield from _pair(
                harmless(block.left, language), harmless(block.right, language), columns, language
            )
        case Cells():
            yield Row(_aligned(block, language), bold=block.bold)
        case Divider():
            yield Row("-" * columns)
        case Code():
            yield block


def _aligned(row: Cells, language: str) -> str:
    parts = []
    for place, (text, width) in enumerate(zip(row.cells, row.widths, strict=True)):
        cell = harmless(text, language)
        gap = " " * (width - cells(cell, language))
        parts.append(cell + gap if place in row.texts else gap + cell)
    return (" " * GAP).join(parts).rstrip()


def _pair(left: str, right: str, columns: int, language: str) -> Iterator[Row]:
    gap = columns - cells(left, language) - cells(right, language)
    if gap >= 1:
        yield Row(left + " " * gap + right)
        return
    yield from (Row(part) for part in _broken(left, columns, language))
    for part in _broken(right, columns, language):
        yield Row(" " * (columns - cells(part, language)) + part)


def _broken(text: str, columns: int, language: str) -> Iterator[str]:
    """Parts that fit, broken at a space where there is one."""
    rest = text
    while rest and cells(rest, language) > columns:
        fitting = _fitting(rest, columns, language)
        space = rest.rfind(" ", 1, fitting + 1)
        cut = space if space > 0 else _before_a_sign(rest, fitting)
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _before_a_sign(text: str, cut: int) -> int:
    """One character earlier where the next line would begin with a comma or the like."""
    return cut - 1 if cut > 1 and text[cut] in NEVER_FIRST and text[cut - 1] not in NEVER_FIRST else cut


def _fitting(text: str, columns: int, language: str) -> int:
    """How many characters fit; one at least."""
    width = 0
    for place, character in enumerate(text):
        width += cells(character, language)
        if width > columns:
            return max(1, place)
    return len(text)
