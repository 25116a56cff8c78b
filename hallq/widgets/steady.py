"""Text in a room whose size the style sheet gives: new words ask for no layout, the same ones for nothing."""

from textual.content import Content
from textual.widgets import Static


class Steady(Static):
    """A Static to be told again and again; almost always the same."""

    _said: Content | None = None

    def __init__(self, *, id: str | None = None) -> None:
        """Nothing said yet."""
        super().__init__(id=id, markup=False)

    def say(self, words: str | Content, *, layout: bool = False) -> None:
        """Show `words`, as they are. `layout`: the room is as wide as they are."""
        content = words if isinstance(words, Content) else Content(words)
        if self._said is None or not content.is_same(self._said):
            self._said = content
            self.update(content, layout=layout)
