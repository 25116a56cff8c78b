"""The next few waiting and why each, and the hall in one line."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Pressure
from hallq.domain.views.counter_shapes import CounterView, LaneQueue, NextView
from hallq.i18n import _
from hallq.widgets.cells import left, right
from hallq.widgets.colours import LANE_COLOURS
from hallq.widgets.painted import Painted
from hallq.wording import times
from hallq.wording.counter import PRESSURES, TIER_GLYPHS, next_reason, next_words, only_in_hand, tier_words
from hallq.wording.shift import lanes_words
from hallq.wording.states import lane_name, service_name

MARGIN, TIER, TIER_GLYPH, DUE = 2, 11, 3, 16
SHORTEST_WAIT = 7
SHORTEST_LABEL = 4
"""A letter and three digits; a number of another terminal is longer."""
USUAL_NAME, LONGEST_NAME = 30, 34
SHORTEST_NAME = 16
GAP = 2
LONGEST_REASON = 40


@dataclass(frozen=True, slots=True)
class _Columns:
    """Widths in cells. `brief`: reasons are told shortly."""

    label: int
    tier: int
    name: int
    waited: int
    brief: bool

    @classmethod
    def of(cls, upcoming: Sequence[NextView], config: HallConfig, width: int) -> "_Columns":
        """A name that would be cut takes the room of the tier's word; its sign and colour stay."""
        label = 2 + max(SHORTEST_LABEL, *(cell_len(one.label) for one in upcoming), 0)

        def longest(room: int) -> int:
            return max((cell_len(service_name(config, one.service, room)) for one in upcoming), default=0)

        reason = max((cell_len(next_reason(one, brief=True)) for one in upcoming), default=0)
        waited = max(SHORTEST_WAIT, *(1 + cell_len(_waited(one)) for one in upcoming), 0)
        rest = width - MARGIN - label - TIER - waited - DUE - GAP
        tier = TIER if longest(rest - reason) <= rest - reason else TIER_GLYPH
        rest += TIER - tier
        wanted = min(max(longest(rest - reason), USUAL_NAME), LONGEST_NAME)
        name = max(SHORTEST_NAME, min(wanted, rest - reason))
        return cls(label, tier, name, waited, rest - name < LONGEST_REASON)


class UpcomingList(Painted):
    """One line for each of the next few, as many as there is room for."""

    DEFAULT_CSS = """
    UpcomingList { height: 1fr; min-height: 5; border-top: solid $rule; }
    """

    @property
    def room(self) -> int:
        """How many of the next few have a line."""
        return max(3, self.content_size.height - 1)

    _view: CounterView | None = None

    def paint(self, view: CounterView, config: HallConfig) -> None:
        """Show who comes next here, and how the hall stands."""
        self._config = config
        # Only whole minutes are seen: the milliseconds of a wait are no reason to repaint.
        whole = [(n.label, times.minutes(n.wait_ms), next_words(n), n.before, n.rule) for n in view.next]
        oldest = [(n.waiting, times.minutes(n.oldest_ms), n.pressure) for n in view.lanes]
        if self.changed(
            tuple(whole), tuple(oldest), view.elsewhere, view.phase, view.in_hand, view.chosen_lanes
        ):
            self._view = view

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """The hall, then one line for each."""
        view = self._view
        if view is None:
            return ()
        lines = [_hall_line(view.lanes)]
        if view.chosen_lanes is not None:
            lines.append(Content.styled("  " + lanes_words(view.chosen_lanes), "$soon"))
        if view.in_hand is not None:
            lines.append(Content.styled("  " + only_in_hand(view.in_hand), "$soon"))
        elif not view.next and view.elsewhere:
            lines.append(Content.styled("  " + _("Nobody waits for this counter."), "$quiet"))
        columns = _Columns.of(view.next, self._config, width)
        lines += [_line(place, n, self._config, columns) for place, n in enumerate(view.next)]
        return lines


def _line(place: int, one: NextView, config: HallConfig, columns: _Columns) -> Content:
    colour = LANE_COLOURS[one.lane]
    tier = tier_words(config, one.tier) if columns.tier == TIER else TIER_GLYPHS[one.tier]
    return Content.assemble(
        ("› " if place == 0 else "  ", "$accent bold"),
        (left(one.label, columns.label), f"{colour} bold"),
        (left(tier, columns.tier), colour),
        (left(service_name(config, one.service, columns.name), columns.name), "$foreground"),
        (right(_waited(one), columns.waited) + " " * GAP, "$foreground"),
        (left(next_words(one), DUE), f"${one.pressure.value}"),
        (next_reason(one, brief=columns.brief), "$quiet"),
    )


def _waited(one: NextView) -> str:
    return _("{minutes} min").format(minutes=times.minutes(one.wait_ms))


def _hall_line(lanes: tuple[LaneQueue, ...]) -> Content:
    """Per lane how many wait, and the longest wait of those not called yet."""
    parts: list[tuple[str, str]] = [(_("Waiting"), "bold $quiet")]
    for lane in lanes:
        words = f"{lane_name(lane.lane)} {lane.waiting}"
        parts += [("    ", ""), (words, f"{LANE_COLOURS[lane.lane]} bold")]
        if lane.waiting:
            glyph = PRESSURES[lane.pressure][0]
            oldest = _("oldest {minutes} min").format(minutes=times.minutes(lane.oldest_ms))
            style = "$quiet" if lane.pressure is Pressure.FINE else f"${lane.pressure.value}"
            parts += [("  ", ""), (f"{glyph} {oldest}", style)]
    return Content.assemble(*parts)
