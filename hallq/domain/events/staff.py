"""Events of the staff list. They name people by id and number; what opens a door is in none of them."""

from hallq.domain.events.base import Event
from hallq.domain.staff import Role, StaffChange


class StaffChanged(Event):
    """Somebody's entry in the staff list is another; the state of the queue is not touched."""

    kind = "staff.changed"
    staff_id: str
    number: str
    change: StaffChange
    roles: tuple[Role, ...] = ()
