"""What the guide has chosen for the customer at the door, and the list to choose from.

Every key press makes a new draft of the old one; nothing here knows a screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hallq.domain.config import HallConfig, Service
from hallq.domain.lanes import Lane, Tier
from hallq.domain.vip import Knowledge, Recognised

PART_LENGTH = 9
"""So many services have a digit at a time."""

FREQUENT = ""
"""Stands for the list of what most people come for, among the letters of the groups."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A ticket before it is issued.

    `group`: the letter of the list shown. `query`: the search so far, None outside of it.
    `number` is what was typed and stays in memory; `customer` is its opaque reference, `known` what the
    directory said of it.
    """

    group: str = FREQUENT
    part: int = 0
    query: str | None = None
    service: str | None = None
    tier: Tier = Tier.NONE
    priority_reason: str | None = None
    number: str = field(default="", repr=False)
    customer: str = ""
    second_ticket: bool = False
    known: Recognised | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was chosen for a customer yet; looking at a list is no choice."""
        return self == Draft(group=self.group, part=self.part)

    def lane(self, config: HallConfig) -> Lane:
        """The lane that the ticket will take."""
        return Lane.PRIORITY if self.priority_reason else config.lane_of(self.tier)


def frequent(config: HallConfig) -> tuple[Service, ...]:
    """What most people come for, as far as the catalogue has it."""
    known = config.service_by_code
    return tuple(known[code] for code in config.hall.frequent if code in known)


def letters(config: HallConfig) -> tuple[str, ...]:
    """The lists there are: the frequent services, then each group."""
    groups = tuple(group.letter for group in config.groups)
    return (FREQUENT, *groups) if frequent(config) else groups


def start(config: HallConfig) -> Draft:
    """The draft for the next customer."""
    return Draft(group=letters(config)[0])


def listed(draft: Draft, config: HallConfig, found: Sequence[str]) -> tuple[Service, ...]:
    """The services of the list shown; `found` are the codes that the search gave."""
    if draft.query:
        return tuple(config.service_by_code[code] for code in found)
    if draft.group == FREQUENT:
        return frequent(config)
    return tuple(service for service in config.services if service.group == draft.group)


def parts(draft: Draft, config: HallConfig, found: Sequence[str]) -> int:
    """Into how many parts the list shown falls."""
    return max(1, -(-len(listed(draft, config, found)) // PART_LENGTH))


def with_group(draft: Draft, config: HallConfig, letter: str) -> Draft:
    """Show a group; the one that is shown turns to its next part. The search ends."""
    if letter not in letters(config):
        return draft
    again = letter == draft.group and draft.query is None
    part = (draft.part + 1) % parts(draft, config, ()) if again else 0
    return replace(draft, group=letter, part=part, query=None)


def with_next_group(draft: Draft, config: HallConfig, step: int) -> Draft:
    """Show the group beside."""
    known = letters(config)
    place = known.index(draft.group) if draft.group in known else 0
    return replace(draft, group=known[(place + step) % len(known)], part=0, query=None)


def with_place(draft: Draft, config: HallConfig, found: Sequence[str], place: int) -> Draft:
    """Choose the line with digit `place`; a search has found what it was for."""
    lines = listed(draft, config, found)
    wanted = draft.part * PART_LENGTH + place - 1
    if not (1 <= place <= PART_LENGTH and wanted < len(lines)):
        return draft
    chosen = replace(draft, service=lines[wanted].code, second_ticket=False)
    return ended(chosen, config) if draft.query is not None else chosen


def with_step(draft: Draft, config: HallConfig, found: Sequence[str], step: int) -> Draft:
    """Choose the line above or below; the list turns to the part that has it."""
    codes = [service.code for service in listed(draft, config, found)]
    if not codes:
        return draft
    if draft.service in codes:
        place = (codes.index(draft.service) + step) % len(codes)
    else:
        place = draft.part * PART_LENGTH if step > 0 else len(codes) - 1
    return replace(draft, service=codes[place], part=place // PART_LENGTH, second_ticket=False)


def with_query(draft: Draft, query: str, found: Sequence[str]) -> Draft:
    """Search; the best hit is chosen at once, so that the space bar issues it."""
    return replace(draft, query=query, part=0, service=found[0] if found else None, second_ticket=False)


def with_number(draft: Draft, number: str) -> Draft:
    """Another number, or none: what the directory said of the one before holds no longer."""
    tier = Tier.NONE if draft.known and draft.known.tier is draft.tier else draft.tier
    return replace(draft, number=number, customer="", known=None, second_ticket=False, tier=tier)


def with_known(draft: Draft, known: Recognised) -> Draft:
    """What the directory says of the number: a tier that holds is the customer's at once."""
    tier = known.tier if known.knowledge is Knowledge.KNOWN else draft.tier
    return replace(draft, customer=known.customer, known=known, tier=tier)


def ended(draft: Draft, config: HallConfig) -> Draft:
    """End the search: what was found stays chosen, and its group is shown."""
    service = config.service_by_code.get(draft.service or "")
    if service is None:
        return replace(draft, query=None, part=0)
    codes = [s.code for s in config.services if s.group == service.group]
    part = codes.index(service.code) // PART_LENGTH
    return replace(draft, query=None, group=service.group, part=part)


def masked(number: str) -> str:
    """A number as it may be seen: its first three and, from the eighth on, last four characters."""
    shown = "".join(number.split())
    last = len(shown) - 4
    return "".join(c if place < 3 or (place >= 7 and place >= last) else "*" for place, c in enumerate(shown))
