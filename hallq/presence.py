"""Who sits in front of this terminal: nobody yet, somebody who signed in, or somebody whose screen is locked.

The rules are in `hallq.domain.permissions` and looked at with each intent; here is only what
somebody sees. Without sign-in everything stays open to whoever sits down.
"""

import asyncio
from typing import ClassVar

from textual import events

from hallq.domain.attendance import PresenceChange
from hallq.domain.config import MINUTE_MS
from hallq.domain.permissions import STAFF_LIST, WORKPLACES
from hallq.domain.staff import Staff
from hallq.domain.views.entry import counter_of
from hallq.hall import Actor, Hall
from hallq.i18n import _
from hallq.reporting import Watch
from hallq.typed_ahead import TypedAhead
from hallq.widgets.notice_line import NoticeLine
from hallq.wording.permissions import for_roles

BOARD = "board"
ENTRY = "entry"
SIGN_IN = "sign-in"
FIRST_LOOK_SECONDS = 1.0
"""The screen is painted first."""
NOBODY = "nobody"
"""A staff id that is on no list: whoever has it may do nothing."""


class Presence(TypedAhead[None]):
    """An app that knows who is here, and leads everybody else to the sign-in."""

    WATCHED: ClassVar = (events.Key, events.Paste, events.MouseDown, events.MouseScrollDown)

    hall: Hall
    actor: Actor
    counter_number: int | None

    def __init__(self, hall: Hall, actor: Actor, *, role: str | None, sign_in: bool) -> None:
        """`sign_in`: whether this terminal asks people who they are, where the hall wants it."""
        self.hall = hall
        self.asks = sign_in and hall.config.staff.sign_in
        self._person: Staff | None = None
        self.is_locked = False
        self.left = ""
        self.wanted = role or ENTRY
        self.actor = actor
        if self.needs_person:
            self.actor = Actor("", actor.terminal, NOBODY)
        self._stands_at: int | None = None
        self._watch = Watch(hall)
        # The first mode from the first moment on: a switch would paint only after a pause.
        self.DEFAULT_MODE = self.first_mode(role)  # type: ignore[misc]  # of this run, not of the class
        super().__init__()

    @property
    def person(self) -> Staff | None:
        """Who signed in, as the staff list has them now: a PIN chosen since then unlocks."""
        if self._person is None:
            return None
        return self.hall.roster.staff.get(self._person.staff_id, self._person)

    @property
    def needs_person(self) -> bool:
        """Whether somebody must sign in first. A hub without a staff list leaves its halls open."""
        return self.asks and (bool(self.hall.roster.staff) or self.hall.joined is None)

    def first_mode(self, role: str | None) -> str:
        """Where this terminal begins."""
        return SIGN_IN if self.needs_person and role != BOARD else role or ENTRY

    def may_go(self, mode: str) -> bool:
        """Whether the person's roles have this workplace."""
        if not self.needs_person or mode not in WORKPLACES:
            return mode != STAFF_LIST
        held = self.hall.roster.roles_of(self.actor.staff)
        return bool(held & WORKPLACES[mode])

    def go_to(self, mode: str) -> None:
        """To a workplace, or first to the sign-in."""
        if mode == BOARD:
            self.switch_mode(BOARD)
        elif self.needs_person and (self.person is None or self.is_locked):
            if not self.is_locked or (self.current_mode == BOARD and self.may_go(mode)):
                self.wanted = mode
            self.switch_mode(SIGN_IN)
        elif self.may_go(mode):
            self.switch_mode(mode)
        else:
            self._refuse(mode)

    def _refuse(self, mode: str) -> None:
        """The workplace is another role's."""
        roles = " ".join(sorted(WORKPLACES[mode]))
        told = _("This is for: {roles}. An admin gives roles: hallq staff roles")
        self.notice(told.format(roles=for_roles(roles)), severity="warning")

    def notice(self, sentence: str, *, severity: str = "information") -> None:
        """Tell the person something."""
        raise NotImplementedError

    # --- in and out --------------------------------------------------------------------

    def on_mount(self) -> None:
        """What a killed program left behind is found a moment later."""
        if self.needs_person:
            self.set_timer(FIRST_LOOK_SECONDS, self._look_for_lost)

    def _look_for_lost(self) -> None:
        self._watch.look_for_lost(self.actor.terminal)

    def signed_in(self, person: Staff) -> None:
        """Somebody sits down: on to where they wanted, or where their roles have them work."""
        self._look_for_lost()
        self._report(PresenceChange.SIGNED_OUT)
        self._person, self.is_locked, self.left = person, False, ""
        self._report(PresenceChange.SIGNED_IN)
        self.actor = Actor(person.number, self.actor.terminal, person.staff_id)
        self._watch.touch()
        own = [mode for mode, roles in WORKPLACES.items() if roles & person.roles]
        mode, self.wanted = self.wanted, ENTRY
        if mode == ENTRY and len(own) == 1:
            mode = own[0]
        here = self._find_counter(person) if mode == "counter" else None
        if self.may_go(mode):
            self.switch_mode(mode)
        else:
            self.switch_mode(ENTRY)
            self._refuse(mode)
        if here is not None:
            told = _(
                "Counter {own} is still open under your number. To work at counter {here}, close it (L)."
            )
            self.notice(told.format(own=self.counter_number, here=here), severity="warning")

    def _find_counter(self, person: Staff) -> int | None:
        """The counter that a clerk has open comes along, or else it is the one where this terminal stands.

        That one, where it is not the clerk's.
        """
        here = self._stands_at or self.counter_number
        own = counter_of(self.hall.state, person.number)
        self.counter_number = own or here
        self._stands_at = here if own not in (None, here) else None
        return self._stands_at

    def stand_here_again(self) -> None:
        """The counter that came along with its clerk is closed: here is this terminal's own."""
        self.counter_number, self._stands_at = self._stands_at or self.counter_number, None

    def unlocked(self) -> None:
        """The same person is back."""
        self.is_locked = False
        self._report(PresenceChange.UNLOCKED)
        self._watch.touch()
        self.switch_mode(self.wanted if self.may_go(self.wanted) else ENTRY)

    def lock(self) -> None:
        """Cover the screen until its person is back; what was begun stays."""
        if self.person is not None and not self.is_locked:
            self.is_locked = True
            self._report(PresenceChange.LOCKED)
            if self.current_mode != BOARD:
                self.wanted = self.current_mode
                self.switch_mode(SIGN_IN)

    def sign_out(self) -> None:
        """Somebody else sits down here."""
        if self.current_mode not in (SIGN_IN, BOARD):
            self.wanted = self.current_mode
        self.left = self.actor.name
        self._nobody_is_here()
        if self.current_mode != SIGN_IN:
            self.switch_mode(SIGN_IN)
        elif (ask_anew := getattr(self.screen, "refresh_all", None)) is not None:
            ask_anew()  # a lock stood there: the next key is the next person's

    def _nobody_is_here(self) -> None:
        self._report(PresenceChange.SIGNED_OUT)
        self._person, self.is_locked = None, False
        self.actor = Actor("", self.actor.terminal, NOBODY)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only somebody who signed in has a screen to lock, and a PIN."""
        if action in ("lock", "set_pin"):
            return self.person is not None and not self.is_locked
        return super().check_action(action, parameters)

    async def on_event(self, event: events.Event) -> None:
        """Whoever presses a key is here."""
        if isinstance(event, self.WATCHED):
            self._watch.touch()
            if not self.is_locked and self._watch.takes_for_gone(self.actor.staff):
                self._report(PresenceChange.TOUCHED)
        await super().on_event(event)

    def look_after_screen(self) -> None:
        """Lock a screen that nobody has touched for as long as the hall says; ask where a list came down."""
        if self.needs_person and not self.actor.staff:
            self._nobody_is_here()
            if self.current_mode != BOARD:
                self.sign_out()
        if self._watch.is_unused(self.hall.config.staff.lock_after_minutes * MINUTE_MS):
            self.lock()
        if not self.is_locked and (change := self._watch.sign()) is not None:
            self._report(change)

    # --- for the roll call ---------------------------------------------------------------

    def _report(self, change: PresenceChange) -> None:
        """Write down what the person here did; nobody is nobody's business."""
        if self.person is not None:
            self._watch.report(self.person, change, self.actor.terminal)

    async def end_presence(self) -> None:
        """The program ends: whoever is here is signed out, before the file is let go of."""
        self._report(PresenceChange.SIGNED_OUT)
        await asyncio.to_thread(self._watch.close)

    # --- actions -----------------------------------------------------------------------

    def action_role_staff(self) -> None:
        """To the staff list."""
        self.go_to(STAFF_LIST)

    def action_lock(self) -> None:
        """Leave the screen for a moment."""
        self.lock()

    def action_set_pin(self) -> None:
        """Another PIN or password for whoever is signed in."""
        ask = getattr(self.screen, "ask_new_secret", None)
        if ask is not None and self.person is not None and not self.is_locked:
            ask()

    def action_help_quit(self) -> None:
        """Ctrl+C ends nothing here: say what does."""
        told = _("Ctrl+Q leaves hallq; the hall goes on.")
        if any(line.display for line in self.screen.query(NoticeLine)):
            self.notice(told)
        else:
            self.notify(told)
