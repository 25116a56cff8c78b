"""The guide's screen: choose a service, recognise the VIP, give the number."""

from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import Static

from hallq.domain.views import guide_draft as drafts
from hallq.domain.views.appointments import Expected, expected_today
from hallq.domain.views.find import cancellable
from hallq.domain.views.guide import guide_view
from hallq.i18n import _
from hallq.keys import Action, actions_of
from hallq.screens.appointments import AppointmentsScreen
from hallq.screens.guide_issuing import Issuing
from hallq.screens.parts.given_numbers import GivenNumbers
from hallq.screens.parts.shift import Shift
from hallq.widgets.guide_head import GuideHead
from hallq.widgets.issued_ticket import IssuedTicket
from hallq.widgets.lane_forecast import LaneForecasts
from hallq.widgets.service_list import ServiceList
from hallq.wording.appointments import expected_words, own_words
from hallq.wording.guide import overdue_words
from hallq.wording.idle_keys import guide_key
from hallq.wording.printer import printer_words


class GuideScreen(Issuing):
    """Digit, space bar: a number is issued. Everything else is there when it is needed."""

    PLACE = "guide"
    CSS_PATH = "guide.tcss"
    AUTO_FOCUS = "ServiceList"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (40, "-high")]  # noqa: RUF012 - Textual's own declaration

    head = query_one(GuideHead)
    services = query_one(ServiceList)
    lanes = query_one(LaneForecasts)
    panel = query_one(IssuedTicket)
    overdue = query_one("#guide-overdue", Static)
    printer = query_one("#guide-printer", Static)
    expected = query_one("#guide-expected", Static)

    def __init__(self) -> None:
        """With what a guide does besides."""
        super().__init__()
        self.numbers = GivenNumbers(self)
        self.shift = Shift(self)

    def compose_body(self) -> ComposeResult:
        """Draft and groups, list, lanes, number."""
        yield GuideHead()
        yield ServiceList()
        yield Static(id="guide-overdue", markup=False)
        yield LaneForecasts()
        yield Static(id="guide-expected", markup=False)
        yield IssuedTicket()
        yield Static(id="guide-printer", markup=False)

    def on_mount(self) -> None:
        """Ready for the first customer; how the names sound is learned on the side."""
        self.begin()
        if self.host.printer is not None:
            self.host.printer.begin()

    def on_resize(self) -> None:
        """The number is as large as there is room."""
        self.call_after_refresh(self.refresh_all)

    # --- paint --------------------------------------------------------------------------

    def paint(self, now_ms: int) -> None:
        """Show draft, lanes and number as they are now."""
        working = self._pending is not None
        view = self._view = guide_view(
            self.state,
            self.config,
            now_ms,
            self.hall.wall_ms(),
            self._draft,
            self._hits,
            self._issued,
            working,
        )
        typing = self._draft.query is not None
        self.head.paint(view, self.config)
        self.services.paint(view.lines, self.config.services, self._group_keys(), typing=typing)
        self.lanes.paint(view.lanes, view.missed)
        self.panel.paint(view, self.config)
        self.overdue.set_class(view.day.overdue, "-shown")
        self.overdue.update(overdue_words(view.day) if view.day.overdue else "")
        self._paint_expected(view.expected)
        self._paint_printer()

    def _paint_expected(self, today: Expected) -> None:
        """Today's appointments, or that of the customer who stands here."""
        told = own_words(today) if today.own else expected_words(today)
        self.expected.set_class(bool(told), "-shown")
        self.expected.set_class(bool(today.own), "-own")
        self.expected.update(told)

    def _paint_printer(self) -> None:
        """How the printer is, where there is one."""
        status = self.host.printer.status() if self.host.printer else None
        self.printer.set_class(status is not None, "-shown")
        if status is not None:
            self.printer.set_class(not status.state.prints and not status.state.is_well, "-trouble")
            self.printer.set_class(status.state.prints and not status.state.is_well, "-soon")
            self.printer.update(printer_words(status))

    def _group_keys(self) -> str:
        """The letters of groups that no action of this screen uses."""
        taken = {action.keys.upper() for action in actions_of(self.PLACE)}
        return "".join(group.letter for group in self.config.groups if group.letter not in taken)

    def place_words(self) -> str:
        """The guide's desk."""
        return _("Guide's desk")

    # --- what can be done ---------------------------------------------------------------

    def allowed(self) -> set[str]:
        """What works now; while searching, letters are text."""
        draft, service = self._draft, self.config.service_by_code.get(self._draft.service or "")
        names = {"explain"} if service else set()
        if self._pending is None and (service or not self.state.is_open):
            names.add("issue")
        if draft.query is not None:
            return names
        names |= {"print_again"} if self.host.printer and self.state.tickets else set()
        names |= {"search", "find", "handover"} | (set() if draft.is_blank else {"start_over"})
        if not self.state.is_open:
            return names
        names |= {"tier", "customer", "priority"} | ({"appointments"} if self._has_slots else set())
        names |= {"divert"} if service and service.self_service and self._pending is None else set()
        names |= {"returned"} if self._view and self._view.missed else set()
        return names | ({"cancel"} if cancellable(self.state) else set())

    def why_not(self, action: Action) -> str:
        """What is missing; while searching, letters are text."""
        if self._draft.query is not None:
            return ""
        return guide_key(action.name, is_open=self.state.is_open, is_saving=self._pending is not None)

    def likely_label(self) -> str:
        """What the space bar does."""
        if "issue" not in self.allowed():
            return ""
        if not self.state.is_open:
            return _("Open the day")
        return _("Second number") if self._draft.second_ticket else _("Issue")

    # --- what leads elsewhere -----------------------------------------------------------

    def action_print_again(self) -> None:
        """The last number again, as a copy."""
        self.asking(self.paper.copy)

    def action_find(self) -> None:
        """Where a number is."""
        self.asking(self.paper.find)

    def action_cancel(self) -> None:
        """End a number."""
        self.asking(self.numbers.cancel)

    def action_returned(self) -> None:
        """A missed customer came back."""
        self.asking(self.numbers.take_back)

    def action_handover(self) -> None:
        """The handover log; a new entry may be about a counter."""
        self.asking(self.shift.read_handover, None)

    @property
    def _has_slots(self) -> bool:
        """Whether this hall takes appointments, or has some left."""
        return bool(self.config.appointments.slots or self.state.appointments)

    def action_appointments(self) -> None:
        """The appointments of today; whoever stands here is looked for."""
        own = expected_today(self.state, self.config, self.hall.now_ms(), self._draft.customer).own
        screen = AppointmentsScreen(self._draft, self._index, own)
        self.app.push_screen(screen, lambda _: self._back_from(screen))

    def _back_from(self, screen: AppointmentsScreen) -> None:
        """Who was booked or checked in is done with; the number is shown and printed here."""
        if screen.has_booked or screen.checked_in is not None:
            self._draft = drafts.start(self.config)
        if screen.checked_in is not None:
            self._issued = screen.checked_in
            self.paper.print_first(self._issued)
        self.refresh_all()
