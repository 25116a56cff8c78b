"""The key bar: the keys that work now, the likely next one first and brightest."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from hallq.i18n import _
from hallq.keys import Action, key_name


class KeyBar(Static):
    """One line, two on narrow screens; what does not fit is left to the help screen."""

    DEFAULT_CSS = """
    KeyBar { height: auto; max-height: 2; min-height: 1; background: $panel; padding: 0 1; }
    """

    _bar: Content | None = None

    def paint(self, actions: Sequence[Action], likely: str) -> None:
        """Show the actions; `likely` is what the space bar does now."""
        parts: list[Content] = []
        for action in actions:
            is_likely = action.keys == "space"
            if is_likely and not likely:
                continue
            label = likely if is_likely else _(action.label)
            style = "bold $background on $accent" if is_likely else "bold $accent"
            parts.append(
                Content.assemble((f" {_(key_name(action.keys))} ", style), (f" {label}  ", "$foreground"))
            )
        bar = Content.assemble(*self._fitting(parts))
        if self._bar is None or not bar.is_same(self._bar):
            # A new layout of the whole screen is worth it only when a line comes or goes.
            lines_differ = self._bar is None or bar.plain.count("\n") != self._bar.plain.count("\n")
            self.update(bar, layout=lines_differ)
            self._bar = bar

    def rest(self) -> bool:
        """Show no keys, in as many lines: those of a dialog count now. Whether that is news."""
        if self._bar is None or not self._bar.plain.strip():
            return False
        self._bar = Content("\n" * self._bar.plain.count("\n"))
        self.update(self._bar, layout=False)
        return True

    def _fitting(self, parts: list[Content]) -> list[Content]:
        """As many as two lines hold; never a key cut in half."""
        width = max(20, self.content_size.width or self.app.size.width - 2)
        kept: list[Content] = []
        line, used = 1, 0
        for part in parts:
            length, needed = cell_len(part.plain), cell_len(part.plain.rstrip())
            if used + needed > width:
                if line == 2:
                    break
                kept.append(Content("\n"))
                line, used = 2, 0
            kept.append(part if used + length <= width else part.rstrip())
            used += length
        return kept
