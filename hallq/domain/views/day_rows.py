"""The page of a day as rows for a spreadsheet: stable codes, one figure to a row; half hours as a table."""

from collections.abc import Iterator

from hallq.domain.config import MINUTE_MS
from hallq.domain.views.day_page import DayPage
from hallq.domain.views.half_hours import HALF_HOUR_MS

COLUMNS = ("date", "section", "item", "figure", "value")
HALF_HOUR_COLUMNS = (
    "date",
    "starts",
    "issued",
    "called",
    "counters",
    "busy_minutes",
    "idle_minutes",
    "paused_minutes",
    "busy_percent",
)

Rows = Iterator[tuple[str, ...]]


def day_rows(page: DayPage) -> Rows:
    """Every figure of the page, in the order of COLUMNS."""
    promises = (*_balance(page), *_lanes(page), *_appointments(page))
    for row in (*promises, *_work(page), *_people(page), *_voices(page)):
        yield (page.date, *row)


def half_hour_rows(page: DayPage) -> Rows:
    """A row for each half hour between opening and closing, in the order of HALF_HOUR_COLUMNS."""
    for hour in page.hours:
        share = hour.occupancy.fraction
        yield (
            page.date,
            f"{hour.starts:%H:%M}",
            str(hour.issued),
            str(hour.called),
            f"{hour.staffed_ms / HALF_HOUR_MS:.2f}",
            *(f"{ms / MINUTE_MS:.1f}" for ms in (hour.busy_ms, hour.idle_ms, hour.paused_ms)),
            "" if share is None else f"{share * 100:.0f}",
        )


def _balance(page: DayPage) -> Rows:
    balance = page.balance
    yield ("numbers", "", "issued", str(balance.issued))
    yield ("numbers", "", "carried_in", str(balance.carried_in))
    for state, count in balance.ends.items():
        yield ("numbers", "", str(state), str(count))
    for cause, count in balance.expired.items():
        yield ("numbers", cause, "expired", str(count))
    for state, count in balance.inside.items():
        yield ("numbers", str(state), "inside", str(count))
    yield ("numbers", "", "carried_on", str(balance.carried_on))


def _lanes(page: DayPage) -> Rows:
    for lane in page.lanes:
        yield ("lane", lane.lane, "numbers", str(lane.numbers))
        yield ("lane", lane.lane, "called", str(lane.called))
        yield ("lane", lane.lane, "within_target", str(lane.share.part))
        yield ("lane", lane.lane, "counted", str(lane.share.whole))
        yield ("lane", lane.lane, "goal_percent", f"{lane.goal_percent:g}")
        yield ("lane", lane.lane, "mean_wait_minutes", _minutes(lane.mean_wait_ms))
    for told in page.told:
        yield ("told_wait", told.lane, "called", str(told.share.whole))
        yield ("told_wait", told.lane, "called_within", str(told.share.part))
        yield ("told_wait", told.lane, "called_earlier", str(told.early))
        yield ("told_wait", told.lane, "mean_minutes_early", _minutes(told.early_ms))
        yield ("told_wait", told.lane, "called_later", str(told.late))
        yield ("told_wait", told.lane, "mean_minutes_late", _minutes(told.late_ms))
    for tier in page.tiers:
        yield ("tier", tier.tier, "called", str(tier.share.whole))
        yield ("tier", tier.tier, "called_within", str(tier.share.part))


def _appointments(page: DayPage) -> Rows:
    for name, count in page.appointments.items():
        yield ("appointments", "", name.removeprefix("appointments."), str(count))
    if page.appointments:
        yield ("appointments", "", "called", str(page.at_once.whole))
        yield ("appointments", "", "called_at_once", str(page.at_once.part))


def _work(page: DayPage) -> Rows:
    yield ("transactions", "", "timed", str(page.transactions.whole))
    yield ("transactions", "", "within_limit", str(page.transactions.part))
    yield ("transactions", "", "mean_minutes", _minutes(page.transaction_mean_ms))
    yield ("visits", "", "finished", str(page.one_counter.whole))
    yield ("visits", "", "one_counter", str(page.one_counter.part))
    yield ("visits", "", "mean_walk_minutes", _minutes(page.walk_mean_ms))
    for name, count in page.counts.items():
        yield ("counts", "", name, str(count))
    for service in page.services:
        yield ("service", service.service, "done", str(service.count))
        yield ("service", service.service, "mean_minutes", _minutes(service.mean_ms))
        yield ("service", service.service, "diverted", str(service.diverted))
    for rule, count in page.calls:
        yield ("calls", rule, "calls", str(count))


def _people(page: DayPage) -> Rows:
    for work in page.work:
        item = f"{work.counter}/{_harmless(work.clerk)}"
        yield ("work", item, "visits", str(work.visits))
        yield ("work", item, "transactions", str(work.transactions))
        yield ("work", item, "timed", str(work.trusted))
        yield ("work", item, "timed_minutes", _minutes(work.trusted_ms))
        yield ("work", item, "within_limit", str(work.within))
    for pause in page.pauses:
        item = f"{_harmless(pause.clerk)}/{pause.reason}"
        yield ("pause", item, "times", str(pause.times))
        yield ("pause", item, "minutes", _minutes(pause.length_ms))


def _voices(page: DayPage) -> Rows:
    for rated in page.voices.rated:
        item = _harmless(rated.clerk)
        yield ("rating", item, "count", str(rated.count))
        yield ("rating", item, "sum", str(rated.sum))
        yield ("rating", item, "low", str(rated.low))
    voices = page.voices
    yield ("complaints", "", "taken", str(voices.complaints))
    yield ("complaints", "", "answered", str(voices.answered.whole))
    yield ("complaints", "", "answered_within", str(voices.answered.part))
    yield ("complaints", "", "to_settle", str(voices.settled.whole))
    yield ("complaints", "", "settled_within", str(voices.settled.part))
    yield ("complaints", "", "opened_again", str(voices.opened_again))


def _minutes(length_ms: int | None) -> str:
    return "" if length_ms is None else f"{length_ms / MINUTE_MS:.1f}"


def _harmless(text: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
