"""The last calls on the public board: the latest as large as the room allows, older ones smaller."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from hallq.domain.views.board import BoardCall
from hallq.widgets.block_text import SIZES, Size, blocks, height_of
from hallq.widgets.cells import left, middle, right
from hallq.widgets.painted import Painted
from hallq.wording.board import COUNTER, PLEASE, TO, in_both

LATEST_SHARE = 42
"""Per cent of the height that the latest call may take."""

SHARES = (100, 60, 45, 34, 34, 34)
"""Per cent of the latest call's height that each call may take: so many calls are shown."""

ARROW = "→"

GAP = 2
WORDS = (PLEASE, TO, COUNTER)

FRESH = "bold $fresh-text on $fresh"
LATEST = "bold $foreground"
EARLIER = "bold $quiet"


class CallLines(Painted):
    """The calls of the board; a new one is shown inverted."""

    def paint(self, calls: Sequence[BoardCall], *, inverted: bool) -> None:
        """Show `calls`, newest first; `inverted`: whether the new ones are just now inverted."""
        self._calls, self._inverted = tuple(calls), inverted
        self.changed(self._calls, inverted and any(call.fresh for call in calls))

    def lines(self, width: int, height: int) -> list[Content]:
        """One block for each call, as many as there is room for."""
        if not self._shown or not self._calls:
            return []
        calls = self._calls[: len(SHARES)]
        largest = _largest(calls, width, height * LATEST_SHARE // 100)
        lines: list[Content] = []
        columns = _Columns.of(calls, largest)
        for place, call in enumerate(calls):
            size = _smaller(largest, SHARES[place])
            block = self._block(call, size, columns, width, is_latest=place == 0)
            if len(lines) + len(block) > height:
                break
            lines += block
            if len(lines) < height:
                lines.append(Content(""))
        return lines

    def _block(
        self, call: BoardCall, size: Size | None, columns: "_Columns", width: int, *, is_latest: bool
    ) -> list[Content]:
        style = FRESH if call.fresh and self._inverted else LATEST if is_latest else EARLIER
        number, counter = _drawn(call.label, size), _drawn(str(call.counter), size)
        lines = []
        for row in range(len(number)):
            please, to, at = _words(row, len(number)) if is_latest else _arrow(row, len(number))
            text = (
                f" {middle(please, columns.please)}{' ' * GAP}{right(number[row], columns.number)}{' ' * GAP}"
                f"{middle(to, columns.to)}{' ' * GAP}{left(counter[row], columns.counter)}{' ' * GAP}{at}"
            )
            lines.append(Content.styled(left(text, width), style))
        return lines


class _Columns:
    """The widths that keep numbers and counters below each other."""

    def __init__(self, please: int, number: int, to: int, counter: int) -> None:
        self.please, self.number, self.to, self.counter = please, number, to, counter

    @classmethod
    def of(cls, calls: Sequence[BoardCall], largest: Size | None) -> "_Columns":
        """Wide enough for the largest size and the longest text."""
        please, to, _ = (max(cell_len(text) for text in in_both(words)) for words in WORDS)
        first = calls[0]
        next_size = _smaller(largest, SHARES[1])
        numbers = [_width(first.label, largest), *(_width(c.label, next_size) for c in calls[1:])]
        counters = [_width(str(first.counter), largest)]
        counters += [_width(str(c.counter), next_size) for c in calls[1:]]
        return cls(please, max(numbers), to, max(counters))

    @property
    def total(self) -> int:
        """The whole line."""
        last = max(cell_len(text) for text in in_both(COUNTER))
        return 1 + self.please + self.number + self.to + self.counter + last + 4 * GAP


def _largest(calls: Sequence[BoardCall], width: int, height: int) -> Size | None:
    """The largest size in which the latest call fits; None for plain text."""
    for size in SIZES:
        if height_of(size) <= max(height, 3) and _Columns.of(calls, size).total <= width:
            return size
    return None


def _smaller(size: Size | None, percent: int) -> Size | None:
    """The largest size that is at most so high as `percent` of `size`."""
    if size is None or percent >= 100:
        return size
    fits = (other for other in SIZES if height_of(other) * 100 <= height_of(size) * percent)
    return next(fits, SIZES[-1])


def _drawn(text: str, size: Size | None) -> tuple[str, ...]:
    return (blocks(text, size) if size else ()) or (text,)


def _width(text: str, size: Size | None) -> int:
    return max(cell_len(line) for line in _drawn(text, size))


def _words(row: int, height: int) -> tuple[str, str, str]:
    """The words beside this row of a block: both languages in its middle, one where it has no room."""
    at = row - (height - 2) // 2 if height > 1 else 0
    pairs = [in_both(words) for words in WORDS]
    if at not in (0, 1):
        return ("", "", "")
    return (pairs[0][at], pairs[1][at], pairs[2][at])


def _arrow(row: int, height: int) -> tuple[str, str, str]:
    return ("", ARROW if row == (height - 1) // 2 else "", "")
