"""The frame of every hall screen: top line, body, notice line, key bar.

A screen says what may be done now (`allowed`) and paints itself from the frozen state;
how intents get to the hall is in `hallq.screens.performing`.
"""

import time
from collections.abc import Awaitable, Callable
from functools import partial
from typing import ClassVar, ParamSpec

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container

from hallq.domain.intents import OpenDay
from hallq.domain.state import HallState
from hallq.i18n import _
from hallq.keys import Action, action_of_key, actions_of, bindings_of
from hallq.screens.dialogs.confirm import ConfirmDialog
from hallq.screens.signing import Signing
from hallq.typed_ahead import ASKING
from hallq.widgets.key_bar import KeyBar
from hallq.widgets.notice_line import Hint, NoticeLine
from hallq.widgets.top_line import TopLine
from hallq.wording import times

Given = ParamSpec("Given")


class HallScreen(Signing):
    """Base of the screens of the hall."""

    PLACE: ClassVar[str] = "all"
    AUTO_FOCUS = ""

    _painted: HallState | None = None
    _hint = Hint()

    def __init_subclass__(cls) -> None:
        """The bindings of a screen come from the table of actions."""
        cls.BINDINGS = list(bindings_of(cls.PLACE))
        super().__init_subclass__()

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
            self.refresh_keys()
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
        """A key of this screen that does nothing now says why, until the next key or for a moment."""
        if self._hint.sentence:
            self._hint = Hint()
            self.query_one(NoticeLine).tell(*self.host.present_notice())
        action = action_of_key(self.PLACE, event.key)
        if action is None or action.name in self.allowed() or not self.is_active:
            return
        if sentence := self.why_not(action):
            self._hint = Hint(sentence, self.host.present_notice(), time.monotonic())
            self.query_one(NoticeLine).tell(sentence, "hint")

    # --- questions of every screen ---------------------------------------------------------

    def asking(
        self, question: Callable[Given, Awaitable[None]], *given: Given.args, **named: Given.kwargs
    ) -> None:
        """Begin a question: keys that are typed until its dialog is there wait for it."""
        self.run_worker(partial(question, *given, **named), group=ASKING)

    def refresh_keys(self) -> None:
        """The key bar follows the cursor."""
        self.query_one(KeyBar).paint(self.visible_actions(), self.likely_label())

    @work(group=ASKING)
    async def ask_to_leave(self) -> None:
        """End this terminal; in an open hall after a yes, since Esc is what goes back everywhere else."""
        question = _("The hall is open and goes on without this terminal.")
        if not self.state.is_open or await self.answer_to(ConfirmDialog(_("End here?"), question, _("End"))):
            self.app.exit()

    @work(group=ASKING)
    async def open_day(self, date: str) -> None:
        """Open the business day; one that was closed already only after a yes."""
        if date in self.state.series:
            title = _("Open {date} again?").format(date=times.day(date))
            question = _("This business day was closed. Its numbers and counts go on.")
            if not await self.answer_to(ConfirmDialog(title, question, _("Open the day"))):
                return
        self.perform(OpenDay(business_date=date))
