"""The handover log: what the next shift has to know, kept over days until it is settled."""

from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """What an entry is about."""

    EQUIPMENT = "equipment"
    CASE = "case"
    """A hard case: a customer's matter that goes on."""
    CHANGE = "change"
    """A rule or a price that is another now."""


@dataclass(frozen=True)
class HandoverNote:
    """One entry. `at_counter`: whose equipment is meant. `reader`: the first to read it but its writer."""

    note_id: str
    topic: Topic
    text: str
    at_counter: int | None
    business_date: str
    written_ms: int
    writer: str
    read_ms: int | None = None
    reader: str | None = None
    settled_ms: int | None = None
    settler: str | None = None

    @property
    def is_fault(self) -> bool:
        """Whether it is about equipment."""
        return self.topic is Topic.EQUIPMENT

    def is_news_to(self, name: str) -> bool:
        """Whether nobody but its writer has read it, and that is somebody else."""
        return self.read_ms is None and self.writer != name
