"""`hallq hub staff ...`: who works in a hall whose list is kept at this hub."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hallq.cli.hub_desk import HallOption, HubDbOption, KeyOption, at_desk
from hallq.cli.options import Language, LanguageOption
from hallq.cli.staffing import (
    Keeper,
    NumberArgument,
    PersonNameOption,
    RolesOption,
    add_person,
    change_roles,
    disable_person,
    set_password,
    set_pin,
    tell_list,
)
from hallq.i18n import N_
from hallq.machine import login_name

if TYPE_CHECKING:
    from hallq.domain.refusals import Refusal
    from hallq.domain.staff import Staff, StaffChange

app = typer.Typer(rich_markup_mode=None)


@app.callback()
def _staff() -> None:
    """The staff list of a hall."""


@contextlib.contextmanager
def _list_of(hall: str, db: str | None, key: Path | None, language: Language | None) -> Iterator[Keeper]:
    """The list of one hall; whoever may use the hub's key needs no password."""
    with at_desk(db, key, language) as hub:

        def put(person: "Staff", change: "StaffChange") -> "Refusal | None":
            return hub.change_staff(hall, person, change, login_name())

        yield Keeper(lambda: hub.roster(hall), put)


@app.command("list", help=N_("List everybody with number, name and roles."))
def list_(
    hall: HallOption, db: HubDbOption = None, key: KeyOption = None, language: LanguageOption = None
) -> None:
    """One line for each person."""
    with _list_of(hall, db, key, language) as keeper:
        tell_list(keeper)


@app.command(
    "add",
    help=N_(
        "Put somebody on the list and set a password. The first one is an admin.\n\n"
        "The list is handed down to the hall's terminals, which then ask people to sign in."
    ),
)
def add(
    number: NumberArgument,
    hall: HallOption,
    name: PersonNameOption = "",
    role: RolesOption = None,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Somebody new."""
    with _list_of(hall, db, key, language) as keeper:
        add_person(keeper, number, name, role)


@app.command("roles", help=N_("Give somebody these roles instead of the ones before."))
def roles(
    number: NumberArgument,
    hall: HallOption,
    role: RolesOption = None,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Other roles."""
    with _list_of(hall, db, key, language) as keeper:
        change_roles(keeper, number, role)


@app.command(
    "disable",
    help=N_("Somebody works here no longer: signs in no more, and stops at once where signed in."),
)
def disable(
    number: NumberArgument,
    hall: HallOption,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Signs in no more."""
    with _list_of(hall, db, key, language) as keeper:
        disable_person(keeper, number)


@app.command("password", help=N_("Set a new password. Whoever was disabled may sign in again with it."))
def password(
    number: NumberArgument,
    hall: HallOption,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Also of an admin who lost it."""
    with _list_of(hall, db, key, language) as keeper:
        set_password(keeper, number)


@app.command("pin", help=N_("Set the PIN that unlocks somebody's own screen; an empty one takes it away."))
def pin(
    number: NumberArgument,
    hall: HallOption,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Opens nothing else."""
    with _list_of(hall, db, key, language) as keeper:
        set_pin(keeper, number)
