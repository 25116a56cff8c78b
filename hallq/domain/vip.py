"""The VIP directory: what an entry says, and what recognition makes of it.

The directory is kept beside the log and never in it: an entry can be erased while the log stays.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from hallq.domain.lanes import Tier

_EAST = "\u2e80"
"""From here on characters are of scripts that put the form of address after the name."""


class NumberKind(StrEnum):
    """What a customer is known by."""

    CARD = "card"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class VipEntry:
    """One customer as a file brings them. What says who it is stays out of every `repr`.

    `card`, `phone`: in normal form, at least one. `valid_until`: the last ISO date, empty without an end.
    `manager`: the staff number of the customer's manager, empty for none.
    """

    tier: Tier
    card: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    valid_until: str = ""
    surname: str = field(default="", repr=False)
    form: str = field(default="", repr=False)
    manager: str = ""


@dataclass(frozen=True, slots=True)
class Vip:
    """One customer of the directory as screens and lists may know them. `last_four`: by kind of number."""

    reference: str
    tier: Tier
    valid_until: str = ""
    manager: str = ""
    last_four: dict[NumberKind, str] = field(default_factory=dict)

    def is_valid_on(self, iso_date: str) -> bool:
        """Whether the tier still holds on that date."""
        return not self.valid_until or iso_date <= self.valid_until


def address(surname: str, form: str) -> str:
    """How a customer is greeted: 王女士, Ms. Wang. A form that has the surname in it says it all."""
    if not surname or not form or surname in form:
        return form or surname
    return f"{form} {surname}" if form[0] < _EAST else surname + form


@dataclass(frozen=True, slots=True)
class DirectoryChange:
    """What writing to the directory did, in customers."""

    added: int = 0
    changed: int = 0
    erased: int = 0


class DirectoryDeed(StrEnum):
    """What somebody did with the directory as a whole."""

    IMPORTED = "imported"
    REMOVED = "removed"
    EXPORTED = "exported"


class Knowledge(StrEnum):
    """What the directory says of a number that somebody typed."""

    NO_DIRECTORY = "no-directory"
    UNKNOWN = "unknown"
    KNOWN = "known"
    EXPIRED = "expired"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Recognised:
    """Who a number belongs to. `customer`: the opaque reference for the ticket, empty for no number.

    `tier` is the one that holds today; `valid_until` is told when it no longer does. `manager`: who is told.
    `address`: how to greet the customer, empty where nobody knows.
    """

    customer: str = ""
    knowledge: Knowledge = Knowledge.NO_DIRECTORY
    tier: Tier = Tier.NONE
    valid_until: str = ""
    manager: str = ""
    address: str = field(default="", repr=False)
