"""Enrolment, hello and welcome, and why a hub does not do as asked."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from hallq.protocol.base import PROTOCOL, Identity, Instant, Name, Wire
from hallq.protocol.entries import Place


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


MOST_DIGITS = 9_999
"""So many terminals print numbers of their own; who is enrolled anew needs another one."""


Proof = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""That somebody had a token."""


class Enrol(Wire):
    """A terminal with a one-time code asks for its identity.

    `devices`: who the file was before, the last one last, whose `token` shows it, and `proofs` (SHA-256
    of the tokens) those before. A successor may send what the file has not sent yet, and goes on at its
    counters. `digit`: the one it printed with, which it keeps at a hub that lost who it was; 0: another
    one, above the `highest_digit` that it has seen in use.
    `name`: what it was called. `home`: the place of the file on its machine, as in `Hello`.
    `request`: random, the same until the terminal has spoken; for it the code stays good, in its time.
    """

    code: Annotated[str, Field(min_length=8, max_length=64)]
    devices: Annotated[tuple[Identity, ...], Field(max_length=100)] = ()
    token: Annotated[str, Field(max_length=300)] = ""
    proofs: Annotated[tuple[Proof, ...], Field(max_length=100)] = ()
    digit: Annotated[int, Field(ge=0, le=MOST_DIGITS)] = 0
    highest_digit: Annotated[int, Field(ge=0, le=MOST_DIGITS)] = 0
    request: Annotated[str, Field(max_length=64)] = ""
    name: Name = ""
    home: Annotated[str, Field(max_length=64)] = ""


class Enrolled(Wire):
    """The terminal's identity. `digit` 1 prints plain numbers, every further one its own digit.

    `ca`: the certificate (PEM) that the terminal trusts from now on, and no other; empty: the usual ones.
    """

    hall: Identity
    hall_name: Name
    device: Identity
    name: Name
    digit: int
    token: str
    ca: Annotated[str, Field(max_length=64 * 1024)] = ""


class Rotated(Wire):
    """A new token; the old one is good until this one is used for the first time."""

    token: str


class Hello(Wire):
    """The first words of a session. `previous` is the session before, as this file remembers it.

    `sealed` with its `seal`: the newest place that the hub proved to have given out. A hub that knows
    less than a terminal believes this only, never `place` alone.

    `home`: the place of the file on its machine; elsewhere it is a copy. `boot_id`: the machine's present
    start. Both empty: it says nothing of them.
    """

    session: Identity
    previous: Annotated[str, Field(max_length=64)] = ""
    place: Place
    sealed: Place | None = None
    seal: Annotated[str, Field(max_length=64)] = ""
    protocol: int = PROTOCOL
    version: Name = ""
    home: Annotated[str, Field(max_length=64)] = ""
    boot_id: Name = ""


class Welcome(Wire):
    """The hub's answer to hello. `hall_ms`: the hall's clock at the hub.

    `is_brief`: fenced for a minute, because the other one may be this very machine before it was restarted.
    """

    standing: Standing
    place: Place
    hall_ms: Instant
    wall_ms: Instant
    recovering: bool = False
    settings_version: int = 0
    roster_version: int = 0
    vip_version: int = 0
    is_brief: bool = False


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
