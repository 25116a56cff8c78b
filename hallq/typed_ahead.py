"""Keys are handled in the order in which they were typed, also around a question that is just opening.

A terminal or a scanner hands over several keys in one moment. Textual gives each to whatever
has the focus in that moment, before the one before it has opened its dialog. Here a key waits

- until the key before it was handled, with all that its handling brought about in the widgets;
- while an action that asks has not brought up its dialog yet, or goes on after an answer;
- while the screen on top is not mounted yet.

Then it goes to what is on top: to the dialog that opened, or, where the action ended without
one, to the screen as typed. A key that had to wait for longer than `PATIENCE_SECONDS` is
dropped: whoever typed it has long looked at the screen again and decided anew.
"""

from collections import deque
from collections.abc import Iterator
from time import monotonic
from typing import TypeVar

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

from hallq.domain.text import harmless

ASKING = "ask"
"""The group of workers that show dialogs; between their dialogs the keys wait."""

PATIENCE_SECONDS = 2.0
LONGEST_PASTE = 10_000
LOOK_AGAIN_SECONDS = 0.004
ROUNDS = 2
"""A key is handled when what its handler posted was handled too: one round for each."""

Answer = TypeVar("Answer")
Typed = events.Key | events.Paste


class TypedAhead(App[Answer]):
    """An app that takes keys and pastes one after the other."""

    def __init__(self) -> None:
        """Nothing typed yet."""
        super().__init__()
        self._typed: deque[Typed] = deque()
        self._handed_over_at: float | None = None
        self._waiting_since: float | None = None
        self._looks_again = False

    async def on_event(self, event: events.Event) -> None:
        """Keys and pastes stand in line; everything else is handled as it comes."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if isinstance(event, events.Paste):  # no field is to show what would draw on the terminal
                event.text = harmless(event.text[:LONGEST_PASTE])
            self._typed.append(event)
            await self._hand_over()
        else:
            await super().on_event(event)

    async def _hand_over(self) -> None:
        """Give out what was typed, as far as it may go now."""
        while self._typed:
            if self._must_wait():
                self._look_again_soon()
                return
            event = self._typed.popleft()
            if monotonic() - event.time > PATIENCE_SECONDS:
                continue
            target = self.focused or self.screen
            self._handed_over_at = monotonic()
            await super().on_event(event)
            self._follow_up(iter(self._way_up(target) * ROUNDS), self._handed_over_at)

    def _must_wait(self) -> bool:
        """Whether the next key has to wait; never for longer than the patience."""
        if self._handed_over_at is None and not self._is_opening():
            self._waiting_since = None
            return False
        now = monotonic()
        self._waiting_since = self._waiting_since or now
        return now - self._waiting_since < PATIENCE_SECONDS

    def _is_opening(self) -> bool:
        """Whether a question is on its way to the person, or its answer on the way back."""
        screen = self.screen
        return not screen.is_mounted or any(
            worker.group == ASKING and not worker.is_finished and worker.node is screen
            for worker in self.workers
        )

    def _look_again_soon(self) -> None:
        if not self._looks_again:
            self._looks_again = True
            # The timer calls from a task of its own; keys are handed over in the app's.
            self.set_timer(LOOK_AGAIN_SECONDS, lambda: self.call_later(self._look_again))

    async def _look_again(self) -> None:
        self._looks_again = False
        await self._hand_over()

    def _way_up(self, target: MessagePump) -> list[MessagePump]:
        """Who may get to see a key that `target` was given, in turn."""
        above = [node for node in getattr(target, "ancestors", ()) if node is not self]
        return [target, *above, self]

    def _follow_up(self, way: Iterator[MessagePump], handed_over_at: float) -> None:
        """Go the key's way behind it, through every queue; at the end it was handled."""
        for pump in way:
            if pump.call_later(self._follow_up, way, handed_over_at):
                return
        self._handled(handed_over_at)

    def _handled(self, handed_over_at: float) -> None:
        if self._handed_over_at == handed_over_at:
            self._handed_over_at = None
            if self._typed:
                self.call_later(self._hand_over)
