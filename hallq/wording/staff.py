"""People in words: roles, why nobody was let in, what is wrong with a password."""

import math

from hallq.domain.secrets_rules import (
    LONGEST_PASSWORD,
    LONGEST_PIN,
    SHORTEST_PASSWORD,
    SHORTEST_PIN,
    Weakness,
)
from hallq.domain.staff import Role, Staff
from hallq.hall.reception import No
from hallq.i18n import N_, _, counted, enumerated
from hallq.wording.sign_in import NUMBER, PASSWORD, PIN

ROLES: dict[Role, str] = {
    Role.CLERK: N_("clerk"),
    Role.GUIDE: N_("guide"),
    Role.MANAGER: N_("manager"),
    Role.ADMIN: N_("admin"),
}
PASSWORDS: dict[Weakness, str] = {
    Weakness.TOO_SHORT: N_("A password needs at least {shortest} characters."),
    Weakness.TOO_LONG: N_("A password has at most {longest} characters."),
    Weakness.COMMON: N_("Others would try that first. Several words make a good password."),
    Weakness.OWN_NAME: N_("Number and name alone are no password. Add words that nobody guesses."),
    Weakness.ONLY_DIGITS: N_("Digits alone are a date or a phone number. Add letters or words."),
    Weakness.NOT_DIGITS: "",
}
PINS: dict[Weakness, str] = {
    Weakness.TOO_SHORT: N_("A PIN needs at least {shortest} digits."),
    Weakness.TOO_LONG: N_("A PIN has at most {longest} digits."),
    Weakness.COMMON: N_("Others would try that PIN first. Choose another one."),
    Weakness.NOT_DIGITS: N_("A PIN is made of digits."),
    Weakness.OWN_NAME: "",
    Weakness.ONLY_DIGITS: "",
}

WRONG: dict[str, str] = {
    NUMBER: N_("Number and password do not fit."),
    PASSWORD: N_("This is not the password."),
    PIN: N_("This is not the PIN."),
}
"""By what was typed."""


def role_words(roles: frozenset[Role]) -> str:
    """Somebody's roles, in the order in which a hall thinks of them."""
    return enumerated(_(ROLES[role]) for role in Role if role in roles)


def state_words(person: Staff) -> str:
    """The roles of somebody who works here, and whether there is a PIN."""
    if not person.is_active:
        return _("no longer here")
    return role_words(person.roles) + (_(" · has a PIN") if person.pin_hash else "")


def password_fault(weakness: Weakness) -> str:
    """What is wrong with a new password, and what would do."""
    return _(PASSWORDS[weakness]).format(shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)


def pin_fault(weakness: Weakness) -> str:
    """What is wrong with a new PIN, and what would do."""
    return _(PINS[weakness]).format(shortest=SHORTEST_PIN, longest=LONGEST_PIN)


def no_sentence(no: No, typed: str = NUMBER) -> str:
    """Why nobody was let in, and from when on it is worth another try.

    `typed`: what was looked at, number and password together or a PIN or password alone.
    """
    if no.needs_password:
        return _("The PIN was wrong too often. Type the password.")
    if no.lacks:
        told = _("Right, but this is for another role: {roles}.")
        return told.format(roles=role_words(no.lacks))
    seconds = math.ceil(no.wait_ms / 1000)
    wait = counted("Wait {count} second.", "Wait {count} seconds.", seconds)
    if not no.looked_at:
        return _("Too soon after wrong tries here: nothing was looked at. {wait}").format(wait=wait)
    told = _(WRONG[typed])
    return _("{first} {second}").format(first=told, second=wait) if no.wait_ms else told
