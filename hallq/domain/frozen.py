"""Copies of frozen dataclasses with some fields changed.

The fold makes about five of them for each event, under the lock that all terminals wait
for. `dataclasses.replace` reads and sets every field one by one; copying the whole
instance dictionary is several times faster. It needs classes without `__slots__`.
"""

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from dataclasses import replace
else:
    T = TypeVar("T")

    def replace(value: T, **changes: Any) -> T:
        """A copy of `value` with these fields changed; the type checker knows their names."""
        copy = object.__new__(type(value))
        copy.__dict__.update(value.__dict__, **changes)
        return copy


__all__ = ["replace"]
