"""Each lane in a line: who waits, and how long somebody who takes a number now would."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from hallq.domain.lanes import Pressure
from hallq.domain.views.guide import LaneOutlook
from hallq.i18n import _
from hallq.widgets.cells import left, right
from hallq.widgets.colours import LANE_STYLES
from hallq.widgets.painted import Painted
from hallq.wording.guide import lane_waits
from hallq.wording.states import lane_name

_PRESSURE_STYLES = {Pressure.FINE: "", Pressure.SOON: "bold $soon", Pressure.OVER: "bold $over"}


class LaneForecasts(Painted):
    """One line for each lane."""

    DEFAULT_CSS = """
    LaneForecasts { height: 2; width: 1fr; }
    """

    def __init__(self) -> None:
        """No lanes yet."""
        super().__init__()
        self._lanes: tuple[LaneOutlook, ...] = ()
        self._missed = 0

    def paint(self, lanes: Sequence[LaneOutlook], missed: int) -> None:
        """Show the lanes; `missed`: so many were called and may still come back."""
        self._lanes, self._missed = tuple(lanes), missed
        self.changed(self._lanes, missed)

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """Lane, count, wait, warning; in the last line who may come back."""
        words = [(lane, *lane_waits(lane)) for lane in self._lanes]
        name = max((cell_len(lane_name(lane.lane)) for lane in self._lanes), default=0)
        count = max((cell_len(waiting) for _lane, waiting, _now, _late in words), default=0)
        now = max((cell_len(taken_now) for _lane, _waiting, taken_now, _late in words), default=0)
        painted = [
            Content.assemble(
                (left(lane_name(lane.lane), name), LANE_STYLES[lane.lane]),
                f"  {right(waiting, count)}   {left(taken_now, now)}   ",
                (warning, _PRESSURE_STYLES[lane.pressure]),
            )
            for lane, waiting, taken_now, warning in words
        ]
        if painted and self._missed:
            painted[0] = self._with_missed(painted[0], width)
        return painted

    def _with_missed(self, line: Content, width: int) -> Content:
        note = _("missed: {count} (R)").format(count=self._missed)
        gap = width - line.cell_length - cell_len(note)
        return Content.assemble(line, " " * gap, (note, "$quiet")) if gap > 0 else line
