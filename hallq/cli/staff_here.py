"""The staff list of the hall on this machine, as commands reach it."""

import contextlib
import getpass
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hallq.cli.options import Language, chosen_place
from hallq.cli.staffing import Keeper, refuse, secret
from hallq.i18n import _

if TYPE_CHECKING:
    from hallq.domain.refusals import Refusal
    from hallq.domain.staff import Roster, Staff, StaffChange
    from hallq.hall import Actor, Hall


@contextlib.contextmanager
def staff_here(
    folder: Path | None, db: Path | None, language: Language | None, who: "Callable[[Roster], str | None]"
) -> Iterator[Keeper]:
    """The list of the hall on this machine. `who`: whose password is asked for, None for nobody's."""
    import platform

    from hallq.hall import Actor, Hall, Refused
    from hallq.settings import load_config
    from hallq.store import open_store

    place = chosen_place(folder, db, language)
    hall = Hall(open_store(place.db), load_config(place.settings))
    try:
        if hall.joined is not None:
            refuse(_("This hall's staff list is kept at its hub: `hallq hub staff` there."))
        terminal = platform.node() or "terminal"
        number = who(hall.roster)
        actor = Actor(this_user(), terminal) if number is None else signed_in(hall, number, terminal)

        def put(person: "Staff", change: "StaffChange") -> "Refusal | None":
            outcome = hall.change_staff(person, change, actor)
            return outcome.refusal if isinstance(outcome, Refused) else None

        yield Keeper(lambda: hall.roster, put)
    finally:
        hall.close()


def signed_in(hall: "Hall", number: str, terminal: str) -> "Actor":
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

    def who(roster: "Roster") -> str | None:
        from hallq.domain.staff import Role

        if not roster.staff:
            return None
        number = named or (input(_("Number of an admin: ")) if sys.stdin.isatty() else "")
        person = roster.numbered(number)
        if person is None or Role.ADMIN not in person.roles:
            refuse(_("Only an admin may do this: --as NUMBER. `hallq staff list` names them."))
        return number

    return who


def this_user() -> str:
    """Who is signed in at this computer; empty in a container without users."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
