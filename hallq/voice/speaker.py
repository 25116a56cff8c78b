"""The thread that makes calls heard: one after the other, and one program for each hall's file.

A recall is a call of its own. One that was withdrawn, missed or answered before its turn came
is not said any more. Where no program can speak, or it fails, the terminal's bell rings.
"""

import subprocess
import threading
from collections import deque
from collections.abc import Callable

from hallq.domain.devices import VoiceMode, VoiceRule
from hallq.domain.state import HallState, RecentCall
from hallq.domain.tickets import TicketState
from hallq.domain.views.board import CallKey, call_key, standing_calls
from hallq.election import Election
from hallq.logs import journal
from hallq.voice.engines import Engine, SpeechError, finish
from hallq.voice.phrases import phrase


class Speaker(threading.Thread):
    """Says each new call. `follow` never waits."""

    def __init__(
        self, rule: VoiceRule, place: Election, engine: Engine | None, ring: Callable[[], None]
    ) -> None:
        """`place`: what only one program of a file may hold; `ring`: called from this thread."""
        super().__init__(daemon=True, name="hallq-voice")
        self._rule = rule
        self._place = place
        self._engine = engine if rule.mode is VoiceMode.SPEECH else None
        self._ring = ring
        self._news = threading.Condition()
        self._calls: deque[RecentCall] = deque()
        self._known: frozenset[CallKey] | None = None
        self._state: HallState | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = False

    def follow(self, state: HallState, *, aloud: bool) -> None:
        """Look for new calls; `aloud`: whether this terminal is one that speaks now.

        What was called before the first look is nobody's news.
        """
        with self._news:
            known = self._known
            new = [c for c in standing_calls(state) if known is not None and call_key(c) not in known]
            self._known = frozenset(map(call_key, state.recent_calls))
            self._state = state
            if aloud:
                self._calls.extend(reversed(new))
                self._news.notify()

    def stop(self) -> None:
        """End now, in the middle of a word."""
        with self._news:
            self._stopping = True
            self._news.notify()
            if self._process is not None:
                self._process.kill()

    def run(self) -> None:
        """Say what is to be said, until told to stop."""
        try:
            while (call := self._next()) is not None:
                if self._may_speak() and self._still_stands(call):
                    self._say(call)
        finally:
            self._place.leave()

    def _next(self) -> RecentCall | None:
        with self._news:
            while not self._calls and not self._stopping:
                self._news.wait()
            return None if self._stopping else self._calls.popleft()

    def _may_speak(self) -> bool:
        """Another program of this file may be the one that speaks."""
        try:
            return self._place.try_take()
        except OSError:  # no file can be made beside the hall's: then nobody else has one either
            return True

    def _still_stands(self, call: RecentCall) -> bool:
        with self._news:
            ticket = self._state.tickets.get(call.ticket_id) if self._state else None
            return ticket is not None and ticket.state is TicketState.CALLED and ticket.calls == call.calls

    def _say(self, call: RecentCall) -> None:
        if self._engine is None:
            self._ring()
            return
        for language in self._rule.languages * self._rule.times:
            try:
                self._speak(self._engine, phrase(call.label, call.counter, language, self._rule), language)
            except SpeechError as error:
                if not self._stopping:
                    journal().warning("speech", error=str(error))
                    self._ring()
                return

    def _speak(self, engine: Engine, sentence: str, language: str) -> None:
        with self._news:
            if self._stopping:
                return
            process = self._process = engine.start(language, self._rule.volume_percent)
        try:
            finish(process, sentence)
        finally:
            with self._news:
                self._process = None
