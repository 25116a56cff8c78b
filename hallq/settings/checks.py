"""What no single key shows: a hall whose settings fit one by one and still cannot work."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Lane, Tier
from hallq.i18n import N_, Sentence
from hallq.settings.appointments import appointment_doubts, appointment_faults
from hallq.settings.complaints import complaint_faults
from hallq.settings.devices import device_faults
from hallq.settings.faults import fault_at, lane_named, meant, one_of


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
    sentence: Sentence


def findings(config: HallConfig) -> list[Finding]:
    """All findings about settings whose single keys fit."""
    unusable = [*_missing(config), *_repeated(config), *_unknown(config)]
    if unusable:
        return [Finding(Weight.UNUSABLE, sentence) for sentence in unusable]
    cannot = [*_nobody_calls(config), *_targets(config), *_letters(config), *_hours(config)]
    cannot += [*device_faults(config.printer, config.voice, config.vip), *appointment_faults(config)]
    cannot += complaint_faults(config)
    return [
        *(Finding(Weight.CANNOT_WORK, sentence) for sentence in cannot),
        *(Finding(Weight.DOUBTFUL, sentence) for sentence in _doubtful(config)),
    ]


def _service(code: str) -> str:
    return f'services[code = "{code}"]'


def _missing(config: HallConfig) -> Iterator[Sentence]:
    for lane in Lane:
        if lane not in config.lanes:
            yield fault_at(f"lanes.{lane}", N_("is missing; every lane needs its target"))
    for tier in Tier:
        if tier not in config.tiers:
            yield fault_at(f"tiers.{tier}", N_("is missing; every tier needs a lane"))
    for name in ("groups", "services", "zones", "counters"):
        if not getattr(config, name):
            yield fault_at(name, N_("the list is empty; at least one entry is needed"))


def _repeated(config: HallConfig) -> Iterator[Sentence]:
    named: list[tuple[str, str, Iterable[object]]] = [
        ("counters", "number", (c.number for c in config.counters)),
        ("services", "code", (s.code for s in config.services)),
        ("groups", "letter", (g.letter for g in config.groups)),
        ("zones", "code", (z.code for z in config.zones)),
    ]
    for name in type(config.reasons).model_fields:
        named.append((f"reasons.{name}", "code", (c.code for c in getattr(config.reasons, name))))
    told = N_("{name} {value} is there {times} times; each may be there once")
    for table, key, found in named:
        for value, times in Counter(found).items():
            if times > 1:
                yield fault_at(table, told, name=key, value=value, times=times)


def _unknown(config: HallConfig) -> Iterator[Sentence]:
    letters = [group.letter for group in config.groups]
    zones = [zone.code for zone in config.zones]
    codes = [service.code for service in config.services]
    for service in config.services:
        if service.group not in letters:
            told = N_('there is no group "{found}". Allowed: {allowed}')
            key = f"{_service(service.code)}.group"
            yield fault_at(key, told, found=service.group, allowed=one_of(letters))
    for counter in config.counters:
        key = f"counters[number = {counter.number}]"
        if counter.zone not in zones:
            told = N_('there is no zone "{found}".{meant} Allowed: {allowed}')
            near = meant(counter.zone, zones)
            yield fault_at(f"{key}.zone", told, found=counter.zone, meant=near, allowed=one_of(zones))
        for code in () if counter.services == "all" else counter.services:
            if code not in codes:
                told = N_('there is no service "{found}".{meant} Allowed: {allowed}')
                near = meant(code, codes)
                yield fault_at(f"{key}.services", told, found=code, meant=near, allowed=one_of(codes))


def _nobody_calls(config: HallConfig) -> Iterator[Sentence]:
    offered = [s for s in config.services if any(c.offers(s.code) for c in config.counters)]
    for service in config.services:
        if service not in offered:
            told = N_("no counter offers it; nobody could call its tickets. Add it to a counter's services")
            yield fault_at(_service(service.code), told)
    for lane in Lane:
        callers = [c for c in config.counters if c.calls(lane)]
        if not callers:
            told = N_(
                "no counter calls this lane; every counter is dedicated to the other lane "
                "with helps_when_idle = false. Set it to true at one of them"
            )
            yield fault_at(f"lanes.{lane}", told)
            continue
        for service in offered:
            if not any(c.could_take(service.code, lane) for c in callers):
                told = N_("no counter that calls {lane} offers it")
                yield fault_at(_service(service.code), told, lane=lane_named(lane))


def _targets(config: HallConfig) -> Iterator[Sentence]:
    fastest = min(service.typical_minutes for service in config.services)
    for lane in Lane:
        yield from _too_short(config, lane, fastest, N_("{found} cannot be kept; {why}"))
    rule = config.transaction
    limit = f"{rule.limit_minutes:g}"
    if rule.forgotten_minutes <= rule.limit_minutes:
        told = N_(
            "{found} is not more than limit_minutes ({limit}); "
            "every long transaction would count as forgotten"
        )
        yield fault_at(
            "transaction.forgotten_minutes", told, found=f"{rule.forgotten_minutes:g}", limit=limit
        )
    if fastest > rule.limit_minutes:
        told = N_("{found} cannot be kept; the shortest service takes {minutes} minutes")
        yield fault_at("transaction.limit_minutes", told, found=limit, minutes=f"{fastest:g}")


def _too_short(config: HallConfig, lane: Lane, service_minutes: float, judgement: str) -> Iterator[Sentence]:
    """A wait shorter than the time in which a busy hall has a counter free."""
    callers = sum(1 for counter in config.counters if counter.calls(lane))
    target = config.lanes[lane].target_minutes
    if callers and target < service_minutes / callers:
        why = Sentence(
            N_(
                "while all are busy, a counter for this lane is free every {every} minutes "
                "(services of {minutes} minutes, counters that call the lane: {callers})"
            ),
            every=f"{service_minutes / callers:.1f}",
            minutes=f"{service_minutes:.1f}",
            callers=callers,
        )
        yield fault_at(f"lanes.{lane}.target_minutes", judgement, found=f"{target:g}", why=why)


def _letters(config: HallConfig) -> Iterator[Sentence]:
    taken = {group.letter: Sentence(N_("group {letter}"), letter=group.letter) for group in config.groups}
    for lane in Lane:
        letter = config.lanes[lane].series
        if letter is None:
            continue
        if letter in taken:
            told = N_('"{found}" is already the letter of {owner}. Choose another one')
            yield fault_at(f"lanes.{lane}.series", told, found=letter, owner=taken[letter])
        taken.setdefault(letter, lane_named(lane))
    letter = config.appointments.series
    if letter in taken:
        told = N_('"{found}" is already the letter of {owner}. Choose another one')
        yield fault_at("appointments.series", told, found=letter, owner=taken[letter])


def _hours(config: HallConfig) -> Iterator[Sentence]:
    hall = config.hall
    if hall.opens >= hall.closes:
        told = N_("{found} is not after hall.opens ({opens})")
        yield fault_at("hall.closes", told, found=hall.closes, opens=hall.opens)
    elif hall.opens < hall.cut_over < hall.closes:
        told = N_("{found} lies inside the opening hours; the day would turn at work")
        yield fault_at("hall.cut_over", told, found=hall.cut_over)


def _doubtful(config: HallConfig) -> Iterator[Sentence]:
    yield from appointment_doubts(config)
    mean = sum(service.typical_minutes for service in config.services) / len(config.services)
    yield from _long_services(config, mean)
    for lane in Lane:
        if not any(_targets(config)):
            yield from _too_short(config, lane, mean, N_("{found} is hard to keep; {why}"))
    priority, standard = config.lanes[Lane.PRIORITY], config.lanes[Lane.STANDARD]
    if priority.target_minutes > standard.target_minutes:
        told = N_("{found} is longer than the standard lane's {other}")
        yield fault_at(
            "lanes.priority.target_minutes",
            told,
            found=f"{priority.target_minutes:g}",
            other=f"{standard.target_minutes:g}",
        )
    for lane in Lane:
        if config.lanes[lane].goal_percent == 100:
            yield fault_at(
                f"lanes.{lane}.goal_percent", N_("100 is missed by the first late customer of the day")
            )


def _long_services(config: HallConfig, mean: float) -> Iterator[Sentence]:
    """One service over the limit has its reasons; a limit below the mean is a slip."""
    rule = config.transaction
    if rule.limit_minutes < mean and not any(_targets(config)):
        told = N_("{found} is hard to keep; a service takes {minutes} minutes on average")
        found = f"{rule.limit_minutes:g}"
        yield fault_at("transaction.limit_minutes", told, found=found, minutes=f"{mean:.1f}")
    for service in config.services:
        if service.typical_minutes > rule.forgotten_minutes:
            told = N_("{found} is more than transaction.forgotten_minutes ({limit}); all look forgotten")
            key = f"{_service(service.code)}.typical_minutes"
            found, limit = f"{service.typical_minutes:g}", f"{rule.forgotten_minutes:g}"
            yield fault_at(key, told, found=found, limit=limit)
