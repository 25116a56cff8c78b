"""Events of the VIP directory. They count customers, and name none."""

from hallq.domain.events.base import Event, Whole
from hallq.domain.vip import DirectoryDeed


class DirectoryNoted(Event):
    """Somebody imported, removed or exported VIP customers; the state of the queue is not touched."""

    kind = "vip.directory-noted"
    deed: DirectoryDeed
    added: Whole = 0
    changed: Whole = 0
    erased: Whole = 0
    exported: Whole = 0
