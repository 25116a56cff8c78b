"""The manager's screen: what goes wrong next, every counter, everyone who waits, the day so far."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import query_one

from hallq.domain.counters import CounterState
from hallq.domain.intents import AdoptClock, EndHold
from hallq.domain.lanes import Lane
from hallq.domain.tickets import Ticket, TicketState
from hallq.domain.views.alert_kinds import NO_TROUBLE, Act, Alert, Kind, OwnTrouble
from hallq.domain.views.manager import ManagerView, manager_view
from hallq.i18n import _, counted
from hallq.keys import Action
from hallq.screens.base import HallScreen
from hallq.screens.dialogs.tell import TellDialog
from hallq.screens.parts.complaints import Complaints
from hallq.screens.parts.counter_opening import CounterOpening
from hallq.screens.parts.day_keeping import DayKeeping
from hallq.screens.parts.live_ticket import LiveTicket
from hallq.screens.parts.low_ratings import LowRatings
from hallq.screens.parts.shift import Shift
from hallq.screens.parts.vip_news import VipNews
from hallq.widgets.counter_cards import CounterCards
from hallq.widgets.figures_strip import FiguresStrip
from hallq.widgets.half_hours import HalfHours
from hallq.widgets.headline import Headline, Sentence, sentence_list
from hallq.widgets.waiting_table import WaitingTable
from hallq.wording.alerts import act_label, alert_sentences
from hallq.wording.idle_keys import manager_key

AWAY = (TicketState.HELD, TicketState.MISSED)


class ManagerScreen(HallScreen):
    """Live wait board; the space bar does what the first line proposes."""

    PLACE = "manager"
    CSS_PATH = "manager.tcss"
    AUTO_FOCUS = "WaitingTable"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (70, "-narrow"), (140, "-wide")]  # noqa: RUF012 - Textual's own declaration
    VERTICAL_BREAKPOINTS = [(0, "-low"), (28, "-middle"), (40, "-high")]  # noqa: RUF012

    headline = query_one(Headline)
    cards = query_one(CounterCards)
    table = query_one(WaitingTable)
    figures = query_one(FiguresStrip)
    hours = query_one(HalfHours)

    view: ManagerView | None = None

    def __init__(self) -> None:
        """With everything that a manager looks after."""
        super().__init__()
        self.day = DayKeeping(self)
        self.counters = CounterOpening(self)
        self.ticket = LiveTicket(self)
        self.shift = Shift(self)
        self.complaints = Complaints(self)
        self.ratings = LowRatings(self)
        self.vips = VipNews(self)

    def compose_body(self) -> ComposeResult:
        """Headline, counters beside those who wait, the day so far."""
        yield Headline()
        with Horizontal(id="manager-hall"):
            yield CounterCards()
            yield WaitingTable()
        yield FiguresStrip()
        yield HalfHours()

    def place_words(self) -> str:
        """The manager's place."""
        return _("Manager")

    def paint(self, now_ms: int) -> None:
        """Show the present."""
        link = self.hall.link
        own = OwnTrouble(link.quarantined, link.doubted, link.is_restored) if link else NO_TROUBLE
        wall_ms, who = self.hall.wall_ms(), self.host.actor.name
        usual, roster = self.day.usual(), self.hall.roster
        view = manager_view(self.state, self.config, now_ms, wall_ms, usual, own, roster=roster, reader=who)
        self.view = view
        self.headline.paint(self._sentences(view))
        self.cards.paint(view.cards, self.config)
        self.table.paint(view.waiting, view.away, self.config)
        self.figures.paint(view.today)
        self.hours.paint(view.half_hours, view.usual_days)
        self.vips.tell_new()
        self.ratings.tell_new()

    def _sentences(self, view: ManagerView) -> list[Sentence]:
        return alert_sentences(view.alerts, self.config, self.state.clock_offset_ms)

    # --- what can be done --------------------------------------------------------------

    def first_alert(self) -> Alert | None:
        """What goes wrong next."""
        return self.view.alerts[0] if self.view else None

    def chosen(self) -> Ticket | None:
        """The ticket that the acts are about: of the counter under the cursor, or of the list."""
        card = self.cards.chosen()
        ticket_id = card.ticket_id if card else self.table.chosen_id
        return self.state.tickets.get(ticket_id)

    def likely_label(self) -> str:
        """What the first line proposes."""
        alert = self.first_alert()
        return act_label(alert) if alert else ""

    def allowed(self) -> set[str]:
        """Acts on the hall, and those on the chosen ticket."""
        names = {"day", "roll_call", "handover", "complaints"}
        if self.state.day is not None:
            names.add("summary")
        if self.state.low_ratings:
            names.add("ratings")
        if self.likely_label():
            names.add("likely_next")
        if self.view and len(self.view.alerts) > 1:
            names.add("more")
        if self.state.is_open and self.view:
            if any(card.state is CounterState.CLOSED for card in self.view.cards):
                names.add("open_counter")
            if any(alert.kind is Kind.CLOCK_JUMPED for alert in self.view.alerts):
                names.add("adopt_clock")
            names |= {"lanes"} | self._allowed_on(self.chosen())
        return names

    def why_not(self, action: Action) -> str:
        """What the chosen number or the hall is not."""
        return manager_key(action.name, is_open=self.state.is_open)

    @staticmethod
    def _allowed_on(ticket: Ticket | None) -> set[str]:
        if ticket is None:
            return set()
        names = {"why"}
        if ticket.state is TicketState.WAITING or ticket.state in AWAY:
            names |= {"cancel", "left"}
        if ticket.state in AWAY:
            names.add("returned")
        if ticket.state is TicketState.WAITING and ticket.lane is Lane.STANDARD:
            names.add("give_priority")
        return names

    def on_waiting_table_chosen(self) -> None:
        """Another ticket: other acts may be allowed."""
        self.refresh_keys()

    def on_descendant_focus(self) -> None:
        """The cursor goes where the focus is."""
        if self.view:
            self.cards.paint(self.view.cards, self.config)
            self.table.paint(self.view.waiting, self.view.away, self.config)
            self.refresh_keys()

    # --- acts --------------------------------------------------------------------------

    def action_likely_next(self) -> None:
        """Do what the first line proposes."""
        alert = self.first_alert()
        if alert is None:
            return
        match alert.act:
            case Act.OPEN_DAY | Act.CLOSE_DAY:
                self.action_day()
            case Act.OPEN_COUNTER:
                self.asking(self.counters.open, alert.counter)
            case Act.ADOPT_CLOCK:
                self.action_adopt_clock()
            case Act.CALL_BACK:
                self.perform(EndHold(ticket_id=alert.ticket_id))
            case Act.SEE_RATING:
                self.ratings.see(alert.ticket_id)
            case Act.OPEN_COMPLAINTS:
                self.action_complaints()

    def action_day(self) -> None:
        """Open or close the business day."""
        self.asking(self.day.close if self.state.is_open else self.day.open)

    def action_summary(self) -> None:
        """The figures of the present or last day on one page."""
        self.day.show_page(self.state.business_date)

    def action_open_counter(self) -> None:
        """Open the counter under the cursor if it is closed, else ask which."""
        card = self.cards.chosen()
        is_closed = card is not None and card.state is CounterState.CLOSED
        self.asking(self.counters.open, card.number if card and is_closed else None)

    def action_complaints(self) -> None:
        """The complaints that are open."""
        self.complaints.show()

    def action_ratings(self) -> None:
        """The low ratings that wait for somebody."""
        self.asking(self.ratings.show)

    def action_roll_call(self) -> None:
        """Who is here, and who is missing."""
        self.asking(self.shift.call_roll)

    def action_handover(self) -> None:
        """The handover log."""
        self.asking(self.shift.read_handover, None)

    def action_lanes(self) -> None:
        """Whom the counter under the cursor takes; else ask which counter."""
        card = self.cards.chosen()
        self.asking(self.shift.ask_lanes, card.number if card else None)

    def action_adopt_clock(self) -> None:
        """Show the computer's time again."""
        self.perform(AdoptClock())

    def action_returned(self) -> None:
        """The customer on hold or missed is here."""
        if ticket := self.chosen():
            self.ticket.take_back(ticket)

    def action_left(self) -> None:
        """The customer has gone."""
        if ticket := self.chosen():
            self.asking(self.ticket.say_left, ticket)

    def action_cancel(self) -> None:
        """End the number, with a reason."""
        if ticket := self.chosen():
            self.asking(self.ticket.cancel, ticket)

    def action_give_priority(self) -> None:
        """Priority by hand, with a reason that is kept."""
        if ticket := self.chosen():
            self.asking(self.ticket.give_priority, ticket)

    def action_more(self) -> None:
        """Every sentence of the first lines, those that had no room too."""
        if self.view:
            sentences = self._sentences(self.view)
            title = counted("{count} thing to look at", "{count} things to look at", len(sentences))
            self.show(TellDialog(title, sentence_list(sentences)))

    def action_why(self) -> None:
        """Why a called number was called, or what is before a waiting one."""
        ticket = self.chosen()
        if ticket and self.view:
            self.ticket.tell_why(ticket, self.view)
