"""Those who wait, the least time left first, and under them those on hold and those who missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from hallq.domain.config import HallConfig
from hallq.domain.spoken_waits import spoken_minutes
from hallq.domain.tickets import TicketState
from hallq.domain.views.waiting import AwayRow, Risk, WaitingRow
from hallq.i18n import N_, _
from hallq.widgets.cells import left, right
from hallq.widgets.colours import LANE_STYLES
from hallq.widgets.painted import Painted
from hallq.wording.states import lane_name, reason_name, service_name, ticket_state, tier_name

RISKS: dict[Risk, tuple[str, str, str]] = {
    Risk.KEPT: ("●", N_("in time"), "$fine"),
    Risk.SOON: ("▲", N_("soon"), "bold $soon"),
    Risk.WILL_MISS: ("▲", N_("will miss"), "bold $soon"),
    Risk.MISSED: ("✖", N_("late"), "bold $over"),
    Risk.CARRIED: ("○", N_("carried"), "$quiet"),
    Risk.CALLED_BEFORE: ("○", N_("called before"), "$quiet"),
}
SHORT_WORDS: dict[Risk, str] = {Risk.CALLED_BEFORE: N_("called")}
"""Where the word has no room."""
CURSOR = "on $accent 15%"
WIDE_CELLS = 68
"""From this width on, the forecast has a column and takes nothing from the names of services."""

MOST_AWAY_SHARE = 3
"""Those away take at most a third of the lines."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Widths in cells; 0 leaves a column out."""

    number: int
    tier: int
    service: int
    waited: int
    due: int
    call: int
    risk: int

    @classmethod
    def of(cls, width: int) -> "_Columns":
        number, tier, waited, due, risk = 8, 9, 7, 7, 14
        call = 6 if width >= WIDE_CELLS else 0
        if width < 46:
            number, tier, risk = 7, 8, 11
        if width < 44:
            tier = 0
        service = width - 2 - number - tier - waited - due - call - risk
        if service < 8:
            risk, service = risk + max(0, service), 0
        return cls(number, tier, service, waited, due, call, risk)


