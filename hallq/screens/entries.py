"""Lists that several screens choose from."""

from collections.abc import Callable, Iterable, Sequence

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Tier
from hallq.domain.reasons import Choice
from hallq.i18n import language
from hallq.screens.dialogs.choose import Entry, Search
from hallq.wording.counter import tier_words
from hallq.wording.states import lane_name


def reason_entries(choices: Sequence[Choice]) -> list[Entry]:
    """One of the hall's lists of reasons."""
    return [Entry(choice.code, choice.name.in_language(language())) for choice in choices]


def tier_entries(config: HallConfig, tiers: Iterable[Tier]) -> list[Entry]:
    """Tiers, the digit that each has everywhere, and the lane that it leads to."""
    return [
        Entry(tier, tier_words(config, tier), f"→ {lane_name(config.lane_of(tier))}", digit=tier.rank + 1)
        for tier in tiers
    ]


def counter_search(entries: Sequence[Entry]) -> Search | None:
    """In a hall of ten counters and more their numbers are typed; None where each digit chooses."""
    if all(entry.digit <= 9 for entry in entries):
        return None
    return Search(find=lambda typed: [typed.strip()], digits_choose=False)


def place_search(entries: Sequence[Entry], find: Callable[[str], Sequence[str]]) -> Search:
    """Counters by number beside what else `find` finds."""
    if counter_search(entries) is None:
        return Search(find)
    return Search(lambda typed: [f"counter:{typed.strip()}", *find(typed)], digits_choose=False)
