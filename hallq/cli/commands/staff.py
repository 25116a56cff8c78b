"""`hallq staff ...`: who works in the hall on this machine."""

from dataclasses import replace

import typer

from hallq.cli.options import DbOption, DirOption, LanguageOption
from hallq.cli.staffing import (
    AsOption,
    NumberArgument,
    PersonNameOption,
    RolesOption,
    StaffRole,
    a_new_one,
    an_admin,
    known,
    new_password_hash,
    new_secret,
    refuse,
    staff_here,
    tell_list,
    with_roles,
    write,
)
from hallq.i18n import N_, _

app = typer.Typer(rich_markup_mode=None)


@app.callback()
def _staff() -> None:
    """The staff list."""


@app.command("list", help=N_("List everybody with number, name and roles."))
def list_(db: DbOption = None, folder: DirOption = None, language: LanguageOption = None) -> None:
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
    db: DbOption = None,
    folder: DirOption = None,
    language: LanguageOption = None,
) -> None:
    """Somebody new."""
    from hallq.domain.staff import StaffChange

    with staff_here(folder, db, language, an_admin(by)) as keeper:
        if keeper.roster().numbered(number):
            refuse(_("Number {number} is on the list already.").format(number=number))
        first = not keeper.roster().staff
        person = a_new_one(number, name, role or ([StaffRole.ADMIN] if first else [StaffRole.CLERK]))
        if first and StaffRole.ADMIN.value not in person.roles:
            refuse(_("The first one on the list is an admin: --role admin."))
        person = replace(person, password_hash=new_password_hash(person))
        write(keeper, person, StaffChange.ADDED, _("{number} is on the staff list."))


@app.command("roles", help=N_("Give somebody these roles instead of the ones before."))
def roles(
    number: NumberArgument,
    role: RolesOption = None,
    by: AsOption = None,
    db: DbOption = None,
    folder: DirOption = None,
    language: LanguageOption = None,
) -> None:
    """Other roles."""
    from hallq.domain.staff import StaffChange

    with staff_here(folder, db, language, an_admin(by)) as keeper:
        person = with_roles(known(keeper, number), role)
        write(keeper, person, StaffChange.ROLES, _("{number} has other roles now."))


@app.command(
    "disable", help=N_("Somebody works here no longer: signs in no more, and stops at once where signed in.")
)
def disable(
    number: NumberArgument,
    by: AsOption = None,
    db: DbOption = None,
    folder: DirOption = None,
    language: LanguageOption = None,
) -> None:
    """Nobody's entry is deleted: the log names its number."""
    from hallq.domain.staff import StaffChange

    with staff_here(folder, db, language, an_admin(by)) as keeper:
        gone = replace(known(keeper, number), is_active=False, password_hash="", pin_hash="")
        write(keeper, gone, StaffChange.DISABLED, _("{number} may no longer sign in."))


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
    db: DbOption = None,
    folder: DirOption = None,
    language: LanguageOption = None,
) -> None:
    """The old one, or an admin's, is asked for first."""
    from hallq.domain.staff import StaffChange

    asked = an_admin(by) if by else (lambda roster: number)
    with staff_here(folder, db, language, asked) as keeper:
        person = known(keeper, number)
        change = StaffChange.PASSWORD if person.is_active else StaffChange.ENABLED
        person = replace(person, password_hash=new_password_hash(person), is_active=True)
        write(keeper, person, change, _("{number} has a new password."))


@app.command("pin", help=N_("Set the PIN that unlocks one's own screen; an empty one takes it away."))
def pin(
    number: NumberArgument, db: DbOption = None, folder: DirOption = None, language: LanguageOption = None
) -> None:
    """The password is asked for first."""
    from hallq.domain.secrets_rules import pin_weakness
    from hallq.domain.staff import StaffChange
    from hallq.hashing import hashed
    from hallq.wording.staff import pin_fault

    with staff_here(folder, db, language, lambda roster: number) as keeper:
        typed = new_secret(_("New PIN:"), lambda pin: pin_weakness(pin) if pin else None, pin_fault)
        person = replace(known(keeper, number), pin_hash=hashed(typed) if typed else "")
        told = _("{number} has a new PIN.") if typed else _("{number} has no PIN any more.")
        write(keeper, person, StaffChange.PIN, told)


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
    db: DbOption = None,
    folder: DirOption = None,
    language: LanguageOption = None,
) -> None:
    """A new password and the role of an admin, for somebody on the list or somebody new."""
    from hallq.domain.staff import Role, StaffChange

    with staff_here(folder, db, language, lambda roster: None) as keeper:
        person = keeper.roster().numbered(number) or a_new_one(number, name, [StaffRole.ADMIN])
        person = replace(person, roles=person.roles | {Role.ADMIN}, is_active=True)
        person = replace(person, password_hash=new_password_hash(person))
        write(keeper, person, StaffChange.RECOVERED, _("{number} is an admin with a new password."))
