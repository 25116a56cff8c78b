"""Whose tokens were good lately, so that a request need not look its caller up before its work does.

What is remembered proves nothing by itself: the work's own transaction looks at the device's row
again (`devices.of_caller`), and a token that was revoked or replaced meanwhile is refused there.
"""

import threading
from collections import OrderedDict

from hallq.hub.shapes import Caller

_MOST = 8_192


class Callers:
    """Callers by hall and token's hash."""

    def __init__(self) -> None:
        """Nobody has come yet."""
        self._guard = threading.Lock()
        self._known: OrderedDict[tuple[str, str], Caller] = OrderedDict()

    def get(self, hall: str, token_hash: str) -> Caller | None:
        """Who came with this token before, and was let in."""
        with self._guard:
            return self._known.get((hall, token_hash))

    def put(self, caller: Caller) -> None:
        """Whom the database has recognised."""
        with self._guard:
            self._known[caller.hall, caller.token_hash] = caller
            if len(self._known) > _MOST:
                self._known.popitem(last=False)

    def forget(self, caller: Caller) -> None:
        """The database refused it."""
        with self._guard:
            self._known.pop((caller.hall, caller.token_hash), None)
