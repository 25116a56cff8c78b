"""The small screen at a counter on which customers rate: five large digits, and a thank-you.

It stands in a customer's reach, so it has no other screens, no palette, and five keys.
"""

import contextlib
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Static

from hallq import theming
from hallq.domain.intents import RateVisit
from hallq.domain.ratings import BEST
from hallq.domain.state import HallState
from hallq.domain.views.rating import to_rate
from hallq.domain.words import Words
from hallq.follower import Follower
from hallq.hall import Actor, Done, Hall
from hallq.logs import journal
from hallq.widgets.big_text import BigText
from hallq.wording.rating import LATER, QUESTION, SCORES, THANKS, WELCOME, counter_line

BEATS_A_SECOND = 4
THANKS_SECONDS = 3
DIGIT_CELLS, DIGIT_ROWS = 8, 5


class ScoreKey(Vertical):
    """One of the five steps: a large digit with its word; a touch is a key, too."""

    DEFAULT_CSS = """
    ScoreKey { width: 1fr; max-width: 16; height: auto; align-horizontal: center; }
    ScoreKey > .score-words { width: 100%; text-align: center; }
    ScoreKey:hover { background: $panel; }
    """

    class Touched(Message):
        """Somebody touched the step."""

        def __init__(self, score: int) -> None:
            """Which one."""
            super().__init__()
            self.score = score

    def __init__(self, score: int) -> None:
        """Draw it."""
        super().__init__()
        self._score = score

    def compose(self) -> ComposeResult:
        """The digit over its words."""
        yield BigText(str(self._score), max_width=DIGIT_CELLS, max_height=DIGIT_ROWS)
        yield Static(_both(SCORES[self._score]), classes="score-words", markup=False)

    def on_click(self) -> None:
        """A touch."""
        self.post_message(self.Touched(self._score))


class RatingPad(App[None]):
    """Asks for a few seconds after each visit of one counter."""

    TITLE = "hallq"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(score), f"rate({score})", show=False) for score in range(1, BEST + 1)
    ]
    CSS = """
    Screen { align: center middle; background: $background; overflow: hidden; }
    #pad-head { dock: top; height: 1; width: 100%; text-align: center; color: $quiet; }
    #pad-said { width: 100%; height: auto; text-align: center; text-style: bold; color: $accent; }
    #pad-keys { width: 100%; height: auto; margin-top: 1; align-horizontal: center; }
    #pad-keys.-off { display: none; }
    """

    head = query_one("#pad-head", Static)
    said = query_one("#pad-said", Static)
    keys = query_one("#pad-keys", Horizontal)

    def __init__(self, hall: Hall, terminal: str, counter: int, *, theme: str | None = None) -> None:
        """Stand at `counter` of `hall`."""
        super().__init__()
        self.hall = hall
        self.counter = counter
        self._actor = Actor(f"rating-{counter}", terminal)
        for known in theming.load_themes().themes:
            self.register_theme(known)
        self.theme = theme if theme in self.available_themes else theming.DEFAULT_THEME
        self._seen = (hall.state.counter(counter).left_ticket, 0)
        self._thanked_until_ms = 0
        self._answer = THANKS
        self._is_sending = False
        self._follower = Follower(
            hall, Actor("hallq", terminal), on_change=self._changed, on_trouble=self._trouble_met
        )

    def compose(self) -> ComposeResult:
        """The counter, what is asked, five steps."""
        yield Static(id="pad-head", markup=False)
        with Vertical(id="pad-body"):
            yield Static(id="pad-said", markup=False)
            with Horizontal(id="pad-keys"):
                yield from (ScoreKey(score) for score in range(1, BEST + 1))

    def on_mount(self) -> None:
        """Follow the hall."""
        self.query_one("#pad-body").styles.height = "auto"
        self.set_interval(1 / BEATS_A_SECOND, self.paint)
        self.paint()
        self._follower.start()

    async def on_unmount(self) -> None:
        """End the thread that follows the hall, before the hall's file is let go of."""
        await self._follower.ended()

    def _changed(self, state: HallState) -> None:
        with contextlib.suppress(RuntimeError):  # the program is ending
            self.call_from_thread(self.paint)

    def _trouble_met(self, error: Exception) -> None:
        journal().warning("rating-pad", error=type(error).__name__)

    # --- painting ----------------------------------------------------------------------

    def asked(self) -> str | None:
        """The ticket that may be rated now."""
        counter, now_ms = self.hall.state.counter(self.counter), self.hall.now_ms()
        if counter.left_ticket != self._seen[0]:
            self._seen = (counter.left_ticket, now_ms)
        return to_rate(counter, self.hall.config.rating, now_ms, self._seen[1])

    def paint(self) -> None:
        """Ask, thank or welcome."""
        if not self.is_running:  # its widgets are going
            return
        ticket = self.asked()
        is_thanking = self._is_sending or self.hall.now_ms() < self._thanked_until_ms
        is_asking = ticket is not None and not is_thanking
        label = self.hall.state.counter(self.counter).left_label or ""
        self.head.update(counter_line(self.counter, label if is_asking else ""))
        self.said.update(_both(self._answer if is_thanking else QUESTION if is_asking else WELCOME))
        self.keys.set_class(not is_asking, "-off")

    # --- keys --------------------------------------------------------------------------

    def on_score_key_touched(self, message: ScoreKey.Touched) -> None:
        """A touch is a key."""
        self.action_rate(message.score)

    def action_rate(self, score: int) -> None:
        """Take the rating, if one is asked for; once."""
        ticket = self.asked()
        if ticket is not None and not self._is_sending:
            self._is_sending, self._answer = True, THANKS
            self.paint()
            self._send(RateVisit(at_counter=self.counter, ticket_id=ticket, score=score))

    @work(thread=True, group="hall", exit_on_error=False)
    def _send(self, intent: RateVisit) -> None:
        try:
            is_taken = isinstance(self.hall.perform(intent, self._actor), Done)
        except Exception as error:
            self._trouble_met(error)
            is_taken = False
        with contextlib.suppress(RuntimeError):
            self.call_from_thread(partial(self._sent, is_taken=is_taken))

    def _sent(self, *, is_taken: bool) -> None:
        self._is_sending = False
        self._answer = THANKS if is_taken else LATER
        self._thanked_until_ms = self.hall.now_ms() + THANKS_SECONDS * 1000
        self.paint()

    def action_help_quit(self) -> None:
        """Ctrl+C does nothing here; Ctrl+Q ends the program."""


def _both(words: Words) -> str:
    return f"{words.zh}\n{words.en}"
