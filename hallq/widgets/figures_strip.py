"""The day so far: each promise with its goal, glyph and word, and the counts of the day."""

from rich.cells import cell_len
from textual.content import Content

from hallq.domain.views.today import LaneFigures, Standing, TodayView, Trend
from hallq.i18n import N_, _
from hallq.widgets.cells import left
from hallq.widgets.colours import LANE_STYLES
from hallq.widgets.painted import Painted
from hallq.wording.day_cells import STANDINGS, percent
from hallq.wording.states import lane_name

STANDING_STYLES: dict[Standing, str] = {
    Standing.NONE: "$quiet",
    Standing.REACHED: "$fine",
    Standing.CLOSE: "bold $soon",
    Standing.BELOW: "bold $over",
}
TRENDS: dict[Trend, tuple[str, str]] = {
    Trend.NONE: ("", ""),
    Trend.BETTER: (N_("↑ better"), "$fine"),
    Trend.SAME: (N_("→ same"), "$quiet"),
    Trend.WORSE: (N_("↓ worse"), "bold $soon"),
}
"""Against half an hour ago: an arrow and a word."""

TREND_CELLS = 11

Part = tuple[str, str]


class FiguresStrip(Painted):
    """A line for each lane, then transactions and counts; two lines in all on small screens."""

    DEFAULT_CSS = "FiguresStrip { height: 4; }"

    def paint(self, today: TodayView) -> None:
        """Show the figures."""
        self._today = today
        self.changed(today)

    def lines(self, width: int, height: int) -> list[Content]:
        """Four lines, or two where the promises have to share one."""
        if not self._shown:
            return []
        today = self._today
        if height < 4:
            return [self._short(today), self._counts(today, width, self._kept(today))]
        lanes = [self._lane(lane, width) for lane in today.lanes]
        return [*lanes, self._transactions(today, width), self._counts(today, width)]

    @staticmethod
    def _lane(lane: LaneFigures, width: int) -> Content:
        (glyph, word), style = STANDINGS[lane.standing], STANDING_STYLES[lane.standing]
        goal = _("within {target} min: {percent} of {count} (goal {goal:.0f} %)").format(
            target=lane.target, percent=percent(lane.share), count=lane.share.whole, goal=lane.goal_percent
        )
        mean = "–" if lane.mean_wait is None else str(lane.mean_wait)
        rest = _("mean {mean} min · {waiting} waiting").format(mean=mean, waiting=lane.waiting)
        before = (
            (left(lane_name(lane.lane), 10), LANE_STYLES[lane.lane]),
            (left(goal, 43), ""),
            (left(f"{glyph} {_(word)}", 20), style),
        )
        return _with_trend(before, lane.trend, (rest, "$quiet"), width)

    @staticmethod
    def _transactions(today: TodayView, width: int) -> Content:
        text = _(
            "{percent} of {count} transactions within {limit} min · {one} of visits at one counter"
        ).format(
            percent=percent(today.transactions),
            count=today.transactions.whole,
            limit=today.limit,
            one=percent(today.one_counter),
        )
        return _with_trend(((text + "  ", ""),), today.transactions_trend, ("", ""), width)

    @staticmethod
    def _kept(today: TodayView) -> str:
        kept = _("{limit} min kept {percent}")
        return kept.format(percent=percent(today.transactions), limit=today.limit)

    @staticmethod
    def _counts(today: TodayView, width: int, *before: str) -> Content:
        """As many counts as the line holds, the first ones first; none is cut."""
        mean = today.rated.mean
        counts = [
            *before,
            "" if mean is None else _("rated {mean:.1f}").format(mean=mean),
            _("carried over {carried}").format(carried=today.carried) if today.carried else "",
            _("issued {issued}").format(issued=today.issued),
            _("finished {finished}").format(finished=today.finished),
            _("gone unserved {gone}").format(gone=today.gone),
            _("missed {missed}").format(missed=today.missed),
            _("self-service {diverted}").format(diverted=today.diverted),
        ]
        told = ""
        for count in filter(None, counts):
            longer = f"{told} · {count}" if told else count
            if cell_len(longer) > width:
                break
            told = longer
        return Content.styled(left(told, width), "$quiet")

    @staticmethod
    def _short(today: TodayView) -> Content:
        parts: list[Part] = []
        for lane in today.lanes:
            (glyph, _word), style = STANDINGS[lane.standing], STANDING_STYLES[lane.standing]
            parts += [
                (lane_name(lane.lane), LANE_STYLES[lane.lane]),
                (_(" in {target}: ").format(target=lane.target), ""),
                (f"{glyph} {percent(lane.share)}", style),
                (_(" (goal {goal} %)").format(goal=f"{lane.goal_percent:.0f}") + "   ", "$quiet"),
            ]
        return Content.assemble(*parts)


def _with_trend(before: tuple[Part, ...], trend: Trend, rest: Part, width: int) -> Content:
    """The line with its trend, which goes first where there is no room for all."""
    words, style = TRENDS[trend]
    whole = Content.assemble(*before, (left(_(words) if words else "", TREND_CELLS), style), rest)
    return whole if whole.cell_length <= width else Content.assemble(*before, rest)
