"""What terminals and hubs say to each other: the shapes on the wire, nothing else.

`docs/protocol.md` tells the rules. Models that are read ignore fields of later versions; an
event's `body` travels as the text that was stored, so that it arrives byte for byte.
"""

from hallq.protocol.base import BATCH_EVENTS, BODY_BYTES, NO_HASH, PROTOCOL, Wire
from hallq.protocol.entries import Entry, Envelope, Place, chained
from hallq.protocol.exchange import (
    Answer,
    Command,
    Fate,
    GivenBack,
    Lease,
    Offered,
    Page,
    Pull,
    Push,
    Pushed,
    Snapshot,
    Unfit,
)
from hallq.protocol.sessions import Enrol, Enrolled, Fault, Hello, Refusing, Rotated, Standing, Welcome

__all__ = [
    "BATCH_EVENTS",
    "BODY_BYTES",
    "NO_HASH",
    "PROTOCOL",
    "Answer",
    "Command",
    "Enrol",
    "Enrolled",
    "Entry",
    "Envelope",
    "Fate",
    "Fault",
    "GivenBack",
    "Hello",
    "Lease",
    "Offered",
    "Page",
    "Place",
    "Pull",
    "Push",
    "Pushed",
    "Refusing",
    "Rotated",
    "Snapshot",
    "Standing",
    "Unfit",
    "Welcome",
    "Wire",
    "chained",
]
