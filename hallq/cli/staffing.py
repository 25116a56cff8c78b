"""What the commands about staff share: who asks, secrets that are typed unseen, and the list."""

import getpass
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from hallq.cli.exits import CommandError, Exit
from hallq.cli.telling import note, out
from hallq.i18n import N_, _

if TYPE_CHECKING:
    from hallq.domain.refusals import Refusal
    from hallq.domain.secrets_rules import Weakness
    from hallq.domain.staff import Roster, Staff, StaffChange


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

YesOption = Annotated[
    bool, typer.Option("--yes", help=N_("Do not ask before somebody who is no admin becomes one."))
]


@dataclass(frozen=True, slots=True)
class Keeper:
    """Where a staff list is kept: how to read it and how to write one entry, or why not."""

    roster: "Callable[[], Roster]"
    put: "Callable[[Staff, StaffChange], Refusal | None]"


def refuse(sentence: str, code: Exit = Exit.REFUSED) -> NoReturn:
    """Raises CommandError."""
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

    from hallq.domain.staff import LONGEST_NAME, Role, Staff
    from hallq.domain.text import plain

    number, name = plain(number, LONGEST_NAME), plain(name, LONGEST_NAME)
    if not number or " " in number:
        refuse(_("A staff number is one word of letters and digits."), Exit.USAGE)
    return Staff(secrets.token_hex(8), number, name, frozenset(Role(role) for role in roles))


def tell_list(keeper: Keeper) -> None:
    """A line for each person: number, name, roles; never what opens a door."""
    from rich.cells import cell_len, set_cell_size

    from hallq.wording.staff import state_words

    staff = sorted(keeper.roster().staff.values(), key=lambda person: person.number)
    width = max((cell_len(person.name) for person in staff), default=0)
    for person in staff:
        out(f"{person.number:<8} {set_cell_size(person.name, width)}  {state_words(person)}")
    if not staff:
        note(_("Nobody is on the staff list yet."))


def with_roles(person: "Staff", roles: "Sequence[StaffRole] | None") -> "Staff":
    """The same person with other roles."""
    from hallq.domain.staff import Role

    return replace(person, roles=frozenset(Role(role) for role in roles or ()))


# --- what can be done to a list ----------------------------------------------------------


def add_person(keeper: Keeper, number: str, name: str, role: "Sequence[StaffRole] | None") -> None:
    """Somebody new, with a password. Raises CommandError."""
    from hallq.domain.staff import StaffChange

    if keeper.roster().numbered(number):
        refuse(_("Number {number} is on the list already.").format(number=number))
    first = not keeper.roster().staff
    person = a_new_one(number, name, role or [StaffRole.ADMIN if first else StaffRole.CLERK])
    if first and StaffRole.ADMIN.value not in person.roles:
        refuse(_("The first one on the list is an admin: --role admin."))
    person = replace(person, password_hash=new_password_hash(person))
    write(keeper, person, StaffChange.ADDED, _("{number} is on the staff list."))


def change_roles(keeper: Keeper, number: str, role: "Sequence[StaffRole] | None") -> None:
    """Other roles. Raises CommandError."""
    from hallq.domain.staff import StaffChange

    person = with_roles(known(keeper, number), role)
    write(keeper, person, StaffChange.ROLES, _("{number} has other roles now."))


def disable_person(keeper: Keeper, number: str) -> None:
    """Nobody's entry is deleted: the log names its number. Raises CommandError."""
    from hallq.domain.staff import StaffChange

    gone = replace(known(keeper, number), is_active=False, password_hash="", pin_hash="")
    write(keeper, gone, StaffChange.DISABLED, _("{number} may no longer sign in."))


def set_password(keeper: Keeper, number: str) -> None:
    """A new password. Raises CommandError."""
    from hallq.domain.staff import StaffChange

    person = known(keeper, number)
    change = StaffChange.PASSWORD if person.is_active else StaffChange.ENABLED
    person = replace(person, password_hash=new_password_hash(person), is_active=True)
    write(keeper, person, change, _("{number} has a new password."))


def set_pin(keeper: Keeper, number: str) -> None:
    """A new PIN, or none. Raises CommandError."""
    from hallq.domain.secrets_rules import pin_weakness
    from hallq.domain.staff import StaffChange
    from hallq.hashing import hashed
    from hallq.wording.staff import pin_fault

    typed = new_secret(_("New PIN:"), lambda pin: pin_weakness(pin) if pin else None, pin_fault)
    person = replace(known(keeper, number), pin_hash=hashed(typed) if typed else "")
    told = _("{number} has a new PIN.") if typed else _("{number} has no PIN any more.")
    write(keeper, person, StaffChange.PIN, told)


def _make_sure(told: str, *, sure: bool) -> None:
    """Raises CommandError where nobody is `sure`, nor says yes."""
    if not sure and not sys.stdin.isatty():
        refuse(_("{told} With --yes it is done.").format(told=told))
    asked = _("{told} Go on? y/n:").format(told=told)
    if not sure and input(f"{asked} ").strip().lower() not in ("y", "yes", "是"):
        refuse(_("Nothing was changed."))


def recover_admin(keeper: Keeper, number: str, name: str, *, sure: bool) -> None:
    """A new password and the role of an admin, for somebody on the list or new. Raises CommandError.

    Whoever is no admin yet becomes one only where somebody is `sure` of it, or says so when asked.
    """
    from hallq.domain.staff import Role, StaffChange
    from hallq.wording.staff import state_words

    found = keeper.roster().numbered(number)
    person = found or a_new_one(number, name, [StaffRole.ADMIN])
    if found is None:
        _make_sure(_("Nobody has the number {number}: a new admin.").format(number=number), sure=sure)
    elif not found.is_active or Role.ADMIN not in found.roles:
        told = _("{number} {name} ({roles}) becomes an admin.")
        _make_sure(told.format(number=number, name=found.name, roles=state_words(found)), sure=sure)
    person = replace(person, roles=person.roles | {Role.ADMIN}, is_active=True)
    person = replace(person, password_hash=new_password_hash(person))
    write(keeper, person, StaffChange.RECOVERED, _("{number} is an admin with a new password."))
