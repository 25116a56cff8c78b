"""Tells customers' managers that a VIP has come: posts to a service, and nobody waits for it."""

import json
import queue
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass

import urllib3

from hallq.logs import journal

MOST_WAITING = 50
AGAIN_AFTER_SECONDS = (2.0, 10.0)
"""A message that was not taken is posted again after these pauses, and then given up."""

_GOOD = range(200, 300)


@dataclass(frozen=True, slots=True)
class Message:
    """Everything that leaves the hall: who is waited for where, and nothing of who it is."""

    hall: str
    ticket: str
    tier: str
    manager: str


class Webhook(threading.Thread):
    """Posts one message after the other."""

    def __init__(
        self,
        address: str,
        timeout_seconds: float,
        *,
        on_loss: Callable[[Message], None],
        again_after_seconds: tuple[float, ...] = AGAIN_AFTER_SECONDS,
    ) -> None:
        """`on_loss` is called from this thread with a message that was not taken."""
        super().__init__(daemon=True, name="hallq-webhook")
        self._address = address
        self._timeout = urllib3.Timeout(total=timeout_seconds)
        self._on_loss = on_loss
        self._again_after_seconds = again_after_seconds
        self._waiting: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._ends = threading.Event()

    def send(self, message: Message) -> bool:
        """Take a message; False where too many wait."""
        if self._waiting.qsize() >= MOST_WAITING:
            return False
        self._waiting.put(message)
        return True

    def stop(self) -> None:
        """End when what waits was posted once."""
        self._ends.set()
        self._waiting.put(None)

    def run(self) -> None:
        """Post until told to stop."""
        # Nothing is followed to another address, and nothing is tried again behind our back.
        with urllib3.PoolManager(retries=False, timeout=self._timeout) as pool:
            while (message := self._waiting.get()) is not None:
                if not self._is_taken(pool, message):
                    self._on_loss(message)

    def _is_taken(self, pool: urllib3.PoolManager, message: Message) -> bool:
        if self._posted(pool, message):
            return True
        for pause_seconds in self._again_after_seconds:
            if self._ends.wait(pause_seconds):
                return False
            if self._posted(pool, message):
                return True
        return False

    def _posted(self, pool: urllib3.PoolManager, message: Message) -> bool:
        body = json.dumps(asdict(message), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        try:
            answer = pool.request(
                "POST", self._address, body=body, headers=headers, redirect=False, preload_content=False
            )
            answer.release_conn()
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            journal().warning("webhook", error=type(error).__name__)
            return False
        if answer.status not in _GOOD:
            journal().warning("webhook", status=answer.status)
        return answer.status in _GOOD
