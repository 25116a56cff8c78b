"""Made-up customers: who comes, what for, how long it takes, and whether they stay."""

import random
from dataclasses import dataclass

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Tier
from hallq.simulation.clerks import Plan

_TIERS = {Tier.NONE: 78, Tier.SILVER: 9, Tier.GOLD: 8, Tier.DIAMOND: 4, Tier.SUPREME: 1}
BUSY = 0.85
"""The share of all counters' time that is asked for on an ordinary quarter of an hour."""
_RUSH = 1.7
_RUSH_EVERY_MS = 50 * 60_000
_RUSH_LASTS_MS = 12 * 60_000
_NO_SHOW = 0.05
_SPREAD = 0.45
"""Of the service times around the catalogue's: most a little shorter, a few much longer."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a customer at the door wants."""

    service: str
    tier: Tier


class Customers:
    """A stream of customers from one seed; short services are asked for more often."""

    def __init__(self, config: HallConfig, seed: int, load: float = BUSY) -> None:
        """The catalogue and the counters of `config` set the pace; `load` as BUSY."""
        self._config = config
        self._chance = random.Random(seed)
        self._codes = [service.code for service in config.services]
        self._weights = [1 / service.typical_minutes for service in config.services]
        mean_ms = len(self._codes) / sum(self._weights) * 60_000
        self._between_ms = mean_ms / load / max(1, len(config.counters))

    def wish(self) -> Wish:
        """The next customer's."""
        (service,) = self._chance.choices(self._codes, self._weights)
        (tier,) = self._chance.choices(list(_TIERS), list(_TIERS.values()))
        return Wish(service, tier)

    def gap_ms(self, at_ms: int) -> int:
        """Until the next customer comes; shorter while there is a rush."""
        in_rush = at_ms % _RUSH_EVERY_MS < _RUSH_LASTS_MS
        mean_ms = self._between_ms / (_RUSH if in_rush else 1)
        return round(self._chance.expovariate(1 / mean_ms))

    def plan(self, service: str, issued_ms: int) -> Plan:
        """What a customer who just took a number will do."""
        typical_ms = self._config.typical_ms.get(service, 5 * 60_000)
        service_ms = round(typical_ms * min(3.0, self._chance.lognormvariate(0, _SPREAD)))
        gone_ms = None
        if self._chance.random() < _NO_SHOW:
            gone_ms = issued_ms + self._chance.randint(30_000, 6 * 60_000)
        return Plan(service_ms, gone_ms, walk_ms=self._chance.randint(5_000, 25_000))

    def comes_back_after_ms(self) -> int | None:
        """When a missed customer is at the door again; None for one who went home."""
        return self._chance.randint(60_000, 8 * 60_000) if self._chance.random() < 0.5 else None

    def break_ms(self) -> int | None:
        """How long a clerk who just finished takes a break; None for mostly not."""
        return self._chance.randint(4 * 60_000, 10 * 60_000) if self._chance.random() < 0.02 else None

    def pick(self, codes: list[str]) -> str:
        """One of a list of reasons."""
        return self._chance.choice(codes)
