"""What is attached to a terminal: the printer at its desk, the voice of its board, the word to managers.

They are loaded and begun only where the hall has them, and none holds up a key.
"""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hallq.domain.devices import Connection, PrinterRule, PrinterState, VoiceMode, VoiceRule
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket
from hallq.hall import Hall
from hallq.paths import TerminalSettings
from hallq.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from hallq.paper.desk import Loss, PrintDesk
    from hallq.paper.slip import Slip
    from hallq.voice.speaker import Speaker
    from hallq.webhook import Message, Webhook

LAST_SECONDS = 2.0
"""So long a slip that is being sent may take when the program ends."""


class Attached(TypedAhead[None]):
    """An app with a printer and a voice, if there are any."""

    hall: Hall
    _database: Path | None = None
    _printer_rule: PrinterRule | None = None
    _voice_rule: VoiceRule | None = None
    _printer: "PrintDesk | None" = None
    _speaker: "Speaker | None" = None
    _webhook: "Webhook | None" = None

    def notice(self, sentence: str, *, severity: str = "information") -> None:
        """Show a sentence."""
        raise NotImplementedError

    def tell(self, what: Callable[..., object], *values: object, **named: object) -> None:
        """Hand over from another thread."""
        raise NotImplementedError

    def attach(self, database: Path, chosen: TerminalSettings | None = None) -> None:
        """Have what the settings name, and what this terminal chose for itself."""
        chosen, config = chosen or TerminalSettings(), self.hall.config
        self._database = database
        self._printer_rule = config.printer.here(chosen.printer)
        self._voice_rule = config.voice.here(chosen.voice)

    @property
    def printer(self) -> "PrintDesk | None":
        """The printer; loaded when a screen first asks for it."""
        rule = self._printer_rule
        if self._printer is None and rule is not None and rule.connection is not Connection.NONE:
            from hallq.paper.desk import PrintDesk

            self._printer = PrintDesk(rule, on_loss=self._slip_lost, on_wait=self._slip_waits)
        return self._printer

    @property
    def slip_folder(self) -> Path | None:
        """Where slips are saved without a printer: beside the hall's file."""
        return self._database.with_name("slips") if self._database else None

    def speak_of(self, state: HallState) -> None:
        """The calls that are new; only a board's are heard. From the thread that follows the hall."""
        is_board, rule = self.current_mode == "board", self._voice_rule
        if self._speaker is None and is_board and rule is not None and rule.mode is not VoiceMode.OFF:
            self._speaker = self._begun(rule)
        if self._speaker is not None:
            self._speaker.follow(state, aloud=is_board)

    def _begun(self, rule: VoiceRule) -> "Speaker | None":
        from hallq.election import Election
        from hallq.voice.engines import engine_here
        from hallq.voice.speaker import Speaker

        if self._database is None:
            return None
        engine = engine_here() if rule.mode is VoiceMode.SPEECH else None
        speaker = Speaker(rule, Election(self._database, "voice"), engine, lambda: self.tell(self.bell))
        speaker.start()
        return speaker

    def tell_manager(self, ticket: Ticket, manager: str) -> None:
        """Post to the hall's webhook, if it has one; what is not taken is said here."""
        config, rule = self.hall.config, self.hall.config.vip
        if not rule.webhook or self._database is None:
            return
        from hallq.webhook import Message, Webhook

        if self._webhook is None:
            self._webhook = Webhook(rule.webhook, rule.timeout_seconds, on_loss=self._message_lost)
            self._webhook.start()
        hall = config.hall.name.in_language(config.hall.language)
        message = Message(hall, ticket.label, ticket.tier.value, manager)
        if not self._webhook.send(message):
            self._message_lost(message)

    async def detach(self) -> None:
        """End them; a slip or message that is being sent may arrive."""
        threads: list[threading.Thread] = []
        for attached in (self._printer, self._speaker, self._webhook):
            if attached is not None and attached.is_alive():
                attached.stop()
                threads.append(attached)
        for thread in threads:
            await asyncio.to_thread(thread.join, LAST_SECONDS)

    def _message_lost(self, message: "Message") -> None:
        from hallq.wording.vip import not_told_words

        words = not_told_words(message.ticket, message.manager)
        self.call_later(self.notice, words, severity="warning")

    def _slip_waits(self, slip: "Slip", state: PrinterState) -> None:
        """Where numbers are given, the screen itself says how the printer is."""
        from hallq.paper.booking import BOOKING_END
        from hallq.paper.visit import KEY_END
        from hallq.wording import printer

        if slip.key.endswith(KEY_END):
            self.tell(self.notice, printer.visit_waits(slip.name, state), severity="warning")
        elif slip.key.endswith(BOOKING_END):
            self.tell(self.notice, printer.booking_waits(slip.name, state), severity="warning")

    def _slip_lost(self, slip: "Slip", loss: "Loss") -> None:
        from hallq.paper.booking import BOOKING_END
        from hallq.paper.desk import Loss
        from hallq.paper.visit import KEY_END
        from hallq.wording import printer

        if slip.key.endswith(KEY_END):
            words = printer.visit_lost
        elif slip.key.endswith(BOOKING_END):
            words = printer.booking_lost
        else:
            words = printer.not_taken if loss is Loss.NOT_TAKEN else printer.broken_off
        self.tell(self.notice, words(slip.name), severity="warning")
