"""The visit: the running transaction with its bar, those done before, the phrase for the moment."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Pressure
from hallq.domain.transactions import Outcome
from hallq.domain.views.counter_shapes import CounterView, DoneView, RunningView
from hallq.i18n import language
from hallq.widgets.cells import bar, folded, left
from hallq.widgets.painted import Painted
from hallq.wording import times
from hallq.wording.counter import PRESSURES, pressure_words, running_hint
from hallq.wording.states import service_name
from hallq.wording.visit import outcome_words

LONGEST_BAR = 60
NAME_CELLS = 22
"""Width of a service's name before the times, so that they stand in one column."""
WIDE_NAME_CELLS = 34
WIDE = 90
BESIDE_NAME_CELLS = 34
"""Mark, times, blanks and the longest state in words."""
SHORTEST_BAR = 8
_GLYPHS = {
    Outcome.INTERRUPTED: ("‖", "$quiet"),
    Outcome.NOT_POSSIBLE: ("⊘", "$over"),
    Outcome.SENT_ON: ("→", "$quiet"),
}
"""How a service ended that was not done here."""


class VisitPanel(Painted):
    """Running line, hint, done lines, phrase; of one height, so that nothing jumps."""

    DEFAULT_CSS = """
    VisitPanel { height: 5; border-top: solid $rule; }
    """

    _view: CounterView | None = None
    _asks = True

    def paint(self, view: CounterView, config: HallConfig, *, asks: bool) -> None:
        """Show the visit; `asks`: whether the running time may ask something of who is here."""
        self._config, self._asks = config, asks
        if self.changed(view.card, view.running, view.done, view.phrase, asks):
            self._view = view

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """The phrase is last and always there; older transactions give way first."""
        view, lines = self._view, list[Content]()
        if view is None:
            return ()
        names = _name_cells(view, self._config, width)
        if view.running is not None and view.card is not None:
            lines.append(_running_line(view.running, self._config, width, names))
            if self._asks:
                lines.extend(_hint(view.card.label, view.running, self._config, width))
        room = height - 1 - len(lines)
        lines.extend(_done_lines(view.done, self._config, room, names, width - 2))
        lines.extend(Content("") for _ in range(height - 1 - len(lines)))
        phrase = view.phrase.in_language(language()) if view.phrase else ""
        lines.append(Content.styled(f"“{phrase}”" if phrase else "", "italic $accent"))
        return lines


def _name_cells(view: CounterView, config: HallConfig, width: int) -> int:
    """A longer name takes its room from the bar."""
    if width >= WIDE:
        return WIDE_NAME_CELLS
    services = [one.service for one in (view.running, *view.done) if one is not None]
    longest = max((cell_len(service_name(config, service)) for service in services), default=0)
    return max(NAME_CELLS, min(longest, WIDE_NAME_CELLS, width - BESIDE_NAME_CELLS - SHORTEST_BAR))


def _running_line(running: RunningView, config: HallConfig, width: int, names: int) -> Content:
    """Service, time so far, a bar that always shows its end, and the state in words."""
    state = pressure_words(running.pressure)
    if running.pressure is Pressure.OVER:
        state += f" +{times.running(running.elapsed_ms - running.limit_ms)}"
    end = times.running(running.limit_ms)
    # The longest state in words keeps its room from the start, so that the end never moves.
    room = min(LONGEST_BAR, width - names - BESIDE_NAME_CELLS)
    done, to_come = bar(running.elapsed_ms, running.limit_ms, max(SHORTEST_BAR, room))
    colour = f"${running.pressure.value}"
    return Content.assemble(
        ("▶ ", "$accent bold"),
        (left(service_name(config, running.service, names), names), "bold"),
        " ",
        (times.running(running.elapsed_ms), f"{colour} bold"),
        " ",
        (done, colour),
        (to_come, "$quiet"),
        " ",
        (end, "$quiet"),
        "  ",
        (state, f"{colour} bold"),
    )


def _hint(label: str, running: RunningView, config: HallConfig, width: int) -> list[Content]:
    asks = running.asks_forgotten or running.wants_reason
    style = "bold $over" if asks else "$soon" if running.pressure is Pressure.SOON else "$quiet"
    told = folded(running_hint(label, running, config), width - 2)
    return [Content.assemble("  ", (line, style)) for line in told]


def _done_lines(
    done: tuple[DoneView, ...], config: HallConfig, most: int, name_cells: int, room: int
) -> list[Content]:
    """The last of them, in `most` lines of `room` cells; the first line counts the others.

    A long reason goes on in a further line where all have room, and else says that it is longer.
    """
    told = [_done_words(one, config, name_cells, room) for one in done]
    if sum(len(folded(words, room)) for words in told) <= most:
        each = [folded(words, room) if cell_len(words) > room else [words] for words in told]
        return [line for one, words in zip(done, each, strict=True) for line in _marked(one, words)]
    shown = max(0, min(most, len(done)))
    hidden = len(done) - shown
    lines: list[Content] = []
    for one, words in list(zip(done, told, strict=True))[hidden:]:
        more = f"   +{hidden}" if hidden and not lines else ""
        least = room - cell_len(more)
        lines += _marked(one, [(words if cell_len(words) <= least else left(words, least)) + more])
    return lines


def _done_words(one: DoneView, config: HallConfig, name_cells: int, room: int) -> str:
    """Name, time, how it ended: with the short name where that makes the line whole."""
    end = f" {times.running(one.duration_ms)}  {outcome_words(config, one)}".rstrip()
    words = left(service_name(config, one.service, name_cells), name_cells) + end
    return words if cell_len(words) <= room else service_name(config, one.service, 0) + end


def _marked(one: DoneView, lines: list[str]) -> list[Content]:
    plain = (PRESSURES[Pressure.OVER][0], "$over") if one.is_over else ("✓", "$fine")
    glyph, colour = _GLYPHS.get(one.outcome, plain)
    marks = [(f"{glyph} ", colour), *[("  ", "")] * (len(lines) - 1)]
    return [Content.assemble(mark, (line, "$quiet")) for mark, line in zip(marks, lines, strict=True)]
