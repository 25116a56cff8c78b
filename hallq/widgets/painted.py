"""A widget that paints lines of text into the room it has, and only when something changed."""

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from hallq.i18n import language


class Painted(Widget):
    """Base: `show` takes frozen values, `lines` paints them for a width and a height.

    Its size comes from the style sheet alone, so a repaint never moves its neighbours,
    and values that are equal to the last ones cost no repaint at all.
    """

    DEFAULT_CSS = """
    Painted { text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Nothing to show yet."""
        super().__init__(id=id, classes=classes)
        self._shown: tuple[object, ...] = ()

    def changed(self, *values: object) -> bool:
        """Whether there is something new to show, the language included; asks for a repaint if so."""
        shown = (*values, language())
        if shown == self._shown:
            return False
        self._shown = shown
        self.refresh()
        return True

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """The lines, for so many cells."""
        return ()

    def render(self) -> Content:
        """As many lines as there is room for."""
        width, height = self.content_size
        return Content("\n").join(list(self.lines(width, height))[:height])
