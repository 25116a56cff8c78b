"""The doorbell: "the hall is at N", as server-sent events, and nothing else.

Truth is pulled by position; a bell only saves the waiting. Whoever comes (back) is told N at
once, and N is a level, not a pulse: what rang in between is not missed.
"""

import asyncio
import contextlib
import functools
import signal
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sized
from types import FrameType

from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from hallq.hub.desk import Hub
from hallq.hub.web.settings import WebSettings

BELLS_OF_A_DEVICE = 4
"""The newest ones; a fifth ends the oldest, which is most often a line that broke unnoticed."""


GAP_OF_A_BELL_SECONDS = 0.0003
"""A ring costs so much for each bell of the hall, two thirds of it left for what the rings are about."""


class EventStream(StreamingResponse):
    """Server-sent events, ready as bytes: hundreds of bells ring for each event of a hall."""

    media_type = "text/event-stream"

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """No proxy keeps a ring back."""
        super().init_headers({**(headers or {}), "Cache-Control": "no-cache", "X-Accel-Buffering": "no"})


@functools.lru_cache(maxsize=64)
def ring(position: int) -> bytes:
    """The event that tells a position."""
    return b"event: hall\ndata: %d\nid: %d\n\n" % (position, position)


class Listener:
    """One open bell. `company`: all bells of its hall."""

    def __init__(self, device: str, company: Sized) -> None:
        """`device` has a few of them at most."""
        self.device = device
        self._company = company
        self.position = 0
        self.ended = False
        self._rung = asyncio.Event()

    def ring(self, position: int) -> None:
        """On the loop: the hall is at `position`."""
        self.position = position
        self._rung.set()

    async def rings(self, settings: WebSettings) -> AsyncIterator[int | None]:
        """Each new position, those close together as one; None each time a heartbeat is due."""
        told, beat = -1, time.monotonic() + settings.heartbeat_seconds
        while not self.ended:
            await self._news(told, beat - time.monotonic())
            if time.monotonic() >= beat:
                beat = time.monotonic() + settings.heartbeat_seconds
                yield None
            elif self.position != told and not self.ended:
                told = self.position
                yield told
                await asyncio.sleep(
                    max(settings.bell_gap_seconds, GAP_OF_A_BELL_SECONDS * len(self._company))
                )

    async def _news(self, told: int, timeout_seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_seconds):
                while self.position == told and not self.ended:
                    self._rung.clear()
                    await self._rung.wait()

    def end(self) -> None:
        """Let the stream finish."""
        self.ended = True
        self._rung.set()


class Bells:
    """All bells of this process, hung on one subscription to the hub."""

    def __init__(self, hub: Hub) -> None:
        """Nothing rings before `open`."""
        self._hub = hub
        self._halls: dict[str, dict[Listener, None]] = {}  # in the order of their coming
        self._closed = False

    @property
    def count(self) -> int:
        """How many listen."""
        return sum(len(listeners) for listeners in self._halls.values())

    def hang(self) -> Callable[[], None]:
        """On the loop: let the hub ring from now on; what is returned ends that."""
        loop = asyncio.get_running_loop()

        def rung(hall: str, position: int) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._ring, hall, position)

        return self._hub.subscribe(rung)

    def _ring(self, hall: str, position: int) -> None:
        for listener in self._halls.get(hall, ()):
            listener.ring(position)

    @contextlib.asynccontextmanager
    async def listening(self, hall: str, device: str) -> AsyncIterator[Listener]:
        """A bell of the hall, from its present position on."""
        listeners = self._halls.setdefault(hall, {})
        listener = Listener(device, listeners)
        own = [other for other in listeners if other.device == device and not other.ended]
        for oldest in own[: max(0, len(own) + 1 - BELLS_OF_A_DEVICE)]:
            oldest.end()
        listeners[listener] = None
        try:
            # Looked up after it hangs: what rings meanwhile is newer or the same.
            position = await run_in_threadpool(self._hub.last, hall)
            if position > listener.position:
                listener.ring(position)
            if self._closed:
                listener.end()
            yield listener
        finally:
            del listeners[listener]
            if not listeners:
                self._halls.pop(hall, None)

    def close(self) -> None:
        """On the loop: end every bell, those that come later, too."""
        self._closed = True
        for listeners in self._halls.values():
            for listener in listeners:
                listener.end()

    @contextlib.contextmanager
    def ended_by_signals(self) -> Iterator[None]:
        """On the loop: the signal that stops the server ends the bells, which it would wait for."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

        def stopped(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(self.close)
            then = before[signal.Signals(number)]
            if callable(then):
                then(number, frame)

        for number in before:
            signal.signal(number, stopped)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
