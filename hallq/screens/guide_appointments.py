"""The way from the guide's desk to the day's appointments, and back with a number."""

from hallq.domain.tickets import Ticket
from hallq.domain.views import guide_draft as drafts
from hallq.domain.views.appointments import expected_today
from hallq.screens.appointments import AppointmentsScreen
from hallq.screens.guide_choosing import Choosing


class Appointing(Choosing):
    """Opens the appointments with what was chosen at the desk."""

    PLACE = "guide"

    def __init__(self) -> None:
        """Nothing issued."""
        super().__init__()
        self._issued: Ticket | None = None

    @property
    def has_slots(self) -> bool:
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
            self.print_first(self._issued)
        self.refresh_all()
