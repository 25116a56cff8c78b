"""A number is looked for by what is typed of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from hallq.domain.past_day import PastVisit
from hallq.domain.views.find import FoundView, Trace, find, newest
from hallq.screens.base import HallScreen
from hallq.screens.dialogs.find_ticket import FindTicketDialog, Found
from hallq.screens.parts.part import Part
from hallq.wording.found import found_lines
from hallq.wording.states import service_name

LISTED = 30
"""More tickets than this are found by their number, not in a list."""


class NumberSearch(Part):
    """Among those in the hall, and those that are gone, as far as the file knows them."""

    def __init__(self, screen: HallScreen) -> None:
        """Nothing was looked up in the file yet."""
        super().__init__(screen)
        self._ended: dict[str, PastVisit | None] = {}

    async def ask(self, title: str, foot: str, labels: Collection[str]) -> str | None:
        """The one of `labels` that was chosen; the others are told of, where they are typed."""
        self._ended = {}  # what an earlier question looked up may have changed since

        def look(typed: str) -> Sequence[Found]:
            found = self._looked_up(typed, labels)
            return found if typed or not labels else [each for each in found if each.code]

        return await self.screen.answer_to(FindTicketDialog(title, foot, look))

    def _looked_up(self, typed: str, labels: Collection[str]) -> Sequence[Found]:
        """Everything that `typed` can mean; those of `labels` have a code."""
        now_ms = self.hall.now_ms()
        if typed.strip():
            views = find(self.state, self.config, now_ms, typed, self._ended)
            self._look_up_ended(view.label for view in views if view.trace is Trace.GONE)
        else:
            views = newest(self.state, self.config, now_ms, LISTED)
        return [self._line(view, view.label in labels) for view in views]

    def _look_up_ended(self, labels: Iterable[str]) -> None:
        """What the file says of numbers that are gone; told as soon as it is known."""
        date, unknown = self.state.business_date, [label for label in labels if label not in self._ended]
        if unknown:
            self._ended |= dict.fromkeys(unknown)
            past = self.hall.past
            self.screen.ask(lambda: {label: past.visit(date, label) for label in unknown}, self._tell_ended)

    def _tell_ended(self, visits: Mapping[str, PastVisit | None]) -> None:
        self._ended |= visits
        on_top = self.screen.app.screen
        if isinstance(on_top, FindTicketDialog):
            on_top.look_again()

    def _line(self, view: FoundView, may: bool) -> Found:
        lines = found_lines(view, self.config)
        service = service_name(self.config, view.ticket.service) if view.ticket else ""
        return Found(view.label if may else "", f"{view.label}  {service}", lines)
