"""The doorbell: "the hall is at N", as server-sent events, and nothing else.

Truth is pulled by position; a bell only saves the waiting. Whoever comes (back) is told N at
once, and N is a level, not a pulse: what rang in between is not missed.
"""

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import AsyncIterator

from fastapi.concurrency import run_in_threadpool

from hallq.hub.desk import Hub
from hallq.logs import journal

BELLS_OF_A_DEVICE = 4
"""The newest ones; a fifth ends the oldest, which is most often a line that broke unnoticed."""
_LOOK_SECONDS = 1.0


class _Tower:
    """One hall's position and all who listen; a thread of its own waits for the hub."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.position = 0
        self.listeners: set[Listener] = set()

    def ring(self, position: int) -> None:
        """On the loop: tell everybody."""
        self.position = position
        for listener in self.listeners:
            listener.rung.set()


class Listener:
    """One open bell."""

    def __init__(self, tower: _Tower, device: str) -> None:
        """`device` has a few of them at most."""
        self.device = device
        self.rung = asyncio.Event()
        self.ended = False
        self._tower = tower

    async def next(self, told: int, timeout_seconds: float) -> int:
        """The hall's position once it is another than `told`; `told` again when the time is over."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_seconds):
                while self._tower.position == told and not self.ended:
                    self.rung.clear()
                    await self.rung.wait()
        return self._tower.position

    def end(self) -> None:
        """Let the stream finish."""
        self.ended = True
        self.rung.set()


class Bells:
    """All bells of this process: one waiting thread for each hall that somebody listens to."""

    def __init__(self, hub: Hub) -> None:
        """Nothing runs until somebody listens."""
        self._hub = hub
        self._towers: dict[str, _Tower] = {}
        self._guard = threading.Lock()
        self._closed = False

    @property
    def open(self) -> int:
        """How many listen."""
        with self._guard:
            return sum(len(tower.listeners) for tower in self._towers.values())

    @contextlib.asynccontextmanager
    async def listening(self, hall: str, device: str) -> AsyncIterator[Listener]:
        """A bell of the hall, from its present position on."""
        position = await run_in_threadpool(self._hub.last, hall)
        listener = self._join(hall, device, position)
        try:
            yield listener
        finally:
            with self._guard:
                listener._tower.listeners.discard(listener)

    def _join(self, hall: str, device: str, position: int) -> Listener:
        with self._guard:
            tower = self._towers.get(hall)
            fresh = tower is None
            if tower is None:
                tower = self._towers[hall] = _Tower(asyncio.get_running_loop())
            tower.position = max(tower.position, position)
            listener = Listener(tower, device)
            own = deque(other for other in tower.listeners if other.device == device and not other.ended)
            tower.listeners.add(listener)
        if fresh:
            threading.Thread(target=self._wait, args=(hall, tower), name=f"bell {hall}", daemon=True).start()
        while len(own) >= BELLS_OF_A_DEVICE:
            own.popleft().end()
        if self._closed:
            listener.end()
        return listener

    def _wait(self, hall: str, tower: _Tower) -> None:
        told = tower.position
        while self._wanted(hall, tower):
            try:
                position = self._hub.wait_after(hall, told, _LOOK_SECONDS)
            except Exception as error:  # the database is away: those who listen poll anyway
                journal().warning("bell-silent", hall=hall, error=type(error).__name__)
                threading.Event().wait(_LOOK_SECONDS)
                continue
            if position != told:
                told = position
                with contextlib.suppress(RuntimeError):  # the loop has ended
                    tower.loop.call_soon_threadsafe(tower.ring, position)

    def _wanted(self, hall: str, tower: _Tower) -> bool:
        with self._guard:
            if tower.listeners and not self._closed:
                return True
            del self._towers[hall]
            return False

    def close(self) -> None:
        """End every bell; called on the loop."""
        with self._guard:
            self._closed = True
            listeners = [one for tower in self._towers.values() for one in tower.listeners]
        for listener in listeners:
            listener.end()