class WaitingTable(Painted):
    """The list with a cursor that stays on its ticket when the list is sorted anew."""

    can_focus = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("home", "move(-100000)", show=False),
        Binding("end", "move(100000)", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """The cursor is on another ticket."""

        ticket_id: str

    def __init__(self, *, id: str | None = None) -> None:
        """Nobody waits."""
        super().__init__(id=id)
        self._waiting: tuple[WaitingRow, ...] = ()
        self._away: tuple[AwayRow, ...] = ()
        self._config: HallConfig | None = None
        self._chosen_id = ""
        self._place = 0
        self._top = 0

    def paint(self, waiting: Sequence[WaitingRow], away: Sequence[AwayRow], config: HallConfig) -> None:
        """Show the rows; the cursor stays on its ticket, or where it was when that has gone."""
        self._waiting, self._away, self._config = tuple(waiting), tuple(away), config
        ids = self._ids()
        if self._chosen_id in ids:
            self._place = ids.index(self._chosen_id)
        else:
            self._place = max(0, min(self._place, len(ids) - 1))
            self._chosen_id = ids[self._place] if ids else ""
        self._repaint()

    def _ids(self) -> list[str]:
        return [row.ticket_id for row in self._waiting] + [row.ticket_id for row in self._away]

    def _repaint(self) -> None:
        self.changed(self._waiting, self._away, self._place, self.has_focus)

    @property
    def chosen_id(self) -> str:
        """The ticket under the cursor, empty when nobody is there."""
        return self._chosen_id

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        ids = self._ids()
        if ids:
            self._place = max(0, min(len(ids) - 1, self._place + step))
            self._chosen_id = ids[self._place]
            self._repaint()
            self.post_message(self.Chosen(self._chosen_id))

    # --- painting --------------------------------------------------------------------------

    def lines(self, width: int, height: int) -> list[Content]:
        """A heading and the visible rows of both sections."""
        if self._config is None:
            return []
        columns = _Columns.of(width)
        away_lines = self._away_lines(columns, height)
        room = max(1, height - 1 - len(away_lines))
        cursor = self._place if self._place < len(self._waiting) else len(self._waiting) - 1
        self._top = max(0, min(max(self._top, cursor - room + 1), cursor, len(self._waiting) - room))
        rows = self._waiting[self._top : self._top + room]
        lines = [self._heading(columns)]
        lines += [self._row(row, columns, self._config) for row in rows]
        if not rows:
            lines.append(Content.styled("  " + _("Nobody is waiting."), "$quiet"))
        lines += [Content("")] * (room - max(1, len(rows)))
        return lines + away_lines

    def _heading(self, columns: _Columns) -> Content:
        texts = [
            "  ",
            left(_("number"), columns.number),
            left(_("tier"), columns.tier),
            left(_("service"), columns.service) if columns.service else "",
            right(_("waited"), columns.waited),
            right(_("due in"), columns.due),
            right(_("call"), columns.call) if columns.call else "",
            "  " + left(_("promise"), columns.risk - 2),
        ]
        return Content.styled("".join(texts), "$quiet")

    def _row(self, row: WaitingRow, columns: _Columns, config: HallConfig) -> Content:
        glyph, word, style = RISKS[row.risk]
        if cell_len(_(word)) > columns.risk - 4:
            word = SHORT_WORDS.get(row.risk, word)
        tier = lane_name(row.lane) if row.by_hand else tier_name(config, row.tier)
        room = columns.service - 1 - (cell_len(row.agreed) + 1 if row.agreed else 0)
        service = f"{row.agreed} {service_name(config, row.service, room)}".lstrip()
        due = "" if row.risk in (Risk.CALLED_BEFORE, Risk.CARRIED) else str(row.due_in)
        call = "–" if row.call_in is None else f"~{spoken_minutes(row.call_in)}"
        parts = [
            (self._mark(row.ticket_id), "bold $accent"),
            (left(row.label, columns.number), LANE_STYLES[row.lane]),
            (left(tier, columns.tier), ""),
            (left(service, columns.service - 1) + " ", "") if columns.service else ("", ""),
            (right(str(row.waited), columns.waited), ""),
            (right(due, columns.due), style),
            (right(call, columns.call), "$quiet") if columns.call else ("", ""),
            (f"  {glyph} {left(_(word), columns.risk - 4)}", style),
        ]
        return self._with_cursor(Content.assemble(*parts), row.ticket_id)

    def _mark(self, ticket_id: str) -> str:
        return "❯ " if ticket_id == self._chosen_id and self.has_focus else "  "

    def _with_cursor(self, line: Content, ticket_id: str) -> Content:
        return line.stylize(CURSOR) if ticket_id == self._chosen_id and self.has_focus else line

    def _away_lines(self, columns: _Columns, height: int) -> list[Content]:
        if not self._away or self._config is None:
            return []
        room = max(1, height // MOST_AWAY_SHARE - 1)
        cursor = max(0, self._place - len(self._waiting))
        top = max(0, min(cursor - room + 1, len(self._away) - room))
        rows = self._away[top : top + room]
        count = len(self._away)
        title = _("on hold or missed: {count}").format(count=count)
        heading = Content.styled(f"  {title}", "$quiet")
        return [heading, *(self._away_row(row, columns, self._config) for row in rows)]

    def _away_row(self, row: AwayRow, columns: _Columns, config: HallConfig) -> Content:
        held = row.state is TicketState.HELD
        reason = reason_name(config.reasons.hold, row.reason) if held else ""
        state = f"{'‖' if held else '✖'} {ticket_state(row.state)}"
        back = _("{minutes} min left").format(minutes=row.back_in) if row.back_in is not None else ""
        wide = columns.service + columns.waited + columns.due + columns.call
        if cell_len(state) + cell_len(reason) < wide - 5:
            state += f" {reason}"
        parts = [
            (self._mark(row.ticket_id), "bold $accent"),
            (left(row.label, columns.number), LANE_STYLES[row.lane]),
            (left(tier_name(config, row.tier), columns.tier), ""),
            (left(state, wide - 5), "$quiet"),
            (right(str(row.away), 5), ""),
            (f"  {left(back, columns.risk - 2)}", "$quiet"),
        ]
        return self._with_cursor(Content.assemble(*parts), row.ticket_id)
