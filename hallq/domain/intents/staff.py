"""The staff list."""

from hallq.domain.intents.base import Intent
from hallq.domain.staff import Role, StaffChange
from hallq.domain.text import PlainText


class ChangeStaff(Intent):
    """Put somebody on the staff list, or change what it says; secrets go beside it, never in it."""

    staff_id: PlainText
    number: PlainText
    change: StaffChange
    roles: tuple[Role, ...]
