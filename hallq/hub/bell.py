"""Doorbells: who waits for a hall is woken by its commits, also by those of other workers."""

import threading
from collections.abc import Callable, Collection, Mapping

Rung = Callable[[str, int], None]
Look = Callable[[Collection[str]], Mapping[str, int]]

LOOK_SECONDS = 0.3
"""How often the positions are looked at, for the commits of other workers."""

_ASKED_FOR_SECONDS = 60.0


class Bell:
    """The newest position of each hall that this worker has seen, and who wants to know."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._changed = threading.Condition()
        self._newest: dict[str, int] = {}
        self._asked_for: dict[str, float] = {}
        self._listeners: list[Rung] = []

    def ring(self, hall: str, position: int) -> None:
        """The hall is at `position`; an older one is no news, and nobody is told one after a newer."""
        with self._changed:
            if position <= self._newest.get(hall, -1):
                return
            self._newest[hall] = position
            self._changed.notify_all()
            for rung in list(self._listeners):
                rung(hall, position)

    def forget(self, hall: str) -> None:
        """The hall's log is another one: a lower position may be news."""
        with self._changed:
            self._newest.pop(hall, None)

    def wait(self, hall: str, position: int, seconds: float) -> int:
        """Wait until the bell has rung for more than `position`; the newest position known."""
        with self._changed:
            self._changed.wait_for(lambda: self._newest.get(hall, 0) > position, seconds)
            return self._newest.get(hall, 0)

    def subscribe(self, rung: Rung) -> Callable[[], None]:
        """Tell `rung` of every news, from any thread, while others wait; what is returned ends it."""
        with self._changed:
            self._listeners.append(rung)

        def end() -> None:
            with self._changed:
                if rung in self._listeners:
                    self._listeners.remove(rung)

        return end

    def asked_for(self, hall: str, now_seconds: float) -> None:
        """Somebody asks for this hall."""
        self._asked_for[hall] = now_seconds

    def in_use(self, now_seconds: float) -> list[str]:
        """The halls that somebody asked for lately."""
        with self._changed:
            late = [h for h, at in list(self._asked_for.items()) if now_seconds - at > _ASKED_FOR_SECONDS]
            for hall in late:
                self._asked_for.pop(hall, None)
            return list(self._asked_for)


class Lookout:
    """A thread that rings for the commits of other workers."""

    def __init__(self, bell: Bell, look: Look, now_seconds: Callable[[], float]) -> None:
        """`look` gives the present positions of halls; it may raise nothing."""
        self._bell, self._look, self._now_seconds = bell, look, now_seconds
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._guard = threading.Lock()

    def start(self) -> None:
        """Begin, once."""
        with self._guard:
            if self._thread is None and not self._ended.is_set():
                self._thread = threading.Thread(target=self._run, name="hub-lookout", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            self.look()

    def look(self) -> None:
        """Ring for every hall in use that has moved."""
        halls = self._bell.in_use(self._now_seconds())
        for hall, position in self._look(halls).items() if halls else ():
            self._bell.ring(hall, position)

    def end(self) -> None:
        """Stop looking."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
