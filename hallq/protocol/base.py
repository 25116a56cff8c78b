"""The base of all shapes on the wire, and the kinds of values in them."""

from typing import Annotated

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
