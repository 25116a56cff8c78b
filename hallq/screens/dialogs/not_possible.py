"""Not possible: why, and whether the visit goes on with another service."""

from dataclasses import dataclass

from hallq.i18n import N_, _
from hallq.screens.dialogs.switch import SwitchDialog


@dataclass(frozen=True, slots=True)
class NotPossibleAnswer:
    """Why, and whether another service follows."""

    reason: str
    goes_on: bool


class NotPossibleDialog(SwitchDialog[NotPossibleAnswer]):
    """Codes are the hall's reasons; Tab switches between the end of the visit and another service."""

    SWITCH = N_("The visit goes on with another service (Tab)")

    def foot(self) -> str:
        """How to choose."""
        return _("digit or Enter chooses · Tab: goes on · Esc goes back")

    def answer(self, code: str) -> NotPossibleAnswer:
        """The reason with the way on."""
        return NotPossibleAnswer(code, self.is_on)
