"""The VIP directory as it flows down, a part at a time: what recognition needs, and no number."""

import base64
from typing import Annotated

from pydantic import Field

from hallq.domain.lanes import Tier
from hallq.protocol.base import Identity, Wire

PART = 500
"""So many customers travel at once: a part keeps neither the hub nor the line busy for long."""

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Base64 = Annotated[str, Field(max_length=1_000, pattern=r"^[A-Za-z0-9+/]*={0,2}$")]


class VipLine(Wire):
    """One customer. The name is `sealed` under `key`, which the terminal forgets with the customer."""

    reference: Identity
    tier: Tier
    valid_until: Annotated[str, Field(max_length=10)] = ""
    manager: Annotated[str, Field(max_length=20)] = ""
    hashes: Annotated[tuple[Hash, ...], Field(max_length=2, repr=False)]
    key_id: Identity
    key: Annotated[Base64, Field(repr=False)]
    sealed: Annotated[Base64, Field(repr=False)]


class VipPart(Wire):
    """Customers in order of their references. `version` 0: this hall has no directory.

    `hash_key` makes the hashes of numbers. A part that came to whoever has this version is empty. `since`:
    only what changed since that version of the terminal's, who is `gone` with it; 0: everybody.
    """

    version: Annotated[int, Field(ge=0, le=2**53)] = 0
    hash_key: Annotated[Base64, Field(repr=False)] = ""
    lines: Annotated[tuple[VipLine, ...], Field(max_length=PART)] = ()
    is_last: bool = True
    since: Annotated[int, Field(ge=0, le=2**53)] = 0
    gone: Annotated[tuple[Identity, ...], Field(max_length=PART)] = ()


def coded(raw: bytes) -> str:
    """Bytes as they travel."""
    return base64.b64encode(raw).decode()


def raw(text: str) -> bytes:
    """What was coded. Raises ValueError."""
    return base64.b64decode(text, validate=True)
