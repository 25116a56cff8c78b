"""What terminals and hubs say to each other: the shapes on the wire, nothing else.

`docs/protocol.md` tells the rules. Models that are read ignore fields of later versions; an
event's `body` travels as the text that was stored, so that it arrives byte for byte.
"""

import hashlib
import json
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

PROTOCOL = 1
BATCH_EVENTS = 500
BODY_BYTES = 64 * 1024
NO_HASH = ""
"""The chain's hash before the first position."""

Identity = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")]
Name = Annotated[str, Field(max_length=200)]
Instant = Annotated[int, Field(ge=-(2**53), le=2**53)]


class Wire(BaseModel):
    """Base of all shapes on the wire."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Envelope(Wire):
    """An event as its device wrote it. (`incarnation`, `seq`) names it for ever.

    `at_ms` is the hall's clock as the device knew it; `wall_ms` and (`boot_id`, `boot_ms`)
    are the device's own clocks: evidence, not order. `body` is the stored JSON text.
    """

    device: Identity
    incarnation: Identity
    seq: Annotated[int, Field(ge=1, le=2**53)]
    terminal: Name
    actor: Name
    at_ms: Instant
    wall_ms: Instant
    boot_id: Name
    boot_ms: Instant
    kind: Annotated[str, Field(min_length=1, max_length=64)]
    version: Annotated[int, Field(ge=1, le=10_000)]
    business_date: Annotated[str, Field(max_length=10)]
    body: Annotated[str, Field(max_length=BODY_BYTES)]


class Entry(Wire):
    """An event with its place in the hall's log.

    `shift_ms` is added to every instant of the event when it is folded: not 0 only when the
    device's clock was far outside its contacts with the hub. `contested`: it no longer fitted.
    """

    position: Annotated[int, Field(ge=1, le=2**53)]
    shift_ms: Instant = 0
    contested: bool = False
    hash: Annotated[str, Field(max_length=64)]
    event: Envelope


def chained(
    before: str, position: int, event: Envelope, *, shift_ms: int = 0, contested: bool = False
) -> str:
    """The chain's hash after one more entry: SHA-256 over the hash before it and the stored texts."""
    told = [
        position,
        event.device,
        event.incarnation,
        event.seq,
        event.terminal,
        event.actor,
        event.at_ms,
        event.wall_ms,
        event.boot_id,
        event.boot_ms,
        event.kind,
        event.version,
        event.business_date,
        event.body,
        shift_ms,
        int(contested),
    ]
    text = json.dumps(told, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{text}".encode("ascii")).hexdigest()


class Place(Wire):
    """How far a replica is: the hub's epoch, the newest position, and the chain's hash there."""

    epoch: Annotated[str, Field(max_length=64)] = ""
    position: Annotated[int, Field(ge=0, le=2**53)] = 0
    hash: Annotated[str, Field(max_length=64)] = NO_HASH


class Standing(StrEnum):
    """How the hub sees a terminal that says hello."""

    WELCOME = "welcome"
    RESTORED = "restored"
    """The file is older than what the hub had from it: it pulls its own past first."""
    FENCED = "fenced"
    """Another copy of this terminal is at work; this one must be enrolled anew."""
    DIVERGED = "diverged"
    """The logs differ: the terminal takes the hub's log from the start and offers its own events again."""
    GIVE_BACK = "give-back"
    """The hub knows less than the terminal: it asks for the entries after `place.position`."""
    OUTDATED = "outdated"
    """The terminal's hallq is too old for this hub."""


class Enrol(Wire):
    """A terminal with a one-time code asks for its identity."""

    code: Annotated[str, Field(min_length=8, max_length=64)]


class Enrolled(Wire):
    """The terminal's identity. `digit` 1 prints plain numbers, every further one its own digit."""

    hall: Identity
    hall_name: Name
    device: Identity
    name: Name
    digit: int
    token: str


class Hello(Wire):
    """The first words of a session. `previous` is the session before, as this file remembers it."""

    session: Identity
    previous: Annotated[str, Field(max_length=64)] = ""
    place: Place
    protocol: int = PROTOCOL
    version: Name = ""


class Lease(Wire):
    """Tickets that only this device may announce if it loses the hub, each for one of its counters.

    A ticket leaves a lease only when the device has acknowledged a later lease without it.
    """

    number: int = 0
    tickets: dict[str, int] = Field(default_factory=dict)
    """ticket_id to counter."""


class Welcome(Wire):
    """The hub's answer to hello. `hall_ms`: the hall's clock at the hub."""

    standing: Standing
    place: Place
    hall_ms: Instant
    wall_ms: Instant
    recovering: bool = False
    settings_version: int = 0
    newest_protocol: int = PROTOCOL


class Push(Wire):
    """Own events in the order in which they were written. `more`: further ones wait to be sent."""

    session: Identity
    more: bool = False
    events: Annotated[list[Envelope], Field(max_length=BATCH_EVENTS)]


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
    """What comes after `place`? `lease`: the newest lease that is stored on the terminal's disk."""

    session: Identity
    place: Place
    lease: int = 0
    limit: Annotated[int, Field(ge=1, le=BATCH_EVENTS)] = BATCH_EVENTS


class Page(Wire):
    """Entries in order of position without a gap; `last` is the newest position of the hall.

    `seal` proves to the hub, should it lose its log, that it gave out the chain up to this page.
    """

    place: Place
    entries: list[Entry]
    last: int
    seal: Annotated[str, Field(max_length=64)] = ""
    lease: Lease | None = None
    hall_ms: Instant
    wall_ms: Instant
    settings_version: int = 0


class Command(Wire):
    """An intent that only the hub may decide. Repeated with its `id` until answered, never decided anew."""

    session: Identity
    id: Identity
    intent: Annotated[str, Field(max_length=64)]
    facts: dict[str, Any] = Field(default_factory=dict)
    actor: Name
    terminal: Name
    place: Place


class Answer(Wire):
    """What became of a command. `refusal`: its reason, with `facts`; empty when it was carried out.

    `granted`: the ticket that the counter may announce now. `page`: the entries after the
    command's place, its own among them unless `page.last` says that more must be pulled.
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


class Fault(StrEnum):
    """Why the hub did not do as asked; each has a sentence for people at the terminal."""

    UNAUTHORISED = "unauthorised"
    FORBIDDEN = "forbidden"
    FENCED = "fenced"
    OTHER_BODY = "other-body"
    BAD_REQUEST = "bad-request"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    RECOVERING = "recovering"
    BUSY = "busy"
    SAY_HELLO = "say-hello"
    """The session is not the device's present one, or the epoch is another."""


class Refusing(Wire):
    """The body of every answer that is not 2xx."""

    fault: Fault
    detail: str = ""
