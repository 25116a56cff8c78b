"""The counters of the hall as cards, on small screens as one line each."""

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content

from hallq.domain.config import HallConfig
from hallq.domain.counters import CounterState
from hallq.domain.lanes import Pressure
from hallq.domain.views.cards import CounterCard
from hallq.i18n import _, counted
from hallq.widgets.cells import apart, bar, left, right
from hallq.widgets.colours import LANE_STYLES, TIME_STYLES
from hallq.widgets.painted import Painted
from hallq.wording import times
from hallq.wording.shift import lanes_mark
from hallq.wording.states import counter_state, reason_name, service_name

CARD_CELLS = 34
"""A card is at least so wide."""

WIDE_LINE = 36
"""A line with so much room names the service too."""

GLYPHS = {
    CounterState.CLOSED: "·",
    CounterState.OPEN: "○",
    CounterState.CALLING: "◎",
    CounterState.SERVING: "▶",
    CounterState.PAUSED: "‖",
}
TIME_GLYPHS = {Pressure.FINE: " ", Pressure.SOON: "▲", Pressure.OVER: "✖"}
SPACE = ("  ", "")

Part = tuple[str, str]


class CounterCards(Painted):
    """Every counter; the arrow keys move a cursor over them while this widget has the focus."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,left", "move(-1)", show=False),
        Binding("down,right", "move(1)", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        """No counter chosen."""
        super().__init__(id=id)
        self._cards: tuple[CounterCard, ...] = ()
        self._config: HallConfig | None = None
        self._place = 0

    def paint(self, cards: Sequence[CounterCard], config: HallConfig) -> None:
        """Show the counters."""
        self._cards, self._config = tuple(cards), config
        self.changed(self._cards, self.has_focus, self._place)

    def chosen(self) -> CounterCard | None:
        """The counter under the cursor, None while the focus is elsewhere."""
        if not self.has_focus or not self._cards:
            return None
        return self._cards[min(self._place, len(self._cards) - 1)]

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self._place = max(0, min(len(self._cards) - 1, self._place + step))
        self.changed(self._cards, self.has_focus, self._place)

    def lines(self, width: int, height: int) -> list[Content]:
        """Cards in columns, as high as there is room for; one line each where there is not."""
        if not self._cards or self._config is None:
            return []
        columns = max(1, width // CARD_CELLS)
        rows = -(-len(self._cards) // columns)
        if rows * 3 > height:
            return self._one_line_each(width, height)
        card_height = 4 if rows * 4 <= height else 3
        cell = width // columns
        lines = []
        for row in range(rows):
            drawn = [self._card(card, cell) for card in self._cards[row::rows]]
            for line in range(card_height):
                parts = [card[line] if line < 3 else Content("") for card in drawn]
                lines.append(Content("").join(parts))
        return lines

    # --- a card --------------------------------------------------------------------------

    def _card(self, card: CounterCard, width: int) -> list[Content]:
        inner = width - 2
        return [
            self._joined(self._first(card, inner), inner),
            self._joined(self._second(card, inner), inner),
            self._joined(self._third(card, inner), inner),
        ]

    @property
    def _number_cells(self) -> int:
        return max(2, *(len(str(card.number)) for card in self._cards), 0)

    @staticmethod
    def _joined(parts: Sequence[Part], width: int) -> Content:
        content = Content.assemble(*parts)
        gap = width - content.cell_length
        return Content.assemble(content, " " * max(0, gap), SPACE)

    def _first(self, card: CounterCard, width: int) -> list[Part]:
        mark = "❯" if card is self.chosen() else " "
        time = self._time(card)
        number = right(str(card.number), self._number_cells)
        state = f"{GLYPHS[card.state]} {counter_state(card.state)}"
        room = width - len(number) - 3 - len(time[0])
        clerk_cells = max(0, room - 11)
        quiet = "$quiet" if card.state is CounterState.CLOSED else ""
        return [
            (mark, "bold $accent"),
            (number, f"bold {quiet}".strip()),
            ("! " if card.fault else "  ", "bold $soon"),
            (left(state, min(11, room)), quiet),
            (left(card.clerk, clerk_cells), "$quiet"),
            time,
        ]

    @staticmethod
    def _time(card: CounterCard) -> Part:
        if card.state is CounterState.CLOSED:
            return ("", "")
        style = TIME_STYLES[card.pressure] if card.limit_ms is not None else "$quiet"
        return (f"{TIME_GLYPHS[card.pressure]}{times.running(card.elapsed_ms):>8}", style)

    def _second(self, card: CounterCard, width: int) -> list[Part]:
        if card.label:
            return [
                ("     ", ""),
                (left(card.label, 8), LANE_STYLES[card.lane]),
                *_with_lanes(card, self._service(card, width - 13), width - 13, ""),
            ]
        return [("     ", ""), *_with_lanes(card, self._note(card) or card.fault, width - 5, "$quiet")]

    def _service(self, card: CounterCard, cells: int) -> str:
        return service_name(self._config, card.service, cells) if self._config else ""

    def _note(self, card: CounterCard) -> str:
        """What stands where no ticket is: the pause's reason, or where the counter is."""
        if self._config is None:
            return ""
        if card.state is CounterState.PAUSED:
            return reason_name(self._config.reasons.pause, card.reason)
        return ""

    def _third(self, card: CounterCard, width: int) -> list[Part]:
        served = _("served {count}").format(count=card.served) if card.served else ""
        bar_cells = max(0, width - 5 - 12 - 6)
        if card.limit_ms is None or bar_cells < 4:
            return [(" " * (width - 12), ""), (right(served, 12), "$quiet")]
        done, to_come = bar(card.elapsed_ms, card.limit_ms, bar_cells)
        return [
            ("     ", ""),
            (done, TIME_STYLES[card.pressure]),
            (to_come, "$rule"),
            (f" {times.running(card.limit_ms)}", "$quiet"),
            (right(served, 12), "$quiet"),
        ]

    # --- one line each ---------------------------------------------------------------------

    def _one_line_each(self, width: int, height: int) -> list[Content]:
        """The counters at work, and how many there is no room for; the closed ones share the last line."""
        cards: list[CounterCard] = list(self._cards)
        closed = [card for card in cards if card.state is CounterState.CLOSED]
        if len(cards) > height and len(closed) > 1:
            cards = [card for card in cards if card.state is not CounterState.CLOSED]
        else:
            closed = []
        room = height - (1 if closed else 0)
        room -= 1 if len(cards) > room else 0
        start = self._first_shown(cards, room)
        lines = [self._line(card, width) for card in cards[start : start + room]]
        ends = []
        if hidden := len(cards) - len(lines):
            ends.append(counted("… and {count} more (Tab, ↑ ↓)", "… and {count} more (Tab, ↑ ↓)", hidden))
        if closed:
            numbers = " ".join(str(card.number) for card in closed)
            ends.append(_("closed: {numbers}").format(numbers=numbers))
        return [*lines, *(Content.styled(left(f"  {end}", width - 1), "$quiet") for end in ends)]

    def _first_shown(self, cards: Sequence[CounterCard], room: int) -> int:
        chosen = self.chosen()
        at = next((place for place, card in enumerate(cards) if card is chosen), 0)
        return max(0, min(at - room + 1, len(cards) - room))

    def _line(self, card: CounterCard, width: int) -> Content:
        time = self._time(card)
        parts: list[Part] = [
            ("❯" if card is self.chosen() else " ", "bold $accent"),
            (right(str(card.number), self._number_cells), "bold"),
            ("!" if card.fault else " ", "bold $soon"),
            (f"{GLYPHS[card.state]} ", "$quiet" if card.state is CounterState.CLOSED else "bold"),
        ]
        room = width - 6 - self._number_cells - len(time[0])
        if card.label:
            clerk_cells = 14 if room >= WIDE_LINE else room - 8
            parts += [
                (left(card.label, 8), LANE_STYLES[card.lane]),
                *_with_lanes(card, card.clerk, clerk_cells, "$quiet"),
            ]
            cells = room - 8 - clerk_cells
            parts.append((apart(self._service(card, cells - 1), cells), ""))
        else:
            note = self._note(card)
            state = "" if note and card.lanes else counter_state(card.state)  # the sign says it, too
            texts = [
                " ".join(filter(None, words))
                for words in (
                    (state, note, card.clerk, card.fault),
                    (state, note, card.clerk),
                    (note, card.clerk),
                )
            ]
            text = next((text for text in texts if cell_len(text) <= room), texts[-1] or state)
            parts += _with_lanes(card, text, room, "$quiet", gap=" ")
        return self._joined([*parts, time], width - 2)


def _with_lanes(card: CounterCard, text: str, width: int, style: str, gap: str = "") -> list[Part]:
    """A text, and at its right whom the counter takes where that was chosen for the day; `gap` after it."""
    mark = lanes_mark(card.lanes) + gap
    room = width - cell_len(mark) - 1
    if card.lanes is None or room < 0:
        return [(apart(text, width), style)]
    return [(left(text, room) + " ", style), (mark, "bold $soon")]
