"""Lists that several screens choose from."""

from collections.abc import Iterable, Sequence

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Tier
from hallq.domain.reasons import Choice
from hallq.i18n import language
from hallq.screens.dialogs.choose import Entry
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
