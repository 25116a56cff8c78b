"""What the commands about staff share: who asks, secrets that are typed unseen, and the list."""

import contextlib
import getpass
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from hallq.cli.exits import Exit
from hallq.cli.options import Language, chosen_place
from hallq.cli.telling import note, out
from hallq.i18n import N_, _

if TYPE_CHECKING:
    from hallq.domain.refusals import Refusal
    from hallq.domain.secrets_rules import Weakness
    from hallq.domain.staff import Roster, Staff, StaffChange
    from hallq.hall import Actor, Hall


class StaffRole(StrEnum):
    """What `--role` takes."""

    CLERK = "clerk"
    GUIDE = "guide"
    MANAGER = "manager"
    ADMIN = "admin"


NumberArgument = Annotated[str, typer.Argument(metavar="NUMBER", help=N_("The staff number."))]
RolesOption = Annotated[
    list[StaffRole] | None,
    typer.Option("--role", help=N_("clerk, guide, manager or admin; may be repeated.")),
]
PersonNameOption = Annotated[
    str, typer.Option("--name", metavar="NAME", help=N_("What colleagues call them."))
]
AsOption = Annotated[
    str | None,
    typer.Option(
        "--as", metavar="NUMBER", help=N_("The number of the admin who does this; asked for without.")
    ),
]
LONGEST = 20


@dataclass(frozen=True, slots=True)
class Keeper:
    """Where a staff list is kept: how to read it and how to write one entry, or why not."""

    roster: "Callable[[], Roster]"
    put: "Callable[[Staff, StaffChange], Refusal | None]"


def refuse(sentence: str, code: Exit = Exit.REFUSED) -> NoReturn:
    """Raises CommandError."""
    from hallq.cli.faults import CommandError

    raise CommandError(code, sentence)


def secret(question: str) -> str:
    """Something nobody is to see: typed without an echo, or the next line of a pipe."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{question} ")
    return sys.stdin.readline().rstrip("\r\n")


def new_secret(question: str, weak: "Callable[[str], Weakness | None]", fault: "Callable[..., str]") -> str:
    """A new password or PIN, typed twice at a keyboard. Raises CommandError for one that is refused."""
    typed = secret(question)
    if weakness := weak(typed):
        refuse(fault(weakness))
    if sys.stdin.isatty() and secret(_("Once more:")) != typed:
        refuse(_("The two were not the same. Nothing was changed."))
    return typed


def new_password_hash(person: "Staff") -> str:
    """The hash of a new password for this person."""
    from hallq.domain.secrets_rules import password_weakness
    from hallq.hashing import hashed
    from hallq.wording.staff import password_fault

    question = _("New password of {number}:").format(number=person.number)
    return hashed(
        new_secret(
            question, lambda typed: password_weakness(typed, person.number, person.name), password_fault
        )
    )


def known(keeper: Keeper, number: str) -> "Staff":
    """Who has this number. Raises CommandError."""
    person = keeper.roster().numbered(number)
    if person is None:
        refuse(_("Nobody on the staff list has the number {number}.").format(number=number))
    return person


def write(keeper: Keeper, person: "Staff", change: "StaffChange", told: str) -> None:
    """Write one entry and say so. Raises CommandError when the list's rules refuse it."""
    from hallq.wording.refusals import refusal_sentence

    if refusal := keeper.put(person, change):
        refuse(refusal_sentence(refusal))
    note(told.format(number=person.number))


def a_new_one(number: str, name: str, roles: "Sequence[StaffRole]") -> "Staff":
    """Somebody who is not on the list yet, without a password. Raises CommandError."""
    import secrets

    from hallq.domain.staff import Role, Staff
    from hallq.domain.text import plain

    number, name = plain(number, LONGEST), plain(name, LONGEST)
    if not number or " " in number:
        refuse(_("A staff number is one word of letters and digits."), Exit.USAGE)
    return Staff(secrets.token_hex(8), number, name, frozenset(Role(role) for role in roles))


def tell_list(keeper: Keeper) -> None:
    """A line for each person: number, name, roles; never what opens a door."""
    from rich.cells import cell_len, set_cell_size

    from hallq.wording.staff import role_words

    staff = sorted(keeper.roster().staff.values(), key=lambda person: person.number)
    width = max((cell_len(person.name) for person in staff), default=0)
    for person in staff:
        state = role_words(person.roles) if person.is_active else _("no longer here")
        pin = _(" · has a PIN") if person.pin_hash and person.is_active else ""
        out(f"{person.number:<8} {set_cell_size(person.name, width)}  {state}{pin}")
    if not staff:
        note(_("Nobody is on the staff list yet."))


def with_roles(person: "Staff", roles: "Sequence[StaffRole] | None") -> "Staff":
    """The same person with other roles."""
    from hallq.domain.staff import Role

    return replace(person, roles=frozenset(Role(role) for role in roles or ()))


# --- the list of a hall on this machine --------------------------------------------------


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
        actor = Actor(_user(), terminal) if number is None else _signed_in(hall, number, terminal)

        def put(person: "Staff", change: "StaffChange") -> "Refusal | None":
            outcome = hall.change_staff(person, change, actor)
            return outcome.refusal if isinstance(outcome, Refused) else None

        yield Keeper(lambda: hall.roster, put)
    finally:
        hall.close()


def _signed_in(hall: "Hall", number: str, terminal: str) -> "Actor":
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


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
