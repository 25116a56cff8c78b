"""Which promises of a lane will be broken, and how many one more counter would save."""

from collections.abc import Mapping

from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.forecast import Forecast, call_forecasts, will_miss
from hallq.domain.state import HallState
from hallq.domain.tickets import Ticket
from hallq.domain.views.alert_kinds import Facts

Found = tuple[Ticket, Facts]
"""The ticket that it is about, and what the sentence is filled with."""

LOOK_AHEAD_MS = 15 * MINUTE_MS
"""Promises that run out later are not spoken of yet."""


def lane_alert_facts(
    state: HallState,
    config: HallConfig,
    waiting: list[Ticket],
    forecasts: Mapping[str, Forecast],
    now_ms: int,
) -> Found | None:
    """The next promise that will be broken; None when all of them hold.

    `ticket`, its `target` and the `minutes` that are left of it; `more` others miss until
    `until_ms` (hall's clock); `saved` of all of them would be in time with one more counter.
    """
    missing = [
        t
        for t in waiting
        if now_ms <= t.due_ms <= now_ms + LOOK_AHEAD_MS and will_miss(t, forecasts[t.ticket_id], now_ms)
    ]
    if not missing:
        return None
    missing.sort(key=lambda t: t.due_key)
    first, last = missing[0], missing[-1]
    helped = call_forecasts(state, config, now_ms, more_counters=1)
    return first, {
        "ticket": first.label,
        "target": config.target_ms(first.lane) // MINUTE_MS,
        "minutes": (first.due_ms - now_ms) // MINUTE_MS,
        "more": len(missing) - 1,
        "until_ms": last.due_ms // MINUTE_MS * MINUTE_MS,
        "saved": sum(1 for t in missing if not will_miss(t, helped[t.ticket_id], now_ms)),
    }


def again_until_ms(ticket: Ticket, target_ms: int) -> int:
    """Until when a second wait is no longer than the lane promises for a first one."""
    return ticket.waiting_since_ms + target_ms


def again_facts(config: HallConfig, waiting: list[Ticket], now_ms: int) -> Found | None:
    """Those called before who wait again for longer than their lane promises; None when nobody does."""
    late = [
        t for t in waiting if not t.is_first_wait and again_until_ms(t, config.target_ms(t.lane)) < now_ms
    ]
    if not late:
        return None
    first = min(late, key=lambda t: (t.waiting_since_ms, t.ticket_id))
    return first, {
        "ticket": first.label,
        "waited": (now_ms - first.waiting_since_ms) // MINUTE_MS,
        "late": len(late),
    }


def missed_facts(config: HallConfig, waiting: list[Ticket], now_ms: int) -> Found | None:
    """Those who wait past their promise: how many, and who for the longest; None when nobody does."""
    late = [t for t in waiting if t.due_ms < now_ms]
    if not late:
        return None
    first = min(late, key=lambda t: (t.waiting_since_ms, t.ticket_id))
    return first, {
        "ticket": first.label,
        "target": config.target_ms(first.lane) // MINUTE_MS,
        "waited": (now_ms - first.waiting_since_ms) // MINUTE_MS,
        "late": len(late),
    }
