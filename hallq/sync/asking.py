"""Having an intent decided by the hub: the command is on the disk before its first byte leaves."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from hallq.domain.events import Event
from hallq.domain.intents import Intent
from hallq.hall import Actor
from hallq.protocol import Answer, Command, Fault
from hallq.store.entries import from_entry
from hallq.store.joined import OpenCommand
from hallq.sync.file import ChainBroken, TerminalFile
from hallq.sync.line import HubRefused, Line, LineDown, OutcomeUnknown
from hallq.sync.sending import send_own

_NOT_DECIDED = (Fault.BUSY,)
"""After these nobody knows whether the command was carried out."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The hub's decision. `refusal`: the reason's code, empty when carried out; `granted`: a ticket."""

    refusal: str = ""
    facts: dict[str, int | str] = field(default_factory=dict)
    granted: str = ""
    events: tuple[Event, ...] = ()


class Asking:
    """Commands of one terminal's file over one line; any number of programs may ask at once."""

    def __init__(self, file: TerminalFile, line: Line, new_random: Callable[[], str]) -> None:
        """`new_random`: 128 random bits in hexadecimal, for a command's id."""
        self._file = file
        self._line = line
        self._new_random = new_random

    def ask(self, intent: Intent, actor: Actor) -> Decided:
        """Have `intent` decided.

        Raises LineDown when the hub cannot know of it, OutcomeUnknown when it may: then the command
        stays on the disk, and is asked again until it is answered.
        """
        self._file.look()
        command = OpenCommand(
            self._new_random(),
            type(intent).__name__,
            intent.model_dump(mode="json"),
            actor.name,
            actor.terminal,
            self._file.now_ms(),
            actor.staff,
            actor.word,
        )
        self._send_own_first()
        self._file.remember(command)
        return self.repeat(command)

    def _send_own_first(self) -> None:
        """What happened here before comes before what is asked now."""
        try:
            while send_own(self._file, self._line, self._file.joined.session):
                pass
        except (OutcomeUnknown, HubRefused) as error:
            raise LineDown(str(error)) from error  # the command itself never left

    def repeat(self, command: OpenCommand) -> Decided:
        """Send a command that is on the disk, for the first time or again."""
        try:
            answer = self._line.command(self._message(command))
        except LineDown:
            self._file.forget(command.id)
            raise
        except HubRefused as refused:
            if refused.fault in _NOT_DECIDED:
                raise OutcomeUnknown(refused.detail) from refused
            self._file.forget(command.id)
            raise LineDown(str(refused.fault)) from refused
        return self._answered(command, answer)

    def _message(self, command: OpenCommand) -> Command:
        return Command(
            session=self._file.joined.session,
            id=command.id,
            intent=command.intent,
            facts=command.facts,
            actor=command.actor,
            terminal=command.terminal,
            place=self._file.place,
            staff=command.staff,
            word=command.word,
        )

    def _answered(self, command: OpenCommand, answer: Answer) -> Decided:
        try:
            self._file.take_in(answer.page, answered=command.id)
        except ChainBroken as error:
            raise OutcomeUnknown(str(error)) from error
        events = () if answer.refusal else self._brought_about(answer)
        return Decided(answer.refusal, dict(answer.facts), answer.granted, events)

    def _brought_about(self, answer: Answer) -> tuple[Event, ...]:
        """The events of this command: the hub wrote them at once, the last of them at `position`."""
        upto = [e for e in answer.page.entries if e.position <= answer.position]
        if not upto or upto[-1].position != answer.position:
            return ()
        last = upto[-1].event
        if last.device != self._file.joined.device:
            return ()
        one = (last.device, last.incarnation, last.at_ms, last.wall_ms)
        written = itertools.takewhile(
            lambda e: (e.event.device, e.event.incarnation, e.event.at_ms, e.event.wall_ms) == one,
            reversed(upto),
        )
        return tuple(from_entry(e).event for e in reversed(list(written)))
