"""What is printed of an appointment: its slip when it is agreed or moved, and again by a key."""

from typing import TYPE_CHECKING

from hallq.domain.appointments import Appointment, booking_number
from hallq.domain.events import AppointmentBooked, AppointmentMoved
from hallq.domain.intents import Intent
from hallq.hall import Done
from hallq.screens.base import HallScreen
from hallq.screens.paper import print_again, print_slip

if TYPE_CHECKING:  # most terminals have no printer
    from hallq.paper.slip import Slip


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
                appointment = outcome.state.appointments.get(event.appointment_id)
                if appointment is not None and self.host.printer is not None:
                    print_slip(self.host, self._slip(appointment, is_copy=False))

    def action_print_again(self) -> None:
        """The slip under the cursor."""
        appointment = self.chosen()
        if appointment is None:
            return
        from hallq.paper.booking import booking_key

        key, name = booking_key(appointment), booking_number(appointment.appointment_id)
        print_again(self.host, key, name, lambda is_copy: self._slip(appointment, is_copy=is_copy))

    def _slip(self, appointment: Appointment, *, is_copy: bool) -> "Slip":
        from hallq.paper.booking import booking_slip

        return booking_slip(self.config, appointment, is_copy=is_copy)
