"""The half hours of the day: arrivals beside calls as standing bars."""

from collections.abc import Sequence

from textual.content import Content

from hallq.domain.views.today import HalfHour
from hallq.i18n import _
from hallq.widgets.cells import column, left
from hallq.widgets.painted import Painted

ARRIVALS = "$lane-standard"
CALLS = "$fine"
LABEL_CELLS = 6
"""Room for the time under a bar: hh:mm and a space."""


class HalfHours(Painted):
    """Two bars for each half hour, the present one marked; as high as there is room for."""

    DEFAULT_CSS = "HalfHours { height: 6; }"

    def paint(self, hours: Sequence[HalfHour]) -> None:
        """Show the half hours."""
        self._hours = tuple(hours)
        self.changed(self._hours)

    def lines(self, width: int, height: int) -> list[Content]:
        """A legend, the bars, the times."""
        if not self._shown or not self._hours or height < 3:
            return []
        cells = min(8, width // len(self._hours))
        if cells < 2:
            return []
        most = max(1, *(max(hour.issued, hour.called) for hour in self._hours))
        bars = [self._bars(hour, most, cells, height - 2) for hour in self._hours]
        rows = [Content.assemble(*(part for bar in bars for part in bar[row])) for row in range(height - 2)]
        return [self._legend(most), *rows, self._times(cells)]

    @staticmethod
    def _legend(most: int) -> Content:
        return Content.assemble(
            ("█ ", ARRIVALS),
            (_("numbers issued"), "$quiet"),
            ("   █ ", CALLS),
            (_("first calls"), "$quiet"),
            (_("   each half hour, at most {most}").format(most=most), "$quiet"),
        )

    @staticmethod
    def _bars(hour: HalfHour, most: int, cells: int, height: int) -> list[list[tuple[str, str]]]:
        wide = max(1, (cells - 1) // 2)
        issued, called = column(hour.issued, most, height), column(hour.called, most, height)
        gap = " " * (cells - 2 * wide)
        return [
            [(issued[row] * wide, ARRIVALS), (called[row] * wide, CALLS), (gap, "")] for row in range(height)
        ]

    def _times(self, cells: int) -> Content:
        every = -(-LABEL_CELLS // cells)
        parts = []
        for place, hour in enumerate(self._hours):
            if place % every == 0:
                group = self._hours[place : place + every]
                style = "bold $accent" if any(one.is_now for one in group) else "$quiet"
                parts.append((left(f"{hour.starts:%H:%M}", cells * len(group)), style))
        return Content.assemble(*parts)
