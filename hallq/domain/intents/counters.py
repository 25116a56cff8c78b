"""Taking, leaving and pausing a counter."""

from hallq.domain.intents.base import CounterNumber, Intent
from hallq.domain.lanes import LaneChoice
from hallq.domain.text import PlainText


class OpenCounter(Intent):
    """Take a counter."""

    counter: CounterNumber
    clerk: PlainText


class TakeOverCounter(Intent):
    """Go on at a counter in a colleague's place, with whoever is there."""

    counter: CounterNumber
    clerk: PlainText


class CloseCounter(Intent):
    """Leave the counter."""

    counter: CounterNumber


class PauseCounter(Intent):
    """Take nobody for a while."""

    counter: CounterNumber
    reason: PlainText


class ResumeCounter(Intent):
    """Take customers again."""

    counter: CounterNumber


class ChangeLanes(Intent):
    """Whom a counter takes for the rest of the day; None: as the settings say."""

    counter: CounterNumber
    lanes: LaneChoice | None
