"""The frame of every hall screen: top line, body, notice line, key bar; and the way to the hall.

A screen says what may be done now (`allowed`) and paints itself from the frozen state;
the frame carries intents to the hall in a worker thread and brings the outcome back.
"""

import time
from collections.abc import Callable
from typing import ClassVar, TypeVar, cast

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container

from hallq.domain.config import HallConfig
from hallq.domain.intents import Intent, OpenDay
from hallq.domain.state import HallState
from hallq.hall import Done, Hall, Refused
from hallq.i18n import _
from hallq.keys import Action, action_of_key, actions_of, bindings_of
from hallq.messages import Performed, StoreFailed
from hallq.screens.covering import Coverable
from hallq.screens.dialogs.confirm import ConfirmDialog
from hallq.screens.host import HallHost
from hallq.typed_ahead import ASKING
from hallq.widgets.key_bar import KeyBar
from hallq.widgets.notice_line import Hint, NoticeLine
from hallq.widgets.top_line import TopLine
from hallq.wording import times
from hallq.wording.refusals import refusal_sentence

Answer = TypeVar("Answer")


class HallScreen(Coverable):
    """Base of the screens of the hall."""

    PLACE: ClassVar[str] = "all"
    AUTO_FOCUS = ""

    _painted: HallState | None = None
    _hint = Hint()

    def __init_subclass__(cls) -> None:
        """The bindings of a screen come from the table of actions."""
        cls.BINDINGS = list(bindings_of(cls.PLACE))
        super().__init_subclass__()

    @property
    def host(self) -> HallHost:
        """The app, as far as a screen may know it."""
        return cast("HallHost", self.app)

    @property
    def hall(self) -> Hall:
        """The hall."""
        return self.host.hall

    @property
    def state(self) -> HallState:
        """The newest state seen."""
        return self.hall.state

    @property
    def config(self) -> HallConfig:
        """The hall's settings."""
        return self.hall.config

    # --- frame -------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Top line, body, notice line, key bar."""
        yield TopLine()
        with Container(id="body"):
            yield from self.compose_body()
        yield NoticeLine()
        yield KeyBar()

    def compose_body(self) -> ComposeResult:
        """The widgets of this screen."""
        return iter(())

    def on_mount(self) -> None:
        """Follow the hall: repaint on every change and every second."""
        self.watch(self.app, "state", self._follow_state, init=False)
        self.watch(self.app, "beat", self._follow, init=False)
        self.watch(self.app, "shown_language", self._follow, init=False)

    def on_screen_resume(self) -> None:
        """Back on top: show the present, the keys first."""
        self.refresh_all()
        self.paint_now(self.query_one(KeyBar))

    def on_screen_suspend(self) -> None:
        """Under a dialog: its keys work now, and stand in it."""
        self.query_one(KeyBar).rest()

    def keep_still(self, still: bool) -> None:
        """The keys go first, and only they."""
        bar = self.query_one(KeyBar)
        if still and bar.rest():
            self.paint_now(bar)
        super().keep_still(still)

    def _follow(self) -> None:
        if self.is_current:
            self.refresh_all()

    def _follow_state(self) -> None:
        """What this screen wrote itself is painted when its outcome comes: not again after it."""
        if self.state is not self._painted:
            self._follow()

    def refresh_all(self) -> None:
        """Repaint everything from the newest state."""
        now_ms = self.hall.now_ms()
        self._painted = self.state
        self.paint(now_ms)
        self.query_one(TopLine).paint(self.hall, self.place_words(), self.host.actor, now_ms)
        if self.is_active:
            self.query_one(KeyBar).paint(self.visible_actions(), self.likely_label())
        self.query_one(NoticeLine).tell(*self._hint.over(self.host.present_notice()))

    def paint(self, now_ms: int) -> None:
        """Repaint the body; `now_ms` on the hall's clock."""

    def place_words(self) -> str:
        """Where I am, for the top line."""
        return ""

    # --- what can be done --------------------------------------------------------------

    def allowed(self) -> set[str]:
        """The names of this screen's actions that work now."""
        return set()

    def likely_label(self) -> str:
        """What the space bar does now, translated; empty when nothing."""
        return ""

    def visible_actions(self) -> list[Action]:
        """The actions for the key bar, likely next first."""
        allowed = self.allowed()
        return [action for action in actions_of(self.PLACE) if action.name in allowed]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can't be done now is neither shown nor carried out."""
        if any(known.name == action for known in actions_of(self.PLACE)):
            return action in self.allowed()
        return super().check_action(action, parameters)

    def why_not(self, action: Action) -> str:
        """Why a key does nothing now, in one short sentence; empty to stay silent."""
        return ""

    def on_key(self, event: events.Key) -> None:
        """A key of this screen that does nothing now says why, for a moment."""
        action = action_of_key(self.PLACE, event.key)
        if action is None or action.name in self.allowed() or not self.is_active:
            return
        if sentence := self.why_not(action):
            self._hint = Hint(sentence, self.host.present_notice(), time.monotonic())
            self.query_one(NoticeLine).tell(sentence, "hint")

    @work(group=ASKING)
    async def open_day(self, date: str) -> None:
        """Open the business day; one that was closed already only after a yes."""
        if date in self.state.series:
            title = _("Open {date} again?").format(date=times.day(date))
            question = _("This business day was closed. Its numbers and counts go on.")
            if not await self.answer_to(ConfirmDialog(title, question, _("Open the day"))):
                return
        self.perform(OpenDay(business_date=date))

    # --- intents -----------------------------------------------------------------------

    def perform(self, *intents: Intent, then: Callable[[Done], None] | None = None) -> None:
        """Carry out intents one after the other, off the screen's thread; the first no ends it."""
        self._perform(intents, then)

    @work(thread=True, group="hall", exit_on_error=False)
    def _perform(self, intents: tuple[Intent, ...], then: Callable[[Done], None] | None) -> None:
        for intent in intents:
            try:
                outcome = self.hall.perform(intent, self.host.actor)
            except Exception as error:
                self.post_message(StoreFailed(intent, self.host.report_trouble(error)))
                return
            self.post_message(Performed(intent, outcome))
            if isinstance(outcome, Refused):
                return
        if then is not None and isinstance(outcome, Done):
            self.app.call_from_thread(then, outcome)

    def ask(
        self,
        question: Callable[[], Answer],
        then: Callable[[Answer], None],
        failed: Callable[[], None] | None = None,
    ) -> None:
        """Put a question that may take time off the screen's thread: `then` gets the answer."""
        self._ask(question, then, failed)

    @work(thread=True, group="hall", exit_on_error=False)
    def _ask(
        self,
        question: Callable[[], Answer],
        then: Callable[[Answer], None],
        failed: Callable[[], None] | None,
    ) -> None:
        try:
            answer = question()
        except Exception as error:
            sentence = self.host.report_trouble(error)
            self.app.call_from_thread(lambda: self.host.notice(sentence, severity="error"))
            if failed is not None:
                self.app.call_from_thread(failed)
            return
        self.app.call_from_thread(then, answer)

    def on_performed(self, message: Performed) -> None:
        """Show the outcome: the new state, or why not."""
        outcome = message.outcome
        if isinstance(outcome, Refused):
            self.host.notice(refusal_sentence(outcome.refusal), severity="warning")
            self.refused(message.intent, outcome)
        else:
            self.done(message.intent, outcome)
        self.refresh_all()

    def on_store_failed(self, message: StoreFailed) -> None:
        """Nothing was kept; say what to do."""
        self.host.notice(message.sentence, severity="error")
        self.refresh_all()

    def done(self, intent: Intent, outcome: Done) -> None:
        """What this screen does after a success."""

    def refused(self, intent: Intent, outcome: Refused) -> None:
        """What this screen does after a no."""
