"""How wrong tries slow a terminal down, and nothing else: nobody is ever locked out.

The count belongs to the place where somebody types, not to the person whose number is typed,
so a prankster spoils one terminal's minute and no clerk's day. Wrong tries at one person's password
are counted by themselves, too: whoever knows another one gets no more of them.
"""

from dataclasses import dataclass

FREE_TRIES = 5
FIRST_PAUSE_MS = 1_000
LONGEST_PAUSE_MS = 60_000
PIN_TRIES = 5
"""After so many wrong PINs the password is asked for."""


@dataclass(frozen=True, slots=True)
class Tries:
    """Tries that have not been right yet, and the hall's clock at the last of them."""

    count: int = 0
    last_ms: int = 0


def pause_ms(count: int) -> int:
    """How long nobody may try after so many tries; doubles up to a minute."""
    if count < FREE_TRIES:
        return 0
    return min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << min(count - FREE_TRIES, 16))


def left_ms(tries: Tries, now_ms: int) -> int:
    """How long it still takes until the next try; never longer than the pause, whatever the clock did."""
    return max(0, pause_ms(tries.count) - max(0, now_ms - tries.last_ms))


def rebased(tries: Tries, now_ms: int) -> Tries:
    """The same tries on a clock that now shows less: the pause begins anew instead of growing."""
    return tries if tries.last_ms <= now_ms else Tries(tries.count, now_ms)


def one_more(tries: Tries, now_ms: int) -> Tries:
    """A try that begins now."""
    return Tries(tries.count + 1, now_ms)
