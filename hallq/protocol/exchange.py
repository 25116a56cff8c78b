"""What goes to and fro in a session: pushes, pages, commands, and what a hub gets back."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from hallq.protocol.base import BATCH_EVENTS, Identity, Instant, Name, Wire
from hallq.protocol.entries import Entry, Envelope, Place


class Lease(Wire):
    """Tickets that only this device may announce if it loses the hub, each for one of its counters.

    A ticket leaves a lease only when the device has acknowledged a later lease without it.
    """

    number: int = 0
    tickets: dict[str, int] = Field(default_factory=dict)
    """ticket_id to counter."""


class Push(Wire):
    """Own events in the order in which they were written. `more`: further ones wait to be sent.

    `place`: where the terminal's log is, so that a hub that lost its past adds nothing to it. `lease`: the
    newest lease that was on its disk before these were the last events; -1 when it does not say.
    """

    session: Identity
    place: Place | None = None
    more: bool = False
    lease: int = -1
    events: Annotated[list[Envelope], Field(max_length=BATCH_EVENTS)]


class Unfit(Wire):
    """An event that breaks a bound of the wire. It has a name, so it can be put aside alone."""

    model_config = ConfigDict(extra="allow")

    incarnation: Identity
    seq: Annotated[int, Field(ge=1, le=2**53)]


class Offered(Wire):
    """A `Push` as a hub reads it: one event that is not as it should be does not stop the others."""

    session: Identity
    place: Place | None = None
    more: bool = False
    lease: int = -1
    events: Annotated[
        list[Annotated[Envelope | Unfit, Field(union_mode="left_to_right")]], Field(max_length=BATCH_EVENTS)
    ]


class Fate(StrEnum):
    """What became of a pushed event."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"


class Pushed(Wire):
    """One fate per event, in order; all of them are on the hub's disk."""

    fates: list[Fate]
    place: Place
    hall_ms: Instant


class Pull(Wire):
    """What comes after `place`? `lease`: the newest lease that is stored on the terminal's disk.

    `clear_ms`: no event that the terminal still has to send is older; 0 when it cannot say.
    """

    session: Identity
    place: Place
    lease: int = 0
    clear_ms: Instant = 0
    limit: Annotated[int, Field(ge=1, le=BATCH_EVENTS)] = BATCH_EVENTS


class Page(Wire):
    """Entries in order of position without a gap; `last` is the newest position of the hall.

    `seal` proves to the hub, should it lose its log, that it gave out the chain up to this page.
    `recovering`: nothing is granted yet.
    """

    place: Place
    entries: list[Entry]
    last: int
    seal: Annotated[str, Field(max_length=64)] = ""
    lease: Lease | None = None
    hall_ms: Instant
    wall_ms: Instant
    settings_version: int = 0
    roster_version: int = 0
    vip_version: int = 0
    recovering: bool = False


class Command(Wire):
    """An intent that only the hub may decide. Repeated with its `id` until answered, never decided anew."""

    session: Identity
    id: Identity
    intent: Annotated[str, Field(max_length=64)]
    facts: dict[str, Any] = Field(default_factory=dict)
    actor: Name
    terminal: Name
    place: Place
    staff: Annotated[str, Field(max_length=64)] = ""
    word: Annotated[str, Field(max_length=64)] = ""
    """The opaque ids of who asks and of the manager who allows it; the terminal signed them in."""


class Answer(Wire):
    """What became of a command. `refusal`: its reason, with `facts`; empty when it was carried out.

    `granted`: the ticket that the counter may announce now. `position`: of the last event that it
    brought about, 0 for none. `page`: the entries after the command's place, its own among them
    unless `page.last` says that more must be pulled.
    """

    refusal: str = ""
    facts: dict[str, int | str] = Field(default_factory=dict)
    granted: str = ""
    position: int = 0
    page: Page


class GivenBack(Wire):
    """Entries that a hub has lost, in order after its `place`, with the seal of the last of them."""

    session: Identity
    entries: Annotated[list[Entry], Field(max_length=BATCH_EVENTS)]
    seal: Annotated[str, Field(max_length=64)] = ""
    done: bool = False
    """This terminal has nothing further."""


class Snapshot(Wire):
    """A versioned whole that flows down: the settings."""

    name: Identity
    version: int
    body: str
