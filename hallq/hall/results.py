"""Who asks, and what came of it."""

from dataclasses import dataclass

from hallq.domain.events import Event
from hallq.domain.refusals import Refusal
from hallq.domain.state import HallState
from hallq.domain.text import plain


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and where: a staff number or short name, and the terminal's name.

    `staff`: the opaque id of somebody who signed in; empty where nobody does, and all is allowed.
    `word`: the id of the manager whose word this deed has.
    """

    name: str
    terminal: str
    staff: str = ""
    word: str = ""

    def __post_init__(self) -> None:
        """Both are written into every event: as harmless as any other text."""
        object.__setattr__(self, "name", plain(self.name))
        object.__setattr__(self, "terminal", plain(self.terminal))


@dataclass(frozen=True, slots=True)
class Done:
    """The intent was carried out and is on the disk."""

    events: tuple[Event, ...]
    state: HallState


@dataclass(frozen=True, slots=True)
class Refused:
    """The intent may not be carried out; nothing changed."""

    refusal: Refusal
    state: HallState
