"""The staff list of the hall on this machine, as commands reach it."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hallq.cli.options import Language, chosen_place
from hallq.cli.staffing import Keeper, refuse, secret
from hallq.i18n import N_, _
from hallq.machine import login_name, machine_name

if TYPE_CHECKING:
    from hallq.domain.refusals import Refusal
    from hallq.domain.staff import Roster, Staff, StaffChange
    from hallq.hall import Actor, Hall
    from hallq.store import Store


@contextlib.contextmanager
def staff_here(
    folder: Path | None, db: Path | None, language: Language | None, who: "Callable[[Roster], str | None]"
) -> Iterator[Keeper]:
    """The list of the hall on this machine. `who`: whose password is asked for, None for nobody's."""
    from hallq.hall import Refused

    at_its_hub = N_("This hall's staff list is kept at its hub: `hallq hub staff` there.")
    with hall_here(folder, db, language, who, at_its_hub) as (_store, hall, actor):

        def put(person: "Staff", change: "StaffChange") -> "Refusal | None":
            outcome = hall.change_staff(person, change, actor)
            return outcome.refusal if isinstance(outcome, Refused) else None

        yield Keeper(lambda: hall.roster, put)


@contextlib.contextmanager
def hall_here(
    folder: Path | None,
    db: Path | None,
    language: Language | None,
    who: "Callable[[Roster], str | None]",
    at_its_hub: str,
) -> "Iterator[tuple[Store, Hall, Actor]]":
    """File and hall on this machine, and who asks. `at_its_hub`: why one that belongs to a hub is refused."""
    from hallq.hall import Actor, Hall
    from hallq.settings import load_config
    from hallq.store import open_store

    place = chosen_place(folder, db, language)
    store = open_store(place.db)
    hall = Hall(store, load_config(place.settings))
    try:
        if hall.joined is not None:
            refuse(_(at_its_hub))
        terminal = machine_name()
        number = who(hall.roster)
        actor = Actor(login_name(), terminal) if number is None else _signed_in(hall, number, terminal)
        yield store, hall, actor
    finally:
        hall.close()


def _signed_in(hall: "Hall", number: str, terminal: str) -> "Actor":
    """Who has this number, after the password. Raises CommandError."""
    from hallq.hall import Actor
    from hallq.hall.reception import No
    from hallq.wording.staff import no_sentence

    password = secret(_("Password of {number}:").format(number=number))
    person = hall.reception.sign_in(number, password, terminal)
    if isinstance(person, No):
        refuse(no_sentence(person))
    return Actor(person.number, terminal, person.staff_id)


def an_admin(named: str | None) -> "Callable[[Roster], str | None]":
    """Whose password is asked for before the list is changed; nobody's while the list is empty."""
    only = N_("Only an admin may do this: --as NUMBER. `hallq staff list` names them.")
    return one_with({"admin"}, named, N_("Number of an admin: "), only)


def one_with(roles: set[str], named: str | None, asked: str, only: str) -> "Callable[[Roster], str | None]":
    """Somebody with one of these roles, `named` or `asked` for; `only`: why anybody else is refused."""

    def who(roster: "Roster") -> str | None:
        if not roster.staff:
            return None
        number = named or (input(_(asked)) if sys.stdin.isatty() else "")
        person = roster.numbered(number)
        if person is None or not roles & person.roles:
            refuse(_(only))
        return number

    return who
