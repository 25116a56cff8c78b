"""The notice line: the newest notice above the key bar, which it never covers."""

import time
from dataclasses import dataclass, field

from textual.widgets import Static

NOTICE_SECONDS = 8.0
HINT_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person was told. `shown_at`: the time on the hall's wall."""

    shown_at: str
    sentence: str
    severity: str
    told_at: float = field(default_factory=time.monotonic)

    @property
    def is_fresh(self) -> bool:
        """Whether it still stands on the line."""
        return time.monotonic() - self.told_at <= NOTICE_SECONDS


@dataclass(frozen=True, slots=True)
class Hint:
    """Why a key did nothing: shown for a moment, never kept. `covers`: the notice it was shown over."""

    sentence: str = ""
    covers: tuple[str, str] = ("", "")
    told_at: float = 0.0

    def over(self, notice: tuple[str, str]) -> tuple[str, str]:
        """What the line shows now: this hint while it is fresh, unless a newer notice came."""
        fresh = self.sentence and time.monotonic() - self.told_at < HINT_SECONDS
        covered = notice in (self.covers, ("", ""))
        return (self.sentence, "hint") if fresh and covered else notice


class NoticeLine(Static):
    """One line that is empty most of the time."""

    DEFAULT_CSS = """
    NoticeLine { height: auto; max-height: 2; min-height: 1; padding: 0 1; color: $foreground; }
    NoticeLine.-hint { color: $quiet; text-style: bold; }
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
        glyph = {"warning": "▲ ", "error": "✖ ", "hint": "· "}.get(severity, "")
        self.update(f"{glyph}{sentence}" if sentence else "")
        self.set_class(severity == "hint" and bool(sentence), "-hint")
        self.set_class(severity == "warning" and bool(sentence), "-warning")
        self.set_class(severity == "error" and bool(sentence), "-error")
