"""The half hours of the day: what is usual, arrivals and calls as standing bars."""

from collections.abc import Sequence

from textual.content import Content

from hallq.domain.views.half_hours import HalfHour
from hallq.i18n import _, counted
from hallq.widgets.cells import column, left
from hallq.widgets.painted import Painted

ARRIVALS = "$lane-standard"
CALLS = "$fine"
USUAL = "$quiet"
LABEL_CELLS = 6
"""Room for the time under a bar: hh:mm and a space."""


class HalfHours(Painted):
    """Bars for each half hour in the order of the legend, as high as there is room."""

    DEFAULT_CSS = "HalfHours { height: 6; }"

    def paint(self, hours: Sequence[HalfHour], usual_days: int = 0) -> None:
        """Show the half hours; `usual_days`: from so many days of this weekday what is usual was taken."""
        self._hours = tuple(hours)
        self._usual_days = usual_days
        self.changed(self._hours, usual_days)

    def lines(self, width: int, height: int) -> list[Content]:
        """A legend, the bars, the times."""
        if not self._shown or not self._hours or height < 3:
            return []
        cells = min(8, width // len(self._hours))
        if cells < 2:
            return []
        most = max(1, *(max(hour.issued, hour.called, hour.usual or 0) for hour in self._hours))
        bars = [self._bars(hour, most, cells, height - 2) for hour in self._hours]
        rows = [Content.assemble(*(part for bar in bars for part in bar[row])) for row in range(height - 2)]
        return [self._legend(most, with_usual=cells >= 4), *rows, self._times(cells)]

    def _legend(self, most: int, *, with_usual: bool) -> Content:
        usual = counted(
            "usual on this weekday ({count} day)", "usual on this weekday ({count} days)", self._usual_days
        )
        known = with_usual and self._usual_days > 0
        return Content.assemble(
            ("■ " if known else "", USUAL),
            (usual + "   " if known else "", "$quiet"),
            ("■ ", ARRIVALS),
            (_("numbers issued"), "$quiet"),
            ("   ■ ", CALLS),
            (_("first calls"), "$quiet"),
            (_("   each half hour, at most {most}").format(most=most), "$quiet"),
        )

    @staticmethod
    def _bars(hour: HalfHour, most: int, cells: int, height: int) -> list[list[tuple[str, str]]]:
        thin = int(hour.usual is not None and cells >= 4)
        wide = max(1, (cells - 1 - thin) // 2)
        usual = column(hour.usual or 0, most, height)
        issued, called = column(hour.issued, most, height), column(hour.called, most, height)
        gap = " " * (cells - 2 * wide - thin)
        return [
            [
                (usual[row] * thin, USUAL),
                (issued[row] * wide, ARRIVALS),
                (called[row] * wide, CALLS),
                (gap, ""),
            ]
            for row in range(height)
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
