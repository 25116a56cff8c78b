"""Where events come from: one run of a program, its names and its clocks."""

import secrets
from collections.abc import Callable, Sequence

from hallq.clock import Reading
from hallq.domain.events import Event, Recorded
from hallq.hall.results import Actor


def random_incarnation() -> str:
    """128 random bits in hexadecimal."""
    return secrets.token_hex(16)


class Origin:
    """Names everything that this run writes: an incarnation, counted on."""

    def __init__(self, new_incarnation: Callable[[], str]) -> None:
        """A new incarnation for each run."""
        self.incarnation = new_incarnation()
        self._seq = 0
        self._given_ids = 0

    def fresh_id(self) -> str:
        """Unique by the incarnation's random bits, and in order, which keeps a call's pages few."""
        self._given_ids += 1
        return f"{self.incarnation}{self._given_ids:08x}"

    def recorded(
        self, events: Sequence[Event], *, after: int, at_ms: int, reading: Reading, actor: Actor, device: str
    ) -> list[Recorded]:
        """The events in their envelopes, at the positions that follow `after`."""
        recorded = []
        for step, event in enumerate(events, start=1):
            self._seq += 1
            recorded.append(
                Recorded(
                    position=after + step,
                    at_ms=at_ms,
                    wall_ms=reading.wall_ms,
                    boot_id=reading.boot_id,
                    boot_ms=reading.boot_ms,
                    terminal=actor.terminal,
                    incarnation=self.incarnation,
                    seq=self._seq,
                    actor=actor.name,
                    event=event.signed_by(actor.staff, actor.word),
                    device=device,
                )
            )
        return recorded
