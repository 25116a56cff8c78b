"""Carrying intents to the hall: off the screen's thread, with the outcome brought back.

A deed that needs a manager's word asks for it here, at the same terminal, and is done then.
"""

import dataclasses
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from textual import work

from hallq.domain.config import HallConfig
from hallq.domain.intents import Intent
from hallq.domain.refusals import Reason
from hallq.domain.staff import Role
from hallq.domain.state import HallState
from hallq.hall import Done, Hall, Refused
from hallq.hall.reception import No
from hallq.i18n import _
from hallq.messages import Performed, StoreFailed, WordNeeded
from hallq.screens.covering import Coverable
from hallq.screens.dialogs.form import FormDialog
from hallq.screens.host import HallHost
from hallq.typed_ahead import ASKING
from hallq.wording.refusals import refusal_sentence
from hallq.wording.sign_in import NUMBER, PASSWORD, word_lines
from hallq.wording.staff import no_sentence

Answer = TypeVar("Answer")


class Performing(Coverable):
    """The half of a screen that acts."""

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

    def refresh_all(self) -> None:
        """Repaint everything from the newest state."""

    # --- intents -----------------------------------------------------------------------

    def perform(self, *intents: Intent, then: Callable[[Done], None] | None = None) -> None:
        """Carry out intents one after the other, off the screen's thread; the first no ends it."""
        self._perform(intents, then)

    @work(thread=True, group="hall", exit_on_error=False)
    def _perform(
        self, intents: tuple[Intent, ...], then: Callable[[Done], None] | None, word: str = ""
    ) -> None:
        """`word`: the manager's id under the first of them."""
        for place, intent in enumerate(intents):
            actor = dataclasses.replace(self.host.actor, word="" if place else word)
            try:
                outcome = self.hall.perform(intent, actor)
            except Exception as error:
                self.post_message(StoreFailed(intent, self.host.report_trouble(error)))
                return
            if isinstance(outcome, Refused) and outcome.refusal.reason is Reason.NEEDS_WORD:
                self.post_message(WordNeeded(intents[place:], outcome, then))
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

    @work(group=ASKING)
    async def on_word_needed(self, message: WordNeeded) -> None:
        """Ask for a manager's number and password; without them it stays undone."""
        sentence = refusal_sentence(message.outcome.refusal)
        word = await self.answer_to(FormDialog(_("A manager's word"), sentence, word_lines(), self._manager))
        if word is None:
            self.post_message(Performed(message.intents[0], message.outcome))
        else:
            self._perform(message.intents, message.then, word)

    def _manager(self, values: Mapping[str, str]) -> tuple[str, str]:
        """(id of the manager, empty) or (empty, why not); from the dialog's thread."""
        try:
            terminal = self.host.actor.terminal
            number, password = values[NUMBER], values[PASSWORD]
            found = self.hall.reception.sign_in(number, password, terminal, Role.MANAGER)
        except Exception as error:
            return "", self.host.report_trouble(error)
        return ("", no_sentence(found)) if isinstance(found, No) else (found.staff_id, "")

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
