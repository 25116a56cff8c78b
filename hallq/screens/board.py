"""The public board: who is called to which counter. Nobody works here, so it has no keys of its own."""

from textual.app import ComposeResult
from textual.containers import Container
from textual.getters import query_one

from hallq.domain.views.board import BoardView, Newness, board_view
from hallq.screens.base import HallScreen
from hallq.widgets.board_frame import BoardAppointments, BoardHead, BoardWelcome, LaneWaits
from hallq.widgets.call_line import CallLines

FLASH_SECONDS = 5


class BoardScreen(HallScreen):
    """Calls, waits and the time of day; a new call is shown inverted for some seconds."""

    PLACE = "board"
    CSS_PATH = "board.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-high")]  # noqa: RUF012 - Textual's own declaration

    head = query_one(BoardHead)
    calls = query_one(CallLines)
    welcome = query_one(BoardWelcome)
    waits = query_one(LaneWaits)
    appointments = query_one(BoardAppointments)
    middle = query_one("#board-middle", Container)

    def compose_body(self) -> ComposeResult:
        """Head, calls or a welcome, waits."""
        yield BoardHead()
        with Container(id="board-middle"):
            yield CallLines()
            yield BoardWelcome()
        yield LaneWaits()
        yield BoardAppointments()

    def on_mount(self) -> None:
        """What was called before this board was switched on is not new."""
        self._newness = Newness.at_start(self.state, self.hall.now_ms(), FLASH_SECONDS)
        self._second = 0
        self._view: BoardView | None = None
        self.set_interval(1.0, self._next_second)

    def _next_second(self) -> None:
        self._second += 1
        if self.is_current and self.app.is_running:
            self.paint(self.hall.now_ms())

    def paint(self, now_ms: int) -> None:
        """Show the present."""
        self._newness = self._newness.after(self.state, self._second)
        fresh = self._newness.fresh(self._second, FLASH_SECONDS)
        view = board_view(self.state, self.config, now_ms, fresh)
        self.middle.set_class(not view.calls, "-empty")
        self.head.paint(view, self.config.zone_info)
        self.welcome.paint(view)
        self.calls.paint(view.calls, inverted=self._is_inverted())
        self.waits.paint(view.lanes)
        self.appointments.paint(view.by_appointment)

    def _is_inverted(self) -> bool:
        """Every other second; all the time where animations are switched off."""
        return self.app.animation_level == "none" or self._second % 2 == 0
