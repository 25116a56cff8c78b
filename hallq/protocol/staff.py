"""The staff list as it flows down to terminals, which sign people in also when they are cut off."""

from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter

from hallq.domain.staff import Role, Roster, Staff, StaffChange
from hallq.protocol.base import Identity, Name, Wire

STAFF = "staff"
"""The snapshot's name."""


class Member(Wire):
    """One person, the hashes included: Argon2id carries its own salt and costs."""

    model_config = ConfigDict(frozen=True, extra="ignore", from_attributes=True)

    staff_id: Identity
    number: Name
    name: Name
    roles: frozenset[Role]
    is_active: bool
    password_hash: Annotated[str, Field(max_length=400, repr=False)]
    pin_hash: Annotated[str, Field(max_length=400, repr=False)]


class StaffAsk(Wire):
    """A change of the list that somebody asks for at a terminal, with the own password as proof.

    Of `person` only what the change is about is looked at.
    """

    number: Name
    password: Annotated[str, Field(max_length=200, repr=False)]
    terminal: Name
    change: StaffChange
    person: Member


class StaffAnswer(Wire):
    """What became of it. `refusal`: the reason's code, empty when done; `version`: of the list now."""

    refusal: Annotated[str, Field(max_length=64)] = ""
    facts: dict[str, int | str] = Field(default_factory=dict)
    version: int = 0


_LIST = TypeAdapter(list[Member])


def roster_text(roster: Roster) -> str:
    """A list as the body of a snapshot."""
    members = [Member.model_validate(person) for person in roster.staff.values()]
    return _LIST.dump_json(members).decode()


def person_in(member: Member) -> Staff:
    """The entry that was sent."""
    return Staff(**dict(member))


def roster_in(text: str, version: int) -> Roster:
    """The list in a snapshot. Raises ValidationError."""
    return Roster.of((Staff(**dict(member)) for member in _LIST.validate_json(text)), version)
