"""The base of all events, and the envelope in which the log keeps them."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field

Milliseconds = Annotated[int, Field(ge=-(2**62), le=2**62)]
Whole = Annotated[int, Field(ge=-(2**53), le=2**53)]
"""A number that every table and every reader of JSON can hold."""
Minutes = Annotated[int, Field(ge=0, le=2**31)]
"""A length as people are told it."""


def is_none(value: object) -> bool:
    """What an older hallq does not know is not written where it says nothing."""
    return value is None


class Event(BaseModel):
    """Base of all events. Reading ignores fields of later versions.

    `staff`: the opaque id of who acted, where people sign in. `word`: that of the manager who allowed it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")
    kind: ClassVar[str]
    version: ClassVar[int] = 1
    staff: str | None = Field(default=None, exclude_if=is_none)
    word: str | None = Field(default=None, exclude_if=is_none)

    def signed_by(self, staff: str, word: str) -> Self:
        """The same event with who did it; itself where nobody signs in."""
        return self.model_copy(update={"staff": staff, "word": word or None}) if staff else self


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event in the log: its position, its origin and its time.

    `at_ms` is the hall's clock, which never runs backwards. `wall_ms` and
    (`boot_id`, `boot_ms`) are what the device's own clocks said: evidence, not order.
    (`incarnation`, `seq`) names the event for ever; an incarnation is one run of a program.
    `device` wrote it; empty in a hall without a hub. `shift_ms` is what the hub added to its instants,
    `contested` says that it no longer fitted when it was placed. `log_hash`: the chain up to here.
    """

    position: int
    at_ms: int
    wall_ms: int
    boot_id: str
    boot_ms: int
    terminal: str
    incarnation: str
    seq: int
    actor: str
    event: Event
    device: str = ""
    shift_ms: int = 0
    contested: bool = False
    log_hash: str = ""
