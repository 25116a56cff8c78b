"""The notice line: the newest notice above the key bar, which it never covers."""

from textual.widgets import Static


class NoticeLine(Static):
    """One line that is empty most of the time."""

    DEFAULT_CSS = """
    NoticeLine { height: auto; max-height: 2; min-height: 1; padding: 0 1; color: $foreground; }
    NoticeLine.-warning { background: $warning 20%; color: $warning; text-style: bold; }
    NoticeLine.-error { background: $error 25%; color: $error; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._told = ("", "")

    def tell(self, sentence: str, severity: str) -> None:
        """Show a notice; an empty sentence clears the line."""
        if (sentence, severity) == self._told:
            return
        self._told = (sentence, severity)
        glyph = {"warning": "▲ ", "error": "✖ "}.get(severity, "")
        self.update(f"{glyph}{sentence}" if sentence else "")
        self.set_class(severity == "warning" and bool(sentence), "-warning")
        self.set_class(severity == "error" and bool(sentence), "-error")
