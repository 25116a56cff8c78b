"""A slip: what stands on a piece of paper, whatever prints it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Align(StrEnum):
    """Where a line stands."""

    LEFT = "left"
    CENTER = "center"


@dataclass(frozen=True, slots=True)
class Line:
    """A text, broken where the paper ends. `size`: 1 to 8 times as wide and high."""

    text: str
    size: int = 1
    align: Align = Align.LEFT
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Huge:
    """A word as large as the paper allows."""

    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts at both ends of a line."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of a table, each cell of its column's width; at the places of `texts` it starts at the left."""

    cells: tuple[str, ...]
    widths: tuple[int, ...]
    texts: tuple[int, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code."""

    address: str


Block = Line | Huge | Pair | Cells | Divider | Code


@dataclass(frozen=True, slots=True)
class Slip:
    """One piece of paper. `key`: what it is for, the same for a copy; `name`: how people call it."""

    key: str
    name: str
    language: Literal["zh", "en"]
    blocks: tuple[Block, ...]
