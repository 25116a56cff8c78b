"""Numbers to call back: from the terminal that took a complaint to its hub, and to whoever calls back."""

from typing import Annotated

from pydantic import Field

from hallq.protocol.base import Identity, Name, Wire


class NumberKept(Wire):
    """A number to call back, in normal form, to be kept until its complaint ends."""

    complaint_id: Identity
    number: Annotated[str, Field(max_length=40, pattern=r"^[0-9A-Za-z]+$", repr=False)]


class NumberHeard(Wire):
    """`is_kept`: it is on the hub's disk; else there is no such complaint, or not yet, or no more."""

    is_kept: bool


class NumberAsk(Wire):
    """Somebody at a terminal wants to call back."""

    complaint_id: Identity
    actor: Name
    terminal: Name
    staff: Annotated[str, Field(max_length=64)] = ""


class NumberAnswer(Wire):
    """The number, or the reason's code."""

    number: Annotated[str, Field(max_length=40, repr=False)] = ""
    refusal: Annotated[str, Field(max_length=64)] = ""
    facts: dict[str, int | str] = Field(default_factory=dict)
