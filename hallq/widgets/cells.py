"""Texts of an exact width in terminal cells: a Chinese character takes two."""

import re

from rich.cells import cell_len, set_cell_size

BAR_DONE = "━"
BAR_TO_COME = "─"
_CHINESE = r"[\u3400-\u9fff]"
_PIECES = re.compile(
    rf"[“（《]*(?:(?:\d+ )?{_CHINESE}|[^\s\u3400-\u9fff，。、：；？！）》”]+)?[，。、：；？！）》”]*\s*"
)
"""What no line may break: a word, a Chinese character with the count before it, the marks around them."""
EIGHTHS = " ▁▂▃▄▅▆▇█"


def left(text: str, width: int) -> str:
    """At the left of `width` cells; a longer text ends with an ellipsis."""
    if cell_len(text) > width:
        return set_cell_size(text, width - 1) + "…" if width > 0 else ""
    return text + " " * (width - cell_len(text))


def apart(text: str, width: int) -> str:
    """At the left of `width` cells; a blank parts a text that is cut from what follows."""
    is_whole = cell_len(text) <= width or width <= 0
    return left(text, width) if is_whole else left(text, width - 1) + " "


def right(text: str, width: int) -> str:
    """At the right of `width` cells."""
    return left(text, width) if cell_len(text) > width else " " * (width - cell_len(text)) + text


def middle(text: str, width: int) -> str:
    """In the middle of `width` cells."""
    room = max(0, width - cell_len(text))
    return left(" " * (room // 2) + text, width)


def folded(text: str, width: int) -> list[str]:
    """In lines of at most `width` cells; between Chinese characters a line may end without a blank."""
    lines = [""]
    for piece in filter(None, _PIECES.findall(text)):
        if lines[-1] and cell_len(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def bar(part: int, whole: int, width: int) -> tuple[str, str]:
    """(what is done, what is to come) of a bar that always shows its end."""
    done = min(width, width * max(0, part) // whole) if whole > 0 else 0
    return BAR_DONE * done, BAR_TO_COME * (width - done)


def column(part: int, whole: int, height: int) -> list[str]:
    """A standing bar from top to bottom, in eighths of a cell; anything above nothing is seen."""
    eighths = min(height * 8, -(-height * 8 * part // whole)) if whole > 0 else 0
    return [EIGHTHS[max(0, min(8, eighths - 8 * level))] for level in reversed(range(height))]
