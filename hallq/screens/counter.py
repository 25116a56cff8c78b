"""The clerk's screen."""

from textual.app import ComposeResult
from textual.widgets import Static

from hallq.domain.intents import CallNext
from hallq.screens.base import HallScreen


class CounterScreen(HallScreen):
    """Stub being built."""

    PLACE = "counter"

    def compose_body(self) -> ComposeResult:
        yield Static("counter", id="x")

    def allowed(self) -> set[str]:
        return {"likely_next", "why"}

    def likely_label(self) -> str:
        return "Call"

    def action_likely_next(self) -> None:
        self.perform(CallNext(counter=2))
