"""Letters and digits of solid blocks, in many sizes, to be read across a room."""

from functools import lru_cache

from hallq.widgets.big_text import drawn

FONT = "ansi_regular"
"""pyfiglet's font whose letters are five solid dots high."""

SIZES = (
    (6, 12),
    (5, 11),
    (5, 10),
    (4, 9),
    (4, 8),
    (4, 7),
    (3, 7),
    (3, 6),
    (3, 5),
    (2, 5),
    (2, 4),
    (2, 3),
    (1, 3),
    (1, 2),
    (1, 1),
)
"""A dot as (cells wide, half cells high), largest first; a cell is about twice as high as wide."""

Size = tuple[int, int]

_HALVES = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}


@lru_cache(maxsize=512)
def blocks(text: str, size: Size) -> tuple[str, ...]:
    """`text` drawn with dots of `size`; each line equally wide."""
    dots = drawn(text, FONT)
    if not dots:
        return ()
    wide, high = size
    width = max(len(line) for line in dots)
    halves = [_stretched(line, width, wide) for line in dots for _ in range(high)]
    if len(halves) % 2:
        halves.append((False,) * (width * wide))
    return tuple(
        "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(halves[::2], halves[1::2], strict=True)
    )


def _stretched(line: str, width: int, wide: int) -> tuple[bool, ...]:
    return tuple(not dot.isspace() for dot in line.ljust(width) for _ in range(wide))


def height_of(size: Size) -> int:
    """How many lines a text of this size takes."""
    return -(-5 * size[1] // 2)
