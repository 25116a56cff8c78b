"""The first screen in words."""

from hallq.domain.views.entry import EntryView
from hallq.i18n import N_, _, counted, language_name, other_language
from hallq.wording import times
from hallq.wording.states import lane_name

ROLES: tuple[tuple[str, str, str], ...] = (
    ("guide", N_("Guide's desk"), N_("issue numbers, show people the way")),
    ("counter", N_("Counter"), N_("call and serve customers")),
    ("board", N_("Board"), N_("the public display")),
    ("manager", N_("Manager"), N_("the whole hall at a glance")),
    ("staff", N_("Staff list"), N_("who works here, with roles and passwords")),
)
"""Code, name, and what one does there."""


def roles() -> tuple[tuple[str, str, str], ...]:
    """The workplaces in the language in use."""
    return tuple((code, _(name), _(what)) for code, name, what in ROLES)


def hall_status(view: EntryView) -> str:
    """Whether the hall is open, and who waits."""
    if not view.date:
        return _("The business day is not open.")
    parts = [
        _("Open: {date}").format(date=times.day(view.date)),
        *(
            f"{lane_name(lane)} " + counted("{count} waiting", "{count} waiting", count)
            for lane, count in view.waiting
        ),
        counted("{count} counter open", "{count} counters open", view.counters_open),
    ]
    return " · ".join(parts)


def keys_hint() -> str:
    """What works on this screen besides the list."""
    return _("Enter: on · F7 {language} · F6 colours · Esc quits").format(
        language=language_name(other_language())
    )
