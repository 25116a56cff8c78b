"""The line to the hub: what may be said over it, and the three ways in which it can fail."""

from dataclasses import dataclass
from typing import Protocol

from hallq.protocol import (
    Answer,
    Command,
    Fault,
    GivenBack,
    Hello,
    Page,
    Pull,
    Push,
    Pushed,
    Snapshot,
    Welcome,
)


class LineError(Exception):
    """The hub did not do as asked, or nobody knows."""


class LineDown(LineError):  # noqa: N818
    """Nothing left this machine: the hub cannot know of the request."""


class OutcomeUnknown(LineError):  # noqa: N818
    """The request may have arrived; only the hub can tell."""


@dataclass
class HubRefused(LineError):  # noqa: N818 - a no is no error
    """The hub said no. `retry_after_seconds`: 0 when repeating does not help."""

    fault: Fault
    detail: str = ""
    retry_after_seconds: float = 0


class Line(Protocol):
    """One device's line to its hub. Every method raises LineError."""

    def hello(self, hello: Hello) -> Welcome:
        """Begin a session."""

    def push(self, push: Push) -> Pushed:
        """Send own events."""

    def pull(self, pull: Pull) -> Page:
        """Ask for what is new."""

    def command(self, command: Command) -> Answer:
        """Have an intent decided."""

    def give_back(self, given: GivenBack) -> Welcome:
        """Return what the hub has lost."""

    def settings(self) -> Snapshot:
        """The newest settings."""
