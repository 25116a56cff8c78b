"""Events on the wire, their places in the hall's log, and the chain that holds them together."""

import hashlib
import json
from typing import Annotated

from pydantic import Field

from hallq.protocol.base import BODY_BYTES, NO_HASH, Identity, Instant, Name, Wire

_AS_TEXT = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))
"""Made once: `json.dumps` would make one for each entry."""


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
    text = _AS_TEXT.encode(told)
    return hashlib.sha256(f"{before}\n{text}".encode("ascii")).hexdigest()


class Place(Wire):
    """How far a replica is: the hub's epoch, the newest position, and the chain's hash there."""

    epoch: Annotated[str, Field(max_length=64)] = ""
    position: Annotated[int, Field(ge=0, le=2**53)] = 0
    hash: Annotated[str, Field(max_length=64)] = NO_HASH
