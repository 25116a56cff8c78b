"""The app: one hall, one screen for each workplace, one signal for every change.

It follows the hall from one thread (what other programs wrote, what the clock brings
about) and tells the screens; it decides nothing.
"""

import contextlib
import sys
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.reactive import var
from textual.screen import ModalScreen, Screen

from hallq import theming
from hallq.attached import Attached
from hallq.domain.state import HallState
from hallq.follower import Follower
from hallq.hall import Actor, Hall
from hallq.i18n import _, other_language, set_language
from hallq.keys import actions_of, bindings_of
from hallq.logs import journal, log_path
from hallq.presence import ENTRY, SIGN_IN, Presence
from hallq.screens.covering import Coverable, Dialog
from hallq.store import StoreError
from hallq.widgets.notice_line import Notice, NoticeLine
from hallq.wording import times
from hallq.wording.troubles import trouble_sentence

KEPT_NOTICES = 200


def _lazily(module: str, name: str) -> Callable[[], Screen[None]]:
    def make() -> Screen[None]:
        screen: Screen[None] = getattr(import_module(f"hallq.screens.{module}"), name)()
        return screen

    return make


class HallApp(Attached, Presence):
    """hallq in a terminal."""

    TITLE = "hallq"
    CSS_PATH = "hallq.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("all")]
    MODES: ClassVar = {
        "guide": _lazily("guide", "GuideScreen"),
        "counter": _lazily("counter", "CounterScreen"),
        "board": _lazily("board", "BoardScreen"),
        "manager": _lazily("manager", "ManagerScreen"),
        "staff": _lazily("staff", "StaffScreen"),
        "entry": _lazily("entry", "EntryScreen"),
        SIGN_IN: _lazily("sign_in", "SignInScreen"),
    }
    ENABLE_COMMAND_PALETTE = True

    state: var[HallState | None] = var(None, init=False)
    beat: var[int] = var(0, init=False)
    shown_language: var[str] = var("", init=False)

    def __init__(
        self,
        hall: Hall,
        actor: Actor,
        *,
        role: str | None = None,
        counter: int | None = None,
        theme: str | None = None,
        sign_in: bool = False,
    ) -> None:
        """Show `hall` to `actor`; without a role it is asked for. `sign_in`: whether people sign in."""
        super().__init__(hall, actor, role=role, sign_in=sign_in)
        self.counter_number = counter
        self.notices: deque[Notice] = deque(maxlen=KEPT_NOTICES)
        loaded = theming.load_themes()
        self._our_themes = [theme.name for theme in loaded.themes]
        for theme_file in loaded.themes:
            self.register_theme(theme_file)
        self._theme_faults = loaded.faults
        preferred = theming.BOARD_THEME if role == "board" else theming.DEFAULT_THEME
        self.theme = theme if theme in self.available_themes else preferred
        self._follower = Follower(
            hall,
            Actor("hallq", actor.terminal),
            on_change=self._state_changed,
            on_trouble=self._trouble_met,
        )

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """hallq's variables for Textual's own themes."""
        return dict(theming.VARIABLE_DEFAULTS)

    def on_mount(self) -> None:
        """Tell what was found on the way here, follow the hall."""
        for fault in self._theme_faults:
            self.notice(fault, severity="warning")
        self.set_interval(1.0, self._next_beat)
        self._follower.start()

    async def on_unmount(self) -> None:
        """End the thread that follows the hall, before the hall's file is let go of."""
        self._follower.stop()
        await self.detach()
        await self.end_presence()
        await self._follower.ended()

    def _next_beat(self) -> None:
        self.beat += 1
        self.look_after_screen()

    def _state_changed(self, state: HallState) -> None:
        self.speak_of(state)
        self.tell(setattr, self, "state", state)

    def _trouble_met(self, error: Exception) -> None:
        self.tell(self.notice, self.report_trouble(error), severity="error")

    def tell(self, what: Callable[..., object], *values: object, **named: object) -> None:
        """Hand over from another thread to the screen's, unless the app is going away."""
        if not self._follower.is_stopping:
            with contextlib.suppress(RuntimeError):
                self.call_from_thread(what, *values, **named)

    # --- notices -----------------------------------------------------------------------

    def notice(self, sentence: str, *, severity: str = "information") -> None:
        """Show a sentence on the notice line and keep it in the list."""
        self.notices.append(Notice(self._shown_time(), sentence, severity))
        for line in self.screen.query(NoticeLine):
            line.tell(*self.present_notice())

    def present_notice(self) -> tuple[str, str]:
        """(sentence, severity) of the newest notice while it is fresh, or two empty texts."""
        newest = self.notices[-1] if self.notices else None
        return (newest.sentence, newest.severity) if newest and newest.is_fresh else ("", "")

    def _shown_time(self) -> str:
        day = self.hall.state.day
        shown_ms = self.hall.now_ms() + day.clock_offset_ms if day else self.hall.wall_ms()
        return times.clock(shown_ms, self.hall.config.zone_info)

    def report_trouble(self, error: Exception) -> str:
        """The sentence for a fault; an unexpected one is also logged."""
        if isinstance(error, StoreError):
            return trouble_sentence(error)
        journal().error("unexpected", error=type(error).__name__, exc_info=error)
        sentence = _("Something unexpected went wrong: nothing was saved. Details: {file}")
        return sentence.format(file=log_path())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: the actions that work now, from the one table of actions."""
        place = getattr(screen, "PLACE", "all")
        for action in (*actions_of(place), *(actions_of("all") if place != "all" else ())):
            if all(node.check_action(action.name, ()) is not False for node in (screen, self)):
                command = partial(self._run_from_palette, action.name)
                yield SystemCommand(_(action.label), _(action.help), command)
        yield SystemCommand(_("Quit"), _("End this terminal; the hall goes on"), self.action_quit)

    def action_command_palette(self) -> None:
        """All commands, with words of this language."""
        if not isinstance(self.screen, ModalScreen):
            self.push_screen(CommandPalette(placeholder=_("Search commands")))

    async def _run_from_palette(self, name: str) -> None:
        owner = self if hasattr(self, f"action_{name}") else self.screen
        await self.run_action(name, owner)

    # --- actions of all screens ----------------------------------------------------------

    def _go(self, role: str) -> None:
        """To a workplace; from the first screen as its digits do, the name typed there with it."""
        if self.current_mode != ENTRY or not self.may_go(role):
            self.go_to(role)
        elif (choose := getattr(self.screen, "choose", None)) is not None:
            choose(role)

    def action_change_person(self) -> None:
        """Back to the question who is here and in which role."""
        if self.needs_person:
            self.sign_out()
        else:
            self.switch_mode("entry")

    def action_role_guide(self) -> None:
        """To the guide's screen."""
        self._go("guide")

    def action_role_counter(self) -> None:
        """To the counter's screen; from there, to another counter."""
        ask_counter = getattr(self.screen, "ask_counter", None)
        if ask_counter is not None:
            ask_counter()
        else:
            self._go("counter")

    def action_role_board(self) -> None:
        """To the board."""
        self._go("board")

    def action_role_manager(self) -> None:
        """To the manager's screen."""
        self._go("manager")

    def action_next_theme(self) -> None:
        """The next of hallq's themes."""
        place = self._our_themes.index(self.theme) if self.theme in self._our_themes else -1
        self.theme = self._our_themes[(place + 1) % len(self._our_themes)]

    def action_switch_language(self) -> None:
        """Chinese to English and back, while running."""
        set_language(other_language())
        self.shown_language = other_language()
        self.refresh_bindings()

    def action_notices(self) -> None:
        """The list of notices; not for who finds a locked screen."""
        if self.needs_person and (self.person is None or self.is_locked):
            return
        from hallq.screens.dialogs.notices import NoticesDialog

        self._push_once(NoticesDialog(tuple(self.notices)))

    def action_help(self) -> None:
        """The keys of this screen."""
        from hallq.screens.dialogs.help import HelpDialog

        self._push_once(HelpDialog(getattr(self.screen, "PLACE", "all")))

    def _push_once(self, dialog: Dialog[None]) -> None:
        """No dialog over a dialog: what is asked there comes first."""
        if isinstance(self.screen, Coverable):
            self.screen.show(dialog)

    def _fatal_error(self) -> None:
        """No traceback with what people typed in it: a sentence on the screen, the rest in the log."""
        error = sys.exc_info()[1]
        sentence = self.report_trouble(error if isinstance(error, Exception) else RuntimeError())
        self.panic(sentence)
