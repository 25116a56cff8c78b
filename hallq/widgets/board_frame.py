"""What stands above and below the calls on the public board: the hall and the time, and the waits."""

from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.content import Content

from hallq.domain.views.board import BoardLane, BoardPhase, BoardView
from hallq.widgets.block_text import blocks
from hallq.widgets.cells import left, middle, right
from hallq.widgets.colours import LANE_COLOURS
from hallq.widgets.painted import Painted
from hallq.wording import times
from hallq.wording.board import (
    APPOINTMENTS,
    AT_THEIR_TIME,
    LANES,
    PHASES,
    WAITING,
    both,
    expected_wait,
    in_both,
    opening_hours,
)

SMALL = (1, 1)


class BoardHead(Painted):
    """The hall's name and the time of day."""

    DEFAULT_CSS = "BoardHead { height: 1; background: $panel; padding: 0 1; }"

    def paint(self, view: BoardView, zone: ZoneInfo) -> None:
        """Show the hall's name, the date and the clock."""
        self._names = both(view.hall, " · "), in_both(view.hall)[0]
        self._day = times.day(view.date)
        self._clock = times.clock(view.shown_ms, zone)
        self.changed(self._names, self._day, self._clock)

    def lines(self, width: int, height: int) -> list[Content]:
        """One line, or three with the clock in large digits where the board is large."""
        if not self._shown:
            return []
        clock = blocks(self._clock, SMALL) if height >= 3 else (self._clock,)
        room = width - max(map(cell_len, clock)) - 2
        most = room - cell_len(self._day) - 4
        name = next((name for name in self._names if cell_len(name) <= most), self._names[-1])
        half = max(room // 2, min(cell_len(name), most) + 2)
        at = (len(clock) - 1) // 2
        texts = (
            [""] * at
            + [
                left(left(name, most) if cell_len(name) > most else name, half)
                + middle(self._day, room - half)
            ]
            + [""] * at
        )
        return [
            Content.assemble((left(text, room) + "  ", "bold"), (row, "bold $accent"))
            for text, row in zip(texts, clock, strict=False)
        ]


class BoardWelcome(Painted):
    """What stands on the board while nobody was called yet."""

    def paint(self, view: BoardView) -> None:
        """Show whether the hall is open, and from when to when it is."""
        self._view = view
        self.changed(view.phase, view.hall, view.opens, view.closes)

    def lines(self, width: int, height: int) -> list[Content]:
        """The hall, the state of the day, the opening hours, in the middle."""
        if not self._shown:
            return []
        view = self._view
        style = "bold $accent" if view.phase is BoardPhase.OPEN else "bold $soon"
        hours = opening_hours(view.opens, view.closes)
        texts = [
            *((text, "bold $foreground") for text in dict.fromkeys(in_both(view.hall))),
            ("", ""),
            *((text, style) for text in in_both(PHASES[view.phase])),
            ("", ""),
            *((text, "$foreground") for text in in_both(hours)),
        ]
        block = blocks(f"{view.opens:%H:%M}", _clock_size(width, height - len(texts) - 2))
        if block and view.phase is not BoardPhase.OPEN:
            texts += [("", ""), *((row, "bold $accent") for row in block)]
        above = max(0, (height - len(texts)) // 2)
        return [Content("")] * above + [Content.styled(middle(text, width), style) for text, style in texts]


def _clock_size(width: int, height: int) -> tuple[int, int]:
    fits = ((4, 8), (3, 6), (2, 4), (1, 3), (1, 2))
    return next((size for size in fits if size[0] * 34 <= width and -(-5 * size[1] // 2) <= height), SMALL)


class LaneWaits(Painted):
    """How many wait in each lane, and how long somebody who comes now would."""

    DEFAULT_CSS = "LaneWaits { height: 2; padding: 0 1; background: $panel; }"

    def paint(self, lanes: tuple[BoardLane, ...]) -> None:
        """Show the waits of the lanes."""
        self._lanes = lanes
        self.changed(lanes)

    def lines(self, width: int, height: int) -> list[Content]:
        """A line for each lane; in a high strip the lanes stand side by side, their counts large."""
        if not self._shown or not self._lanes:
            return []
        if height < 3:
            return [self._line(lane, width) for lane in self._lanes]
        halves = [self._block(lane, width // len(self._lanes)) for lane in self._lanes]
        return [Content("").join(parts) for parts in zip(*halves, strict=True)]

    def _line(self, lane: BoardLane, width: int) -> Content:
        name = left(both(LANES[lane.lane]), max(cell_len(both(words)) for words in LANES.values()) + 3)
        count = f"{both(WAITING, ' ')} {lane.waiting:>3}   "
        wait = both(expected_wait(lane), " · ")
        if cell_len(name) + cell_len(count) + cell_len(wait) > width:
            name, wait = left(in_both(LANES[lane.lane])[0], 10), in_both(expected_wait(lane))[0]
        return Content.assemble((name, f"bold {LANE_COLOURS[lane.lane]}"), (count, "bold"), (wait, "bold"))

    def _block(self, lane: BoardLane, width: int) -> list[Content]:
        count = blocks(str(lane.waiting), SMALL)
        label = [*in_both(LANES[lane.lane]), ""]
        waiting = [*in_both(WAITING), ""]
        wait = [*in_both(expected_wait(lane)), ""]
        parts = []
        for row in range(3):
            text = f"{right(waiting[row], 9)}  {count[row]}   {wait[row]}"
            style = LANE_COLOURS[lane.lane]
            parts.append(
                Content.assemble((left(label[row], 10), f"bold {style}"), (left(text, width - 10), "bold"))
            )
        return parts


class BoardAppointments(Painted):
    """Why a Y number may be called before others; there while one waits."""

    DEFAULT_CSS = "BoardAppointments { height: 1; padding: 0 1; background: $panel; }"

    def paint(self, waiting: int) -> None:
        """So many wait for their agreed time."""
        self._waiting = waiting
        self.set_class(waiting > 0, "-shown")
        self.changed(waiting)

    def lines(self, width: int, height: int) -> list[Content]:
        """One line, in both languages where there is room."""
        if not self._shown or not self._waiting:
            return []
        name, when = f"{both(APPOINTMENTS)}   {self._waiting}   ", both(AT_THEIR_TIME, " · ")
        if cell_len(name) + cell_len(when) > width:
            name, when = f"{in_both(APPOINTMENTS)[0]}  {self._waiting}  ", in_both(AT_THEIR_TIME)[0]
        return [Content.assemble((name, "bold $accent"), (when, "bold")).truncate(width)]
