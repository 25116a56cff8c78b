"""A statement as it travels to PostgreSQL."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leg:
    """A statement for PostgreSQL, `$1` for the first value. `order`: the names of the values by number."""

    name: bytes
    words: bytes
    order: tuple[str, ...]
