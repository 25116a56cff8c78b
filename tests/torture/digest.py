"""One short text for a hall's whole state: equal texts, equal states, in whatever order it was built."""

import dataclasses
import hashlib
from collections.abc import Mapping, Set
from typing import Any

from hallq.domain.state import HallState


def digest(state: HallState) -> str:
    """The digest of everything in the state."""
    return hashlib.sha256(repr(_plain(state)).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [(f.name, _plain(getattr(value, f.name))) for f in dataclasses.fields(value) if f.compare]
    if isinstance(value, Mapping):
        return sorted((str(key), _plain(held)) for key, held in value.items())
    if isinstance(value, Set):
        return sorted(repr(_plain(held)) for held in value)
    if isinstance(value, (list, tuple)):
        return [_plain(held) for held in value]
    return str(value)
