"""The hall as its manager describes it: lanes, services, counters, rules, words.

The values come from `hall.toml`; the packaged one holds every default of the
service standard, so no default stands here a second time.
"""

from datetime import time
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from hallq.domain.complaints import ComplaintsRule
from hallq.domain.devices import PrinterRule, VipRule, VoiceRule
from hallq.domain.lanes import Lane, LaneChoice, Tier
from hallq.domain.ratings import RatingRule
from hallq.domain.reasons import Reasons
from hallq.domain.slots import AppointmentRule
from hallq.domain.staff import StaffRule
from hallq.domain.text import PlainText
from hallq.domain.words import Code, Model, Words
from hallq.domain.working_days import CalendarRule

MINUTE_MS = 60_000

Minutes = Annotated[float, Field(gt=0, le=24 * 60)]
Letter = Annotated[str, Field(pattern=r"^[A-Z]$")]


class HallSection(Model):
    """Who and where the hall is, when its business day turns, what it is asked for most.

    Codes in `frequent` that the catalogue does not have are left out.
    """

    id: Code
    name: Words
    time_zone: str
    cut_over: time
    opens: time
    closes: time
    language: Literal["zh", "en"]
    frequent: tuple[Code, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("an IANA time zone is needed, for example Asia/Shanghai") from error
        return name


class LaneRule(Model):
    """The promise of one lane."""

    target_minutes: Minutes
    goal_percent: Annotated[float, Field(gt=0, le=100)]
    series: Letter | None = None


class TierRule(Model):
    """The lane that a tier takes, and its name."""

    lane: Lane
    name: Words


class Group(Model):
    """Services that share one letter of the number series."""

    letter: Letter
    name: Words


class Spoken(StrEnum):
    """The moments at which a service may have words of its own."""

    CALLING = "calling"
    LATE = "late"
    SERVING = "serving"
    OVER_LIMIT = "over_limit"
    TRANSFER = "transfer"
    NOT_POSSIBLE = "not_possible"
    CLOSING = "closing"


class Service(Model):
    """One entry of the catalogue. `phrase`: what is said while it is done; `phrases`: at other moments.

    `short`: its name where there is little room.
    """

    code: Code
    name: Words
    group: Letter
    typical_minutes: Minutes
    short: Words | None = None
    self_service: bool = False
    no_form: bool = False
    who: PlainText = "all"
    documents: Words | None = None
    phrase: Words | None = None
    phrases: dict[Spoken, Words] = Field(default_factory=dict)


class Zone(Model):
    """A part of the hall."""

    code: Code
    name: Words


class CounterRule(Model):
    """One counter: where it stands, what it offers and whom it serves first."""

    number: Annotated[int, Field(ge=1, le=999)]
    zone: Code
    services: tuple[Code, ...] | Literal["all"] = "all"
    dedicated_to: Lane | None = None
    helps_when_idle: bool = True

    def taking(self, lanes: LaneChoice | None) -> "CounterRule":
        """The same counter with the lanes that were chosen for the day."""
        if lanes is None:
            return self
        changes = {"dedicated_to": lanes.dedicated_to, "helps_when_idle": lanes.helps_when_idle}
        return self.model_copy(update=changes)

    def offers(self, service: str) -> bool:
        """Whether this counter serves `service`."""
        return self.services == "all" or service in self.services

    def calls(self, lane: Lane) -> bool:
        """Whether this counter ever takes somebody from `lane`."""
        return self.dedicated_to in (None, lane) or self.helps_when_idle

    def could_take(self, service: str, lane: Lane, bound_counter: int | None = None) -> bool:
        """Whether this counter may ever take such a ticket; one bound to it always."""
        return bound_counter == self.number or (self.offers(service) and self.calls(lane))


class PolicyName(StrEnum):
    """The calling policies; `docs/policy.md` has each one's rule and figures."""

    ARRIVAL = "arrival"
    STRICT = "strict"
    DEADLINE = "deadline"
    GUARDED = "guarded"


class CallingRule(Model):
    """How customers are called, and what happens when one does not come."""

    policy: PolicyName
    recalls_before_missed: Annotated[int, Field(ge=0, le=20)]
    missed_window_minutes: Minutes
    missed_place: Literal["front", "after", "end"]
    missed_after: Annotated[int, Field(ge=0, le=100)]
    transfer_place: Literal["front", "original", "end"]


class TransactionRule(Model):
    """The limit of one transaction and what may have made it longer."""

    limit_minutes: Minutes
    nudge_percent: Annotated[int, Field(ge=1, le=99)]
    forgotten_minutes: Minutes


class Phrases(Model):
    """The standard phrase for each moment at the counter."""

    idle: Words
    calling: Words
    late: Words
    serving: Words
    over_limit: Words
    transfer: Words
    not_possible: Words
    closing: Words


class HallConfig(Model):
    """Everything that `hall.toml` says."""

    hall: HallSection
    lanes: dict[Lane, LaneRule]
    tiers: dict[Tier, TierRule]
    groups: tuple[Group, ...]
    services: tuple[Service, ...]
    zones: tuple[Zone, ...]
    counters: tuple[CounterRule, ...]
    calling: CallingRule
    transaction: TransactionRule
    appointments: AppointmentRule
    staff: StaffRule
    printer: PrinterRule
    voice: VoiceRule
    vip: VipRule
    reasons: Reasons
    rating: RatingRule
    complaints: ComplaintsRule
    calendar: CalendarRule
    phrases: Phrases

    @cached_property
    def zone_info(self) -> ZoneInfo:
        """The hall's time zone."""
        return ZoneInfo(self.hall.time_zone)

    @cached_property
    def service_by_code(self) -> dict[str, Service]:
        """The catalogue by code."""
        return {service.code: service for service in self.services}

    @cached_property
    def counter_by_number(self) -> dict[int, CounterRule]:
        """The counters by number."""
        return {counter.number: counter for counter in self.counters}

    @cached_property
    def typical_ms(self) -> dict[str, int]:
        """How long each service usually takes, by the catalogue."""
        return {s.code: round(s.typical_minutes * MINUTE_MS) for s in self.services}

    def target_ms(self, lane: Lane) -> int:
        """The promised wait of a lane."""
        return round(self.lanes[lane].target_minutes * MINUTE_MS)

    @property
    def limit_ms(self) -> int:
        """The promised length of one transaction."""
        return round(self.transaction.limit_minutes * MINUTE_MS)

    @property
    def missed_window_ms(self) -> int:
        """How long a missed customer may still come back."""
        return round(self.calling.missed_window_minutes * MINUTE_MS)

    def lane_of(self, tier: Tier) -> Lane:
        """The lane that a tier takes by default."""
        return self.tiers[tier].lane

    def series_of(self, lane: Lane, service: str) -> str:
        """The letter of the number series: the lane's own, or else the service's group."""
        return self.lanes[lane].series or self.service_by_code[service].group
