"""The thread that follows the hall: what other programs wrote, and what the clock brings about."""

import asyncio
import threading
from collections.abc import Callable
from functools import partial

from hallq.domain.intents import KeepHouse
from hallq.domain.state import HallState
from hallq.hall import Actor, Hall

FOLLOW_SECONDS = 0.1
HOUSEKEEPING_EVERY = 10
"""Every so many looks the clock's own doings are carried out."""
PATIENCE_SECONDS = 6.0
"""A little longer than a write waits for others; then the program ends all the same."""
FORGETTING_EVERY_MS = 12 * 60 * 60 * 1000
"""Customers of ended visits are forgotten within a day, also where nobody closes the business day."""


class Follower(threading.Thread):
    """Looks until told to stop; whatever goes wrong, the next look comes."""

    def __init__(
        self,
        hall: Hall,
        actor: Actor,
        *,
        on_change: Callable[[HallState], None],
        on_trouble: Callable[[Exception], None],
    ) -> None:
        """`on_change` and `on_trouble` are called from this thread; a trouble that stays, once."""
        super().__init__(daemon=True, name="hallq-follower")
        self._hall = hall
        self._actor = actor
        self._on_change = on_change
        self._on_trouble = on_trouble
        self._stop_wanted = threading.Event()
        self._last_troubles: dict[str, str] = {}

    def stop(self) -> None:
        """End after the look that runs."""
        self._stop_wanted.set()
        self._hall.news.set()

    async def ended(self) -> None:
        """Stop, and wait until it is over: in a thread, since it may have to tell something to this loop."""
        self.stop()
        if self.is_alive():
            await asyncio.to_thread(self.join, PATIENCE_SECONDS)

    @property
    def is_stopping(self) -> bool:
        """Whether it was told to end."""
        return self._stop_wanted.is_set()

    def run(self) -> None:
        """Look ten times a second, and when there is news; keep house about every second."""
        looks, forgotten_ms = 0, 0
        shown: HallState | None = None
        while not self.is_stopping:
            self._hall.news.wait(FOLLOW_SECONDS)
            self._hall.news.clear()
            if self.is_stopping:
                return
            looks += 1
            self._try("refresh", self._hall.refresh)
            if looks % HOUSEKEEPING_EVERY == 0:
                self._try("housekeeping", lambda: self._hall.perform(KeepHouse(), self._actor))
            if self._hall.now_ms() - forgotten_ms >= FORGETTING_EVERY_MS:
                forgotten_ms = self._hall.now_ms()
                self._try("forgetting", self._hall.forget_visitors)
            if self._hall.state is not shown:
                shown = self._hall.state
                self._try("change", partial(self._on_change, shown))

    def _try(self, what: str, look: Callable[[], object]) -> None:
        try:
            look()
        except Exception as error:
            if self._last_troubles.get(what) != repr(error):
                self._on_trouble(error)
            self._last_troubles[what] = repr(error)
        else:
            self._last_troubles.pop(what, None)
