"""The sign-in in words."""

from hallq.i18n import _, language_name, other_language

Asked = tuple[str, str, bool, bool]
"""Code, label, whether it is a secret, whether it must be filled in."""

NUMBER, NAME, PASSWORD, PIN, AGAIN, NEW = "number", "name", "password", "pin", "again", "new"


def first_admin_lines() -> tuple[Asked, ...]:
    """Who looks after the new hall."""
    return (
        (NUMBER, _("Staff number"), False, True),
        (NAME, _("Name"), False, False),
        (PASSWORD, _("Password"), True, True),
        (AGAIN, _("Once more"), True, False),
    )


def sign_in_lines() -> tuple[Asked, ...]:
    """Who sits down."""
    return ((NUMBER, _("Staff number"), False, True), (PASSWORD, _("Password"), True, True))


def unlock_lines(*, has_pin: bool) -> tuple[Asked, ...]:
    """Whether it is the same person."""
    return ((PASSWORD, _("PIN or password") if has_pin else _("Password"), True, True),)


def word_lines() -> tuple[Asked, ...]:
    """Which manager signs."""
    return ((NUMBER, _("Manager's number"), False, True), (PASSWORD, _("Password"), True, True))


def new_pin_lines() -> tuple[Asked, ...]:
    """A PIN, and that it is the right person's."""
    return (
        (PASSWORD, _("Password"), True, True),
        (PIN, _("New PIN"), True, False),
        (AGAIN, _("Once more"), True, False),
    )


def new_password_lines() -> tuple[Asked, ...]:
    """A password instead of the present one."""
    return ((PASSWORD, _("Present password"), True, True), *_new_lines())


def person_lines() -> tuple[Asked, ...]:
    """Who somebody new is."""
    return ((NUMBER, _("Staff number"), False, True), (NAME, _("Name"), False, False))


def others_password_lines() -> tuple[Asked, ...]:
    """A password for somebody else."""
    return (*_new_lines(), *own_password_lines())


def own_password_lines() -> tuple[Asked, ...]:
    """Whoever changes the list shows who they are."""
    return ((PASSWORD, _("Your own password"), True, True),)


def _new_lines() -> tuple[Asked, ...]:
    return ((NEW, _("New password"), True, True), (AGAIN, _("Once more"), True, False))


def question(number: str, *, is_first: bool, is_locked: bool) -> str:
    """What this screen asks."""
    if is_first:
        return _("This hall is new: who looks after it? The first one is admin and manager.")
    if is_locked:
        return _("Locked: {number} works here.").format(number=number)
    return _("Who sits down here?")


def keys_hint(left: str, *, is_locked: bool) -> str:
    """What works besides typing. `left`: who has just left."""
    language = language_name(other_language())
    if is_locked:
        return _("Enter: on · F9 somebody else · F3 board · F7 {language}").format(language=language)
    if left:
        hint = _("Enter: on · F3 board · F7 {language} · F6 colours · Esc: {number} again")
        return hint.format(language=language, number=left)
    return _("Enter: on · F3 board · F7 {language} · F6 colours · Esc quits").format(language=language)
