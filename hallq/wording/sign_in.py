"""The sign-in in words."""

from hallq.i18n import _, language_name, other_language

Asked = tuple[str, str, bool]
"""Code, label, whether it is a secret."""

NUMBER, NAME, PASSWORD, PIN, AGAIN, NEW = "number", "name", "password", "pin", "again", "new"


def first_admin_lines() -> tuple[Asked, ...]:
    """Who looks after the new hall."""
    return (
        (NUMBER, _("Staff number"), False),
        (NAME, _("Name"), False),
        (PASSWORD, _("Password"), True),
        (AGAIN, _("Once more"), True),
    )


def sign_in_lines() -> tuple[Asked, ...]:
    """Who sits down."""
    return ((NUMBER, _("Staff number"), False), (PASSWORD, _("Password"), True))


def unlock_lines(*, has_pin: bool) -> tuple[Asked, ...]:
    """Whether it is the same person."""
    return ((PASSWORD, _("PIN or password") if has_pin else _("Password"), True),)


def word_lines() -> tuple[Asked, ...]:
    """Which manager signs."""
    return ((NUMBER, _("Manager's number"), False), (PASSWORD, _("Password"), True))


def new_pin_lines() -> tuple[Asked, ...]:
    """A PIN, and that it is the right person's."""
    return ((PASSWORD, _("Password"), True), (PIN, _("New PIN"), True), (AGAIN, _("Once more"), True))


def new_password_lines() -> tuple[Asked, ...]:
    """A password instead of the present one."""
    return ((PASSWORD, _("Present password"), True), *_new_lines())


def person_lines() -> tuple[Asked, ...]:
    """Who somebody new is."""
    return ((NUMBER, _("Staff number"), False), (NAME, _("Name"), False))


def others_password_lines() -> tuple[Asked, ...]:
    """A password for somebody else."""
    return (*_new_lines(), *own_password_lines())


def own_password_lines() -> tuple[Asked, ...]:
    """Whoever changes the list shows who they are."""
    return ((PASSWORD, _("Your own password"), True),)


def _new_lines() -> tuple[Asked, ...]:
    return ((NEW, _("New password"), True), (AGAIN, _("Once more"), True))


def question(number: str, *, is_first: bool, is_locked: bool) -> str:
    """What this screen asks."""
    if is_first:
        return _("This hall is new: who looks after it? The first one is admin and manager.")
    if is_locked:
        return _("Locked: {number} works here.").format(number=number)
    return _("Who sits down here?")


def keys_hint(*, is_locked: bool) -> str:
    """What works besides typing."""
    language = language_name(other_language())
    if is_locked:
        return _("Enter: on · F9 somebody else · F3 board · F7 {language}").format(language=language)
    return _("Enter: on · F3 board · F7 {language} · F6 colours · Esc quits").format(language=language)
