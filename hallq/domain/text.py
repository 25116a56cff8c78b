"""Text that people typed, made harmless before it becomes part of an event."""

import unicodedata
from typing import Annotated

from pydantic import BeforeValidator

MAX_CHARACTERS = 200
MAX_LONG = 600
"""For what somebody tells in a few sentences."""

# Cc: control codes (escape sequences start there). Cf: bidi marks, zero-width characters.
# Cs, Co, Cn: not text. Zl, Zp: line breaks in disguise.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def harmless(text: str) -> str:
    """Without control, bidi or invisible characters; lines and tabs stay."""
    return "".join(c for c in text if c in "\t\n\r" or unicodedata.category(c) not in _REFUSED_CATEGORIES)


def plain(text: str, limit: int = MAX_CHARACTERS) -> str:
    """One line without control, bidi or invisible characters, at most `limit` long."""
    spaced = text[: limit * 8].replace("\v", " ").replace("\f", " ")
    line = " ".join(harmless(spaced).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _plain_if_text(value: object) -> object:
    return plain(value) if isinstance(value, str) else value


def _long_if_text(value: object) -> object:
    return plain(value, MAX_LONG) if isinstance(value, str) else value


PlainText = Annotated[str, BeforeValidator(_plain_if_text)]
"""A string field that holds one harmless line."""
LongText = Annotated[str, BeforeValidator(_long_if_text)]
"""The same, for a few sentences."""
