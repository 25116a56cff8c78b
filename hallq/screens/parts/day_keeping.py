"""The business day: how it is opened and closed, its page, and what is usual."""

from collections.abc import Mapping

from hallq.domain.business_date import date_to_open, goes_back
from hallq.domain.intents import CloseDay
from hallq.domain.past_day import PastDay
from hallq.domain.tickets import AT_COUNTER, Ticket
from hallq.domain.views.closing import closing_view
from hallq.domain.views.day_page import DayPage, day_page, worked_dates
from hallq.domain.views.half_hours import UsualDay, same_weekdays, usual_day
from hallq.i18n import _
from hallq.screens.base import HallScreen
from hallq.screens.dialogs.choose import Entry
from hallq.screens.dialogs.confirm import ConfirmDialog
from hallq.screens.dialogs.day_page import DayPageDialog, Leaf
from hallq.screens.dialogs.steps import StepsDialog
from hallq.screens.dialogs.tell import TellDialog
from hallq.screens.parts.part import Part
from hallq.wording import times
from hallq.wording.closing import closing_lines
from hallq.wording.day_page import page_tables, page_title
from hallq.wording.hall import closing_choices, still_open, still_serving


class DayKeeping(Part):
    """What the manager does with a day as a whole."""

    def __init__(self, screen: HallScreen) -> None:
        """Nothing was asked from the file yet."""
        super().__init__(screen)
        self._usual = ("", UsualDay())

    def usual(self) -> UsualDay:
        """What this weekday usually brings; asked from the file once for each business day."""
        date = self.state.business_date
        if date != self._usual[0]:
            self._usual = (date, UsualDay())
            dates = same_weekdays(self.state)
            if dates:
                self.screen.ask(
                    lambda: self.hall.past.figures(dates), lambda stored: self._keep_usual(date, stored)
                )
        return self._usual[1]

    def _keep_usual(self, date: str, stored: Mapping[str, Mapping[str, int]]) -> None:
        self._usual = (date, usual_day(stored, self.config))
        self.screen.refresh_all()

    # --- the page ----------------------------------------------------------------------

    def show_page(self, date: str) -> None:
        """The page of one business day; the present one as it stands now."""
        self.screen.ask(lambda: self.hall.past.day(date), self._turn_to)

    def _turn_to(self, past: PastDay | None) -> None:
        if past is not None:
            self.screen.asking(self._read_page, past)

    async def _read_page(self, past: PastDay) -> None:
        page = day_page(self.state, self.config, self.hall.now_ms(), past)
        dates = worked_dates(self.state)
        place = dates.index(page.date)
        leaf = await self.screen.answer_to(
            DayPageDialog(
                page_title(page, self.config),
                page_tables(page, self.config),
                earlier=place > 0,
                later=place < len(dates) - 1,
                prints=self.host.printer is not None,
            )
        )
        if leaf is Leaf.PRINT:
            self._print(page)
        elif leaf is not None:
            self.show_page(dates[place - 1 if leaf is Leaf.EARLIER else place + 1])

    def _print(self, page: DayPage) -> None:
        from hallq.paper.day import day_slip

        printer = self.host.printer
        if printer is None:
            return
        title = page_title(page, self.config)
        columns = printer.rule.paper.columns
        printed = printer.print(day_slip(page.date, title, page_tables(page, self.config), columns))
        told = _("The page is printed.") if printed else _("Too much waits for the printer. Try again later.")
        self.host.notice(told, severity="information" if printed else "warning")

    # --- opening and closing -------------------------------------------------------------

    async def open(self) -> None:
        """Open the proposed date; ask only when the computer's clock looks wrong."""
        wall_ms = self.hall.wall_ms()
        date = date_to_open(self.state, wall_ms, self.config)
        if goes_back(self.state, wall_ms, self.config):
            question = _("The computer's date lies before the last business day. Is its clock right?")
            title = _("Open {date}?").format(date=times.day(date))
            if not await self.screen.answer_to(ConfirmDialog(title, question, _("Open the day"))):
                return
        self.screen.open_day(date)

    async def close(self) -> None:
        """What becomes of those still here, and what else is open; while somebody is served, who is told."""
        title = _("Close the day {date}?").format(date=times.day(self.state.business_date))
        live = list(self.state.tickets.values())
        if any(ticket.state in AT_COUNTER for ticket in live):
            others = still_open([ticket for ticket in live if ticket.state not in AT_COUNTER])
            rest = ["", _("Still in the hall:"), others] if others else []
            text = "\n".join([still_serving(live), *rest, *self._what_is_open()])
            await self.screen.answer_to(TellDialog(_("The day cannot be closed yet"), text))
        elif not live:
            question = _("Nobody is in the hall. All counters are closed with the day.")
            text = "\n".join([question, *self._what_is_open()])
            if await self.screen.answer_to(ConfirmDialog(title, text, _("Close the day"))):
                self._close(CloseDay())
        else:
            await self._ask_what_remains(title, live)

    def _what_is_open(self) -> list[str]:
        """Staff, faults, entries, complaints: what to know before the door is locked."""
        who = self.host.actor.name
        told = closing_lines(closing_view(self.state, self.hall.roster, self.config, self.hall.now_ms(), who))
        return ["", _("Also open:"), *told] if told else []

    async def _ask_what_remains(self, title: str, live: list[Ticket]) -> None:
        entries = [Entry(code, label, note) for code, label, note in closing_choices(live)]
        lines = [_("Still in the hall:"), still_open(live), *self._what_is_open()]
        carry = await self.screen.answer_to(StepsDialog(title, "\n".join(lines), entries))
        if carry == "all":
            self._close(CloseDay(carry="all"))
        elif carry == "none":
            self._close(CloseDay(carry="none"))

    def _close(self, intent: CloseDay) -> None:
        """A day that was closed shows its page."""
        self.screen.perform(intent, then=lambda done: self.show_page(done.state.business_date))
