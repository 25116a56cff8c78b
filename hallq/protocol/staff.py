"""The staff list as it flows down to terminals, which sign people in also when they are cut off."""

from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter

from hallq.domain.staff import Role, Roster, Staff
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


_LIST = TypeAdapter(list[Member])


def roster_text(roster: Roster) -> str:
    """A list as the body of a snapshot."""
    members = [Member.model_validate(person) for person in roster.staff.values()]
    return _LIST.dump_json(members).decode()


def roster_in(text: str, version: int) -> Roster:
    """The list in a snapshot. Raises ValidationError."""
    return Roster.of((Staff(**dict(member)) for member in _LIST.validate_json(text)), version)
