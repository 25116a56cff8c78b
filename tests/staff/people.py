"""A hall with people: cheap hashes, readable numbers."""

from argon2 import PasswordHasher

from hallq.domain.staff import Role, Staff, StaffChange
from hallq.hall import Actor, Done, Hall

PASSWORD = "green tea at nine"
PIN = "2580"

_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def a_person(number: str, *roles: Role, password: str = PASSWORD, pin: str = "") -> Staff:
    """Somebody whose number is also their name's end."""
    return Staff(
        f"id-{number}",
        number,
        f"Staff {number}",
        frozenset(roles or (Role.CLERK,)),
        password_hash=_CHEAP.hash(password),
        pin_hash=_CHEAP.hash(pin) if pin else "",
    )


ADMIN = a_person("9001", Role.ADMIN)
MANAGER = a_person("3001", Role.MANAGER)
GUIDE = a_person("2001", Role.GUIDE)
CLERK = a_person("1001", Role.CLERK, pin=PIN)
OTHER_CLERK = a_person("1002", Role.CLERK)
EVERYBODY = (ADMIN, MANAGER, GUIDE, CLERK, OTHER_CLERK)


def as_actor(person: Staff, *, word: Staff | None = None) -> Actor:
    """The person at terminal t1."""
    return Actor(person.number, "t1", person.staff_id, word.staff_id if word else "")


def employ(hall: Hall, *people: Staff) -> None:
    """Put them on the list, by whoever made the hall."""
    for person in people or EVERYBODY:
        outcome = hall.change_staff(person, StaffChange.ADDED, Actor("setup", "t1"))
        assert isinstance(outcome, Done), outcome
