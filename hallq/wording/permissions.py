"""What somebody may not do alone, in words."""

from collections.abc import Mapping

from hallq.domain.permissions import Deed
from hallq.domain.staff import Role
from hallq.i18n import N_, _
from hallq.wording.staff import role_words

DEEDS: dict[Deed, str] = {
    Deed.PRIORITY: N_(
        "{given} priorities by hand today, as many as may be given alone: a manager signs for more."
    ),
    Deed.CANCEL: N_("Somebody else gave out {ticket}: a manager signs to cancel it."),
    Deed.LANES: N_("Counter {counter} is to take other customers: a manager signs."),
    Deed.REOPEN: N_("The closed day {date} is opened again: a manager signs."),
}
"""One sentence for each deed; a test holds the two together."""


def deed_sentence(facts: Mapping[str, int | str]) -> str:
    """What the manager's word is asked for."""
    return _(DEEDS[Deed(str(facts["deed"]))]).format_map(facts)


def for_roles(codes: str) -> str:
    """The roles that may, in words."""
    return role_words(frozenset(Role(code) for code in codes.split()))
