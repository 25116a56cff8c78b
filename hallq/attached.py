"""What is attached to a terminal: the printer at its desk, the voice of its board.

Both are loaded and begun only where the hall has them, and neither holds up a key.
"""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hallq.domain.devices import Connection, PrinterRule, VoiceMode
from hallq.domain.state import HallState
from hallq.hall import Hall
from hallq.paths import TerminalSettings
from hallq.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from hallq.paper.desk import Loss, PrintDesk
    from hallq.paper.slip import Slip
    from hallq.voice.speaker import Speaker

LAST_SECONDS = 2.0
"""So long a slip that is being sent may take when the program ends."""


class Attached(TypedAhead[None]):
    """An app with a printer and a voice, if there are any."""

    hall: Hall
    printer: "PrintDesk | None" = None
    _speaker: "Speaker | None" = None

    def notice(self, sentence: str, *, severity: str = "information") -> None:
        """Show a sentence."""
        raise NotImplementedError

    def tell(self, what: Callable[..., object], *values: object, **named: object) -> None:
        """Hand over from another thread."""
        raise NotImplementedError

    def attach(self, database: Path, chosen: TerminalSettings | None = None) -> None:
        """Begin with what the settings name, and what this terminal chose for itself."""
        chosen = chosen or TerminalSettings()
        rule = printer_here(self.hall.config.printer, chosen.printer)
        if rule.connection is not Connection.NONE:
            from hallq.paper.desk import PrintDesk

            self.printer = PrintDesk(rule, on_loss=self._slip_lost)
        mode = VoiceMode(chosen.voice or self.hall.config.voice.mode)
        if mode is not VoiceMode.OFF:
            self._attach_voice(database, mode)

    def _attach_voice(self, database: Path, mode: VoiceMode) -> None:
        from hallq.sync.election import Election
        from hallq.voice.engines import engine_here
        from hallq.voice.speaker import Speaker

        rule = self.hall.config.voice.model_copy(update={"mode": mode})
        engine = engine_here() if mode is VoiceMode.SPEECH else None
        self._speaker = Speaker(rule, Election(database, "voice"), engine, lambda: self.tell(self.bell))
        self._speaker.start()

    def speak_of(self, state: HallState) -> None:
        """The calls that are new; only a board's are heard. From the thread that follows the hall."""
        if self._speaker is not None:
            self._speaker.follow(state, aloud=self.current_mode == "board")

    async def detach(self) -> None:
        """End both; a slip that is being sent may come out."""
        threads: list[threading.Thread] = []
        for attached in (self.printer, self._speaker):
            if attached is not None and attached.is_alive():
                attached.stop()
                threads.append(attached)
        for thread in threads:
            await asyncio.to_thread(thread.join, LAST_SECONDS)

    def _slip_lost(self, slip: "Slip", loss: "Loss") -> None:
        from hallq.paper.desk import Loss
        from hallq.wording import printer

        words = printer.not_taken if loss is Loss.NOT_TAKEN else printer.broken_off
        self.tell(self.notice, words(slip.name), severity="warning")


def printer_here(rule: PrinterRule, chosen: str | None) -> PrinterRule:
    """The hall's printer at this terminal: another address of the same kind, or none."""
    if chosen == Connection.NONE:
        return rule.model_copy(update={"connection": Connection.NONE})
    return rule.model_copy(update={"address": chosen}) if chosen else rule
