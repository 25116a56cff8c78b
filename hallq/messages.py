"""Messages that every screen understands."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from hallq.domain.intents import Intent
from hallq.hall import Done, Refused


@dataclass
class Performed(Message):
    """An intent was carried out or refused."""

    intent: Intent
    outcome: Done | Refused


@dataclass
class WordNeeded(Message):
    """The first of these intents needs a manager's word; the others and `then` follow it."""

    intents: tuple[Intent, ...]
    outcome: Refused
    then: Callable[[Done], None] | None


@dataclass
class StoreFailed(Message):
    """File or disk refused; the sentence says what to do. Nothing was kept of the intent."""

    intent: Intent
    sentence: str
