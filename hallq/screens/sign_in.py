"""The sign-in: the first admin of a new hall, somebody who sits down, somebody whose screen was locked."""

import secrets
from collections.abc import Mapping
from typing import cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from hallq import hashing
from hallq.domain.secrets_rules import LONGEST_PIN, SHORTEST_PIN, password_weakness
from hallq.domain.staff import LONGEST_NAME, Role, Staff, StaffChange
from hallq.domain.text import plain
from hallq.domain.views.entry import entry_view
from hallq.hall import Actor, Refused
from hallq.hall.reception import No
from hallq.i18n import _, language
from hallq.keys import Action
from hallq.screens.base import HallScreen
from hallq.screens.host import StaffHost
from hallq.typed_ahead import ASKING
from hallq.widgets.big_text import BigText
from hallq.widgets.form import Form, Line
from hallq.wording.entry import hall_status
from hallq.wording.refusals import refusal_sentence
from hallq.wording.sign_in import (
    AGAIN,
    NAME,
    NUMBER,
    PASSWORD,
    PIN,
    first_admin_lines,
    keys_hint,
    question,
    sign_in_lines,
    unlock_lines,
)
from hallq.wording.staff import no_sentence, password_fault


class SignInScreen(HallScreen):
    """Number and password; behind a lock the PIN is enough."""

    PLACE = "sign-in"
    CSS_PATH = "sign_in.tcss"
    AUTO_FOCUS = "Form"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]  # noqa: RUF012 - Textual's own declaration

    hall_name = query_one("#sign-in-hall", Static)
    status = query_one("#sign-in-status", Static)
    asked = query_one("#sign-in-question", Static)
    form = query_one(Form)
    said = query_one("#sign-in-said", Static)
    hint = query_one("#sign-in-hint", Static)

    _says = ""
    _is_busy = False

    @property
    def staff_host(self) -> StaffHost:
        """The app, as far as this screen may know it."""
        return cast("StaffHost", self.app)

    @property
    def is_first(self) -> bool:
        """Whether the hall has nobody on its staff list yet."""
        return not self.hall.roster.staff

    def compose_body(self) -> ComposeResult:
        """The program, the hall, the question, the lines, what was wrong."""
        with Vertical(id="sign-in-middle"):
            yield BigText("hallq", max_width=60, max_height=6)
            yield Static(id="sign-in-hall", markup=False)
            yield Static(id="sign-in-status", markup=False)
            yield Static(id="sign-in-question", markup=False)
            yield Form(is_centred=True)
            yield Static(id="sign-in-said", markup=False)
            yield Static(id="sign-in-hint", markup=False)

    def paint(self, now_ms: int) -> None:
        """Show what is asked."""
        view = entry_view(self.state, self.config)
        self.hall_name.update(view.hall.in_language(language()))
        self.status.update(hall_status(view))
        person, is_locked = self.staff_host.person, self.staff_host.is_locked
        number = person.number if person else ""
        self.asked.update(question(number, is_first=self.is_first, is_locked=is_locked))
        if self.is_first:
            lines = first_admin_lines()
        elif is_locked and person:
            lines = unlock_lines(has_pin=bool(person.pin_hash))
        else:
            lines = sign_in_lines()
        self.form.paint([Line(*line) for line in lines])
        self.said.update(_("Checking…") if self._is_busy else self._says)
        self.said.set_class(self._is_busy, "-busy")
        self.hint.update(keys_hint(self.staff_host.left, is_locked=is_locked))

    def on_screen_suspend(self) -> None:
        """Nothing of what was typed stays for the next one; under a question it does."""
        super().on_screen_suspend()
        if self.app.current_mode != self.PLACE:
            self._says = ""
            self.form.start_over()

    def allowed(self) -> set[str]:
        """Nobody works here: there is the way out, but not for who finds a locked screen."""
        return set() if self.staff_host.is_locked else {"leave_program"}

    def visible_actions(self) -> list[Action]:
        """As long as Escape is the way back, the line under the question says so."""
        return [] if self.staff_host.left else super().visible_actions()

    def action_leave_program(self) -> None:
        """End this terminal; first the way back for whoever made room for the next person by mistake."""
        if not self.staff_host.left:
            self.ask_to_leave()
            return
        self.form.fill(NUMBER, self.staff_host.left)
        self.staff_host.left = ""
        self.refresh_all()

    # --- what was typed ----------------------------------------------------------------

    @on(Form.Entered)
    def look_at(self, event: Form.Entered) -> None:
        """Have it looked at, by what this screen asks."""
        values = dict(event.values)
        if self._is_busy:
            return
        if self.is_first and (fault := self._fault(values)):
            line, sentence = fault
            self.form.clear_secrets()
            self.form.go_to(line)
            self._say(sentence)
            return
        self._is_busy = True
        self.refresh_all()
        self._look_at(values)

    @staticmethod
    def _fault(values: Mapping[str, str]) -> tuple[str, str] | None:
        """Which line of a first admin has to be typed again, and why."""
        number = plain(values[NUMBER], LONGEST_NAME)
        if not number or " " in number:
            return NUMBER, _("A staff number is one word of letters and digits.")
        if weakness := password_weakness(values[PASSWORD], number, values[NAME]):
            return PASSWORD, password_fault(weakness)
        if values[PASSWORD] != values[AGAIN]:
            return PASSWORD, _("The two passwords are not the same.")
        return None

    @work(thread=True, group=ASKING, exit_on_error=False)
    def _look_at(self, values: Mapping[str, str]) -> None:
        """Keys wait meanwhile: they belong to what comes after."""
        try:
            found = self._found(values)
        except Exception as error:
            found = self.host.report_trouble(error)
        self.app.call_from_thread(self._answered, found)

    def _found(self, values: Mapping[str, str]) -> Staff | str:
        """Who it is, or why not."""
        terminal, person = self.host.actor.terminal, self.staff_host.person
        if self.is_first:
            return self._first_admin(values, terminal)
        typed = values[PASSWORD]
        if not (self.staff_host.is_locked and person):
            found = self.hall.reception.sign_in(values[NUMBER], typed, terminal)
            return no_sentence(found) if isinstance(found, No) else found
        if person.pin_hash and typed.isdigit() and SHORTEST_PIN <= len(typed) <= LONGEST_PIN:
            found = self.hall.reception.unlock(person.staff_id, typed, terminal)
            return no_sentence(found, PIN) if isinstance(found, No) else found
        found = self.hall.reception.sign_in(person.number, typed, terminal)
        return no_sentence(found, PASSWORD) if isinstance(found, No) else found

    def _first_admin(self, values: Mapping[str, str], terminal: str) -> Staff | str:
        number, name = plain(values[NUMBER], LONGEST_NAME), plain(values[NAME], LONGEST_NAME)
        roles = frozenset({Role.ADMIN, Role.MANAGER})
        person = Staff(
            secrets.token_hex(8), number, name, roles, password_hash=hashing.hashed(values[PASSWORD])
        )
        outcome = self.hall.change_staff(person, StaffChange.ADDED, Actor(number, terminal))
        return refusal_sentence(outcome.refusal) if isinstance(outcome, Refused) else person

    def _answered(self, found: Staff | str) -> None:
        self._is_busy = False
        if isinstance(found, str):
            self.form.clear_secrets()
            self._say(found)
        elif self.staff_host.is_locked:
            self.staff_host.unlocked()
        else:
            self.staff_host.signed_in(found)
            if len(self.hall.roster.staff) == 1:
                self.host.notice(_("Next: put your colleagues on the staff list (F11)."))

    def _say(self, sentence: str) -> None:
        self._says = sentence
        self.refresh_all()
