"""Help: the keys of one screen, from the table of actions."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from hallq.i18n import _
from hallq.keys import CHOOSING, actions_of, key_name
from hallq.screens.covering import Dialog
from hallq.widgets.cells import right

KEY_CELLS = 6


class HelpDialog(Dialog[None]):
    """A table of keys; any of the closing keys ends it."""

    DEFAULT_CSS = "HelpDialog #help-foot { dock: bottom; color: $quiet; background: $surface; }"
    BINDINGS = [Binding("escape,space,enter,f8,q", "dismiss", show=False)]  # noqa: RUF012

    def __init__(self, place: str) -> None:
        """Show the keys of `place` and those of all screens."""
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        """Title and one line for each key."""
        with VerticalScroll(classes="dialog"):
            yield Static(_("Keys"), classes="dialog-title", markup=False)
            places = (self._place, "all") if self._place != "all" else ("all",)
            lines = [
                right(_(keys), KEY_CELLS) + "  " + _(words)
                for place, keys, words in CHOOSING
                if place == self._place
            ]
            lines += [
                right(_(key_name(action.keys)), KEY_CELLS) + "  " + _(action.help)
                for place in places
                for action in actions_of(place)
                if self.app.check_action(action.name, ()) is not False
            ]
            yield Static("\n".join(lines), markup=False)
            # Docked: on a small terminal the list is longer than the screen.
            foot = _("↑ ↓ scroll · Esc closes · Ctrl+P all commands · Ctrl+Q quits")
            yield Static(foot, id="help-foot", markup=False)
