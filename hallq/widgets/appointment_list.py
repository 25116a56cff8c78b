"""The slots of a day and who is expected in them, with a cursor that stays on its line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from hallq.domain.appointments import time_of
from hallq.domain.config import HallConfig
from hallq.domain.lanes import Lane
from hallq.domain.views.appointments import SlotLine
from hallq.i18n import _
from hallq.widgets.cells import left
from hallq.widgets.colours import LANE_STYLES
from hallq.widgets.painted import Painted
from hallq.widgets.waiting_table import CURSOR
from hallq.wording.appointments import standing
from hallq.wording.states import lane_name, service_name, tier_name

MARK, TIME, LANE, TIER, STATE = 2, 7, 10, 10, 22
"""Cells of the columns; the service has what is left."""

_STYLES = {"●": "bold $accent", "▲": "bold $over", "✓": "$quiet", "·": "$quiet", " ": ""}


class AppointmentList(Painted):
    """One line for each slot, and one more for each further visitor."""

    can_focus = True
    DEFAULT_CSS = """
    AppointmentList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("home", "move(-1000)", show=False),
        Binding("end", "move(1000)", show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor is on another line."""

    def __init__(self) -> None:
        """An empty day."""
        super().__init__()
        self._lines: tuple[SlotLine, ...] = ()
        self._config: HallConfig | None = None
        self._place = 0
        self._top = 0

    @property
    def line(self) -> SlotLine | None:
        """The line under the cursor; None where the day has none."""
        return self._lines[self._place] if self._lines else None

    def paint(self, lines: Sequence[SlotLine], config: HallConfig, begin: int | None = None) -> None:
        """Show the lines; the cursor goes to line `begin`, or stays where it was."""
        key = self.line.key if self.line else None
        self._lines, self._config = tuple(lines), config
        keys = [line.key for line in self._lines]
        if begin is not None:
            self._place = begin
        elif key in keys:
            self._place = keys.index(key)
        elif key is not None:  # the visitor has gone: to the slot
            self._place = next((n for n, line in enumerate(lines) if line.slot == key[0]), self._place)
        self._place = max(0, min(self._place, len(keys) - 1))
        self._repaint()

    def _repaint(self) -> None:
        self.changed(self._lines, self._place)

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._go(self._place + step)

    def on_click(self, event: events.Click) -> None:
        """To the line under the mouse."""
        self._go(self._top + event.y - 1)

    def _go(self, place: int) -> None:
        self._place = max(0, min(len(self._lines) - 1, place))
        self._repaint()
        self.post_message(self.Moved())

    def lines(self, width: int, height: int) -> list[Content]:
        """A heading and as many lines as there is room for."""
        if self._config is None:
            return []
        lanes = [lane for lane in Lane if any(lane == here for line in self._lines for here, *_ in line.free)]
        service = max(8, width - MARK - TIME - len(lanes) * LANE - TIER - STATE)
        if not self._lines:
            return [Content.styled("  " + _("No appointments on this day."), "$quiet")]
        room = max(1, height - 1)
        self._top = max(0, min(max(self._top, self._place - room + 1), self._place, len(self._lines) - room))
        shown = self._lines[self._top : self._top + room]
        return [_heading(lanes, service), *(self._row(row, lanes, service) for row in shown)]

    def _row(self, row: SlotLine, lanes: Sequence[Lane], service: int) -> Content:
        assert self._config is not None
        here = row is self.line
        told, glyph = standing(row)
        tier = who = style = ""
        if row.visitor is not None:
            tier, who = (
                tier_name(self._config, row.visitor.tier),
                service_name(self._config, row.visitor.service, service - 1),
            )
            style = LANE_STYLES[row.visitor.lane]
        parts = [
            ("❯ " if here else "  ", "bold $accent"),
            (left(time_of(row.slot) if row.is_first else "", TIME), "bold" if row.may_book else "$quiet"),
            (_free(row, lanes), "" if row.may_book else "$quiet"),
            (left(tier, TIER), style),
            (left(who, service - 1) + " ", ""),
            (f"{glyph} {left(told, STATE - 2)}", _STYLES[glyph]),
        ]
        line = Content.assemble(*parts)
        return line.stylize(CURSOR) if here else line


def _heading(lanes: Sequence[Lane], service: int) -> Content:
    texts = [
        " " * MARK,
        left(_("time"), TIME),
        *(left(lane_name(lane), LANE) for lane in lanes),
        left(_("tier"), TIER),
        left(_("service"), service),
        left(_("customer"), STATE),
    ]
    return Content.styled("".join(texts), "$quiet")


def _free(row: SlotLine, lanes: Sequence[Lane]) -> str:
    """Free places of all, lane by lane, once for each slot."""
    free = {lane: f"{left_over}/{places}" for lane, left_over, places in row.free} if row.is_first else {}
    return "".join(left(free.get(lane, ""), LANE) for lane in lanes)
