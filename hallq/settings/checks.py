"""What no single key shows: a hall whose settings fit one by one and still cannot work."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Lane, Tier
from hallq.settings.faults import meant, one_of


class Weight(StrEnum):
    """How bad a finding is."""

    UNUSABLE = "unusable"
    CANNOT_WORK = "cannot-work"
    DOUBTFUL = "doubtful"

    @property
    def order(self) -> int:
        """0 for the worst."""
        return list(Weight).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: UNUSABLE stops the hall from opening, DOUBTFUL is only said."""

    weight: Weight
    sentence: str


def findings(config: HallConfig) -> list[Finding]:
    """All findings about settings whose single keys fit."""
    unusable = [*_missing(config), *_repeated(config), *_unknown(config)]
    if unusable:
        return [Finding(Weight.UNUSABLE, sentence) for sentence in unusable]
    cannot = [*_nobody_calls(config), *_targets(config), *_letters(config), *_hours(config)]
    return [
        *(Finding(Weight.CANNOT_WORK, sentence) for sentence in cannot),
        *(Finding(Weight.DOUBTFUL, sentence) for sentence in _doubtful(config)),
    ]


def _missing(config: HallConfig) -> Iterator[str]:
    for lane in Lane:
        if lane not in config.lanes:
            yield f"lanes.{lane}: is missing; every lane needs its target"
    for tier in Tier:
        if tier not in config.tiers:
            yield f"tiers.{tier}: is missing; every tier needs a lane"
    for name in ("groups", "services", "zones", "counters"):
        if not getattr(config, name):
            yield f"{name}: the list is empty; at least one entry is needed"
    for name in type(config.reasons).model_fields:
        if not getattr(config.reasons, name):
            yield f"reasons.{name}: the list is empty; people choose from it, one entry is needed"


def _repeated(config: HallConfig) -> Iterator[str]:
    named: list[tuple[str, str, Iterable[object]]] = [
        ("counters", "number", (c.number for c in config.counters)),
        ("services", "code", (s.code for s in config.services)),
        ("groups", "letter", (g.letter for g in config.groups)),
        ("zones", "code", (z.code for z in config.zones)),
    ]
    for name in type(config.reasons).model_fields:
        named.append((f"reasons.{name}", "code", (c.code for c in getattr(config.reasons, name))))
    for table, key, found in named:
        for value, times in Counter(found).items():
            if times > 1:
                yield f"{table}: {key} {value} is there {times} times; each may be there once"


def _unknown(config: HallConfig) -> Iterator[str]:
    letters = [group.letter for group in config.groups]
    zones = [zone.code for zone in config.zones]
    codes = [service.code for service in config.services]
    for service in config.services:
        if service.group not in letters:
            key = f'services[code = "{service.code}"].group'
            yield f'{key}: there is no group "{service.group}". Allowed: {one_of(letters)}'
    for counter in config.counters:
        key = f"counters[number = {counter.number}]"
        if counter.zone not in zones:
            near = meant(counter.zone, zones)
            yield f'{key}.zone: there is no zone "{counter.zone}"{near} Allowed: {one_of(zones)}'
        for code in () if counter.services == "all" else counter.services:
            if code not in codes:
                near = meant(code, codes)
                yield f'{key}.services: there is no service "{code}"{near} Allowed: {one_of(codes)}'


def _nobody_calls(config: HallConfig) -> Iterator[str]:
    offered = [s for s in config.services if any(c.offers(s.code) for c in config.counters)]
    for service in config.services:
        if service not in offered:
            yield f'services[code = "{service.code}"]: no counter offers it; nobody could call its tickets'
    for lane in Lane:
        callers = [c for c in config.counters if c.calls(lane)]
        if not callers:
            yield (
                f"lanes.{lane}: no counter calls this lane; every counter is dedicated to the other lane "
                "with helps_when_idle = false"
            )
            continue
        for service in offered:
            if not any(c.could_take(service.code, lane) for c in callers):
                yield f'services[code = "{service.code}"]: no counter that calls the {lane} lane offers it'


def _targets(config: HallConfig) -> Iterator[str]:
    fastest = min(service.typical_minutes for service in config.services)
    for lane in Lane:
        yield from _too_short(config, lane, fastest, "cannot be kept")
    rule = config.transaction
    if rule.forgotten_minutes <= rule.limit_minutes:
        yield (
            f"transaction.forgotten_minutes: {rule.forgotten_minutes:g} is not more than limit_minutes "
            f"({rule.limit_minutes:g}); every long transaction would count as forgotten"
        )
    if fastest > rule.limit_minutes:
        yield (
            f"transaction.limit_minutes: {rule.limit_minutes:g} cannot be kept; the shortest service "
            f"takes {fastest:g} minutes"
        )


def _too_short(config: HallConfig, lane: Lane, service_minutes: float, judgement: str) -> Iterator[str]:
    """A wait shorter than the time in which a busy hall has a counter free."""
    callers = sum(1 for counter in config.counters if counter.calls(lane))
    target = config.lanes[lane].target_minutes
    if callers and target < service_minutes / callers:
        yield (
            f"lanes.{lane}.target_minutes: {target:g} {judgement}; while all are busy, a counter for this "
            f"lane is free every {service_minutes / callers:.1f} minutes (services of "
            f"{service_minutes:.1f} minutes, counters that call the lane: {callers})"
        )


def _letters(config: HallConfig) -> Iterator[str]:
    taken = {group.letter: f"group {group.letter}" for group in config.groups}
    for lane in Lane:
        letter = config.lanes[lane].series
        if letter is None:
            continue
        if letter in taken:
            yield f'lanes.{lane}.series: "{letter}" is already the letter of {taken[letter]}'
        taken.setdefault(letter, f"the {lane} lane")


def _hours(config: HallConfig) -> Iterator[str]:
    hall = config.hall
    if hall.opens >= hall.closes:
        yield f"hall.closes: {hall.closes} is not after hall.opens ({hall.opens})"
    elif hall.opens < hall.cut_over < hall.closes:
        yield f"hall.cut_over: {hall.cut_over} lies inside the opening hours; the day would turn at work"


def _doubtful(config: HallConfig) -> Iterator[str]:
    limit = config.transaction.limit_minutes
    for service in config.services:
        if limit < service.typical_minutes:
            yield (
                f'services[code = "{service.code}"].typical_minutes: {service.typical_minutes:g} is longer '
                f"than the limit of one transaction ({limit:g} minutes)"
            )
    mean = sum(service.typical_minutes for service in config.services) / len(config.services)
    for lane in Lane:
        if not any(_targets(config)):
            yield from _too_short(config, lane, mean, "is hard to keep")
    priority, standard = config.lanes[Lane.PRIORITY], config.lanes[Lane.STANDARD]
    if priority.target_minutes > standard.target_minutes:
        yield (
            f"lanes.priority.target_minutes: {priority.target_minutes:g} is longer than the standard "
            f"lane's {standard.target_minutes:g}"
        )
    for lane in Lane:
        if config.lanes[lane].goal_percent == 100:
            yield f"lanes.{lane}.goal_percent: 100 is missed by the first late customer of the day"
