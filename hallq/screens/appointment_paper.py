"""What is printed of an appointment: its slip when it is agreed or moved, and again by a key."""

from hallq.domain.appointments import Appointment, booking_number
from hallq.domain.events import AppointmentBooked, AppointmentMoved
from hallq.domain.intents import Intent
from hallq.hall import Done
from hallq.screens.base import HallScreen
from hallq.wording import printer as words


class AppointmentPaper(HallScreen):
    """The printer at the guide's desk. Without one, nothing here happens."""

    def chosen(self) -> Appointment | None:
        """The appointment under the cursor."""
        return None

    def done(self, intent: Intent, outcome: Done) -> None:
        """What was agreed is printed."""
        super().done(intent, outcome)
        for event in outcome.events:
            if isinstance(event, AppointmentBooked | AppointmentMoved):
                self._print(outcome.state.appointments.get(event.appointment_id), is_copy=False)

    def action_print_again(self) -> None:
        """The slip under the cursor; one that may be on paper already is a copy, and says so."""
        appointment, printer = self.chosen(), self.host.printer
        if appointment is None or printer is None:
            return
        from hallq.paper.booking import booking_key

        key, name = booking_key(appointment), booking_number(appointment.appointment_id)
        if printer.is_waiting(key):
            self.host.notice(words.waits_already(name))
            return
        is_copy = not printer.never_left(key)
        if self._print(appointment, is_copy=is_copy):
            self.host.notice(words.printing_again(name, is_copy=is_copy))

    def _print(self, appointment: Appointment | None, *, is_copy: bool) -> bool:
        """Whether the printer takes it; one that cannot is told and holds nobody."""
        printer = self.host.printer
        if appointment is None or printer is None:
            return False
        from hallq.paper.booking import booking_slip

        slip = booking_slip(self.config, appointment, is_copy=is_copy)
        if printer.print(slip):
            return True
        self.host.notice(words.too_many(slip.name), severity="warning")
        return False
