"""Who works in the hall: numbers, roles, and the rules of the staff list.

The list travels as a versioned whole and never through the log: events name people by an
opaque id and by their number, so a name can be forgotten while the log stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from hallq.domain.words import Model

LONGEST_NAME = 20
"""So many characters of a number or a name are kept."""


class Role(StrEnum):
    """What a person may do in the hall; one person may have several."""

    CLERK = "clerk"
    GUIDE = "guide"
    MANAGER = "manager"
    ADMIN = "admin"


class StaffChange(StrEnum):
    """What became of somebody's entry in the staff list."""

    ADDED = "added"
    ROLES = "roles"
    PASSWORD = "password"
    PIN = "pin"
    DISABLED = "disabled"
    ENABLED = "enabled"
    RECOVERED = "recovered"


class StaffRule(Model):
    """How the hall signs its staff in, and what a guide may give without a manager.

    `lock_after_minutes`: 0 never locks. `priority_by_hand`: per guide and business day.
    `roll_call_minutes`: so long before the opening everybody is to be here. `absence_minutes`: an open
    counter that nobody touches for so long is told to the manager.
    """

    sign_in: bool
    lock_after_minutes: Annotated[float, Field(ge=0, le=24 * 60)]
    priority_by_hand: Annotated[int, Field(ge=0, le=10_000)]
    roll_call_minutes: Annotated[int, Field(ge=0, le=24 * 60)]
    absence_minutes: Annotated[float, Field(gt=0, le=24 * 60)]

    @property
    def absence_ms(self) -> int:
        """From when on nobody at an open counter is an absence."""
        return round(self.absence_minutes * 60_000)

    @property
    def sign_ms(self) -> int:
        """So often a screen that is touched says so."""
        return self.absence_ms // 2

    @property
    def silence_ms(self) -> int:
        """Whoever is here says something within that time; else nobody knows where they are."""
        return self.absence_ms + self.sign_ms


@dataclass(frozen=True, slots=True)
class Staff:
    """One person. The hashes are of a password and a PIN; an empty one opens nothing."""

    staff_id: str
    number: str
    name: str
    roles: frozenset[Role]
    is_active: bool = True
    password_hash: str = field(default="", repr=False)
    pin_hash: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Roster:
    """The staff list. `version` grows with each change; 0 is a hall that never had one."""

    version: int = 0
    staff: Mapping[str, Staff] = field(default_factory=dict)

    @staticmethod
    def of(staff: Iterable[Staff], version: int = 1) -> "Roster":
        """The list of these people."""
        return Roster(version, {person.staff_id: person for person in staff})

    def numbered(self, number: str) -> Staff | None:
        """Who has this number, in capitals or not."""
        wanted = number.strip().casefold()
        return next((s for s in self.staff.values() if s.number.casefold() == wanted), None)

    def roles_of(self, staff_id: str) -> frozenset[Role]:
        """What this person may be now; nothing for somebody unknown or no longer here."""
        person = self.staff.get(staff_id)
        return person.roles if person is not None and person.is_active else frozenset()

    def with_role(self, role: Role) -> list[Staff]:
        """Who may be this now."""
        return [s for s in self.staff.values() if s.is_active and role in s.roles]


def merged(known: Staff, asked: Staff, change: StaffChange) -> Staff:
    """The entry after a change: of what was asked for only what the change is about."""
    match change:
        case StaffChange.ROLES:
            return replace(known, roles=asked.roles)
        case StaffChange.PASSWORD | StaffChange.ENABLED:
            return replace(known, password_hash=asked.password_hash, is_active=True)
        case StaffChange.PIN:
            return replace(known, pin_hash=asked.pin_hash)
        case StaffChange.DISABLED:
            return replace(known, is_active=False, password_hash="", pin_hash="")
        case _:
            return asked
