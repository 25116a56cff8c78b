"""`hallq staff ...`: who works in the hall on this machine."""

import typer

from hallq.cli.options import DbOption, DirOption, LanguageOption
from hallq.cli.staff_here import an_admin, staff_here
from hallq.cli.staffing import (
    AsOption,
    NumberArgument,
    PersonNameOption,
    RolesOption,
    YesOption,
    add_person,
    change_roles,
    disable_person,
    recover_admin,
    set_password,
    set_pin,
    tell_list,
)
from hallq.i18n import N_

app = typer.Typer(rich_markup_mode=None)


@app.callback()
def _staff() -> None:
    """The staff list."""


@app.command("list", help=N_("List everybody with number, name and roles."))
def list_(folder: DirOption = None, db: DbOption = None, language: LanguageOption = None) -> None:
    """One line for each person."""
    with staff_here(folder, db, language, lambda roster: None) as keeper:
        tell_list(keeper)


@app.command(
    "add",
    help=N_(
        "Put somebody on the list and set a password. The first one is an admin.\n\n"
        "Passwords are typed unseen, or come in lines from a pipe: the admin's, then the new one."
    ),
)
def add(
    number: NumberArgument,
    name: PersonNameOption = "",
    role: RolesOption = None,
    by: AsOption = None,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
) -> None:
    """Somebody new."""
    with staff_here(folder, db, language, an_admin(by)) as keeper:
        add_person(keeper, number, name, role)


@app.command("roles", help=N_("Give somebody these roles instead of the ones before."))
def roles(
    number: NumberArgument,
    role: RolesOption = None,
    by: AsOption = None,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
) -> None:
    """Other roles."""
    with staff_here(folder, db, language, an_admin(by)) as keeper:
        change_roles(keeper, number, role)


@app.command(
    "disable", help=N_("Somebody works here no longer: signs in no more, and stops at once where signed in.")
)
def disable(
    number: NumberArgument,
    by: AsOption = None,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
) -> None:
    """Nobody's entry is deleted: the log names its number."""
    with staff_here(folder, db, language, an_admin(by)) as keeper:
        disable_person(keeper, number)


@app.command(
    "password",
    help=N_(
        "Set a new password: one's own, or as an admin somebody else's (--as).\n\n"
        "Whoever was disabled may sign in again with it."
    ),
)
def password(
    number: NumberArgument,
    by: AsOption = None,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
) -> None:
    """The old one, or an admin's, is asked for first."""
    asked = an_admin(by) if by else (lambda roster: number)
    with staff_here(folder, db, language, asked) as keeper:
        set_password(keeper, number)


@app.command("pin", help=N_("Set the PIN that unlocks one's own screen; an empty one takes it away."))
def pin(
    number: NumberArgument, folder: DirOption = None, db: DbOption = None, language: LanguageOption = None
) -> None:
    """The password is asked for first."""
    with staff_here(folder, db, language, lambda roster: number) as keeper:
        set_pin(keeper, number)


@app.command(
    "recover",
    help=N_(
        "Let an admin in again whose password is lost: needs the right to this machine's files, "
        "and no password. The log keeps that it was done."
    ),
)
def recover(
    number: NumberArgument,
    name: PersonNameOption = "",
    yes: YesOption = False,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
) -> None:
    """A new password and the role of an admin, for somebody on the list or somebody new."""
    with staff_here(folder, db, language, lambda roster: None) as keeper:
        recover_admin(keeper, number, name, sure=yes)
