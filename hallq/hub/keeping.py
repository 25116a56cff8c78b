"""What a hub keeps beside the logs of its halls: settings, staff, VIP directories, numbers to call back."""

from pathlib import Path

from hallq.domain.intents import NoteDirectory
from hallq.domain.refusals import Refusal
from hallq.domain.staff import Roster, Staff, StaffChange
from hallq.hub import numbers, settings, staff, vips
from hallq.hub.shapes import Caller
from hallq.hub.sitting import Desk
from hallq.protocol import Snapshot
from hallq.protocol.numbers import NumberAnswer, NumberAsk, NumberHeard, NumberKept
from hallq.protocol.staff import StaffAnswer, StaffAsk
from hallq.protocol.vips import VipPart


class Keeping:
    """A half of the hub. `_home`: the folder of its key, None without one."""

    _desk: Desk
    _home: Path | None

    def settings(self, caller: Caller) -> Snapshot:
        """The newest settings of the hall."""
        return settings.newest(self._desk, caller)

    def publish_settings(self, hall: str, toml: str) -> int:
        """New settings; their version. The present ones again: no new version."""
        return settings.publish(self._desk, hall, toml)

    def staff(self, caller: Caller) -> Snapshot:
        """The hall's staff list, for one of its terminals."""
        return staff.newest(self._desk, caller)

    def ask_staff(self, caller: Caller, asked: StaffAsk) -> StaffAnswer:
        """Change the staff list for somebody at a terminal."""
        return staff.ask(self._desk, caller, asked)

    def roster(self, hall: str) -> Roster:
        """The hall's staff list, for those who keep it."""
        return staff.roster_of(self._desk, hall)

    def change_staff(self, hall: str, person: Staff, change: StaffChange, by: str) -> Refusal | None:
        """Write somebody's entry in the staff list, or say why not."""
        return staff.change(self._desk, hall, person, change, by)

    def vips(self, caller: Caller, have: int, after: str, since: int) -> VipPart:
        """A part of the hall's VIP directory, for one of its terminals."""
        return vips.newest(self._home, caller, have, after, since)

    def note_vips(self, hall: str, deed: NoteDirectory, version: int, by: str) -> None:
        """Put on record what was done with a VIP directory; a version other than 0 flows down."""
        vips.note(self._desk, hall, deed, version, by)

    def keep_number(self, caller: Caller, told: NumberKept) -> NumberHeard:
        """Keep a number to call back until its complaint ends."""
        return numbers.keep(self._desk, self._home, caller, told)

    def number_to_call(self, caller: Caller, asked: NumberAsk) -> NumberAnswer:
        """Show it to who may call back; the look is in the log."""
        return numbers.look(self._desk, self._home, caller, asked)
