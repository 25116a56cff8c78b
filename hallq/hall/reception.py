"""Who may sit down here: passwords and PINs are looked at, each try counted on the disk before it."""

from collections.abc import Callable
from dataclasses import dataclass

from hallq import hashing
from hallq.domain.staff import Role, Staff
from hallq.domain.wrong_tries import PIN_TRIES, left_ms
from hallq.store import Store, staff


@dataclass(frozen=True, slots=True)
class No:
    """Not let in. `wait_ms`: so long no try counts; `looked_at`: whether this one did.

    `needs_password`: PINs were wrong too often, here only the password helps now.
    `lacks`: it was right, and the person has none of these roles.
    """

    wait_ms: int = 0
    looked_at: bool = True
    needs_password: bool = False
    lacks: frozenset[Role] = frozenset()


class Reception:
    """Looks at what people type to get in. Any thread may ask; each answer takes a moment by intent."""

    def __init__(self, store: Store, now_ms: Callable[[], int]) -> None:
        """`now_ms`: the hall's clock, which runs on over a restart."""
        self._store = store
        self._now_ms = now_ms

    def sign_in(self, number: str, password: str, terminal: str, *roles: Role) -> Staff | No:
        """Who this is, if the password is theirs and they have one of `roles` (none named: any)."""
        with self._store.writing() as connection:
            person = staff.load(connection).numbered(number)
            counts = (staff.PASSWORD, *([staff.password_of(person.staff_id)] if person else []))
            wait_ms = staff.count_try(connection, terminal, counts, self._now_ms())
            if wait_ms:
                return No(wait_ms, looked_at=False)
        known = person is not None and person.is_active
        right = hashing.matches(person.password_hash if person and known else "", password)
        if person is None or not right:
            return No(self._left_ms(terminal, *counts))
        with self._store.writing() as connection:
            staff.forget_tries(connection, terminal, (*counts, person.staff_id))
        return person if not roles or person.roles & set(roles) else No(lacks=frozenset(roles))

    def unlock(self, staff_id: str, pin: str, terminal: str) -> Staff | No:
        """Whether the PIN is that of somebody who is signed in here; it opens nothing else."""
        with self._store.writing() as connection:
            if staff.tries_of(connection, terminal, staff_id).count >= PIN_TRIES:
                return No(needs_password=True, looked_at=False)
            wait_ms = staff.count_try(connection, terminal, (staff_id,), self._now_ms())
            if wait_ms:
                return No(wait_ms, looked_at=False)
            person = staff.load(connection).staff.get(staff_id)
        known = person is not None and person.is_active
        if person is None or not hashing.matches(person.pin_hash if known else "", pin):
            return No(self._left_ms(terminal, staff_id), needs_password=self._pins_over(terminal, staff_id))
        with self._store.writing() as connection:
            staff.forget_tries(connection, terminal, (staff_id,))
        return person

    def _left_ms(self, terminal: str, *what: str) -> int:
        with self._store.reading() as connection:
            tries = [staff.tries_of(connection, terminal, each) for each in what]
        return max(left_ms(each, self._now_ms()) for each in tries)

    def _pins_over(self, terminal: str, staff_id: str) -> bool:
        with self._store.reading() as connection:
            return staff.tries_of(connection, terminal, staff_id).count >= PIN_TRIES
