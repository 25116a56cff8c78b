"""What goes wrong next in the hall, most urgent first, each with the act that helps.

Everything is derived from the state; the sentences are in `wording/alerts.py`.
"""

from collections.abc import Iterator

from hallq.domain import figure_names as names
from hallq.domain.business_date import date_to_open, is_overdue
from hallq.domain.config import MINUTE_MS
from hallq.domain.counters import CounterState
from hallq.domain.expected_appointments import agreed_time, coming
from hallq.domain.lanes import Lane, Pressure
from hallq.domain.policy.eligible import present_rules, somebody_takes
from hallq.domain.tickets import Ticket, TicketState
from hallq.domain.views.alert_kinds import Act, Alert, Facts, Kind, Scene
from hallq.domain.views.cards import CounterCard
from hallq.domain.views.feedback_alerts import of_feedback
from hallq.domain.views.helping import act_of, helper_for, number_of
from hallq.domain.views.promises import LOOK_AHEAD_MS, again_facts, lane_alert_facts, missed_facts
from hallq.domain.views.staff_alerts import of_staff
from hallq.domain.wall import on_wall

CLOCK_JUMP_MS = MINUTE_MS
"""A computer clock that differs by more from the shown time is worth a word."""

LONG_HOLD_MS = 15 * MINUTE_MS
"""A hold without a time that lasts longer is worth a look."""


def alerts(scene: Scene) -> tuple[Alert, ...]:
    """Never empty: where nothing is wrong, the calm sentence."""
    if not scene.state.is_open:
        date = date_to_open(scene.state, scene.wall_ms, scene.config)
        return (Alert(Kind.DAY_NOT_OPEN, {"date": date}, act=Act.OPEN_DAY),)
    found = [
        *_of_day(scene),
        *_of_others(scene),
        *_of_promises(scene),
        *_of_counters(scene),
        *of_staff(scene),
        *_of_holds(scene),
        *of_feedback(scene),
    ]
    found.sort(key=lambda alert: alert.urgency)
    return (*(found or [_calm(scene)]), *_appointments_soon(scene))


def _of_day(scene: Scene) -> Iterator[Alert]:
    state = scene.state
    if is_overdue(state, scene.shown_ms, scene.config):
        yield Alert(Kind.OLD_DAY_OPEN, {"date": state.business_date}, act=Act.CLOSE_DAY)
    elif not state.tickets and _is_past_closing(scene):
        yield Alert(Kind.PAST_CLOSING, {"closes": f"{scene.config.hall.closes:%H:%M}"}, act=Act.CLOSE_DAY)
    if abs(scene.wall_ms - scene.shown_ms) > CLOCK_JUMP_MS:
        facts = {"shown_ms": _to_minute(scene.shown_ms), "wall_ms": _to_minute(scene.wall_ms)}
        yield Alert(Kind.CLOCK_JUMPED, facts, act=Act.ADOPT_CLOCK)


def _of_others(scene: Scene) -> Iterator[Alert]:
    """What other terminals did and this one cannot take as it came; what its own file is not sure of."""
    if contested := scene.state.figures.get(names.CONTESTED, 0):
        yield Alert(Kind.CONTESTED, {"count": contested})
    if scene.own.quarantined:
        yield Alert(Kind.QUARANTINED, {"count": scene.own.quarantined})
    if scene.own.is_restored:
        yield Alert(Kind.RESTORED)
    if scene.own.doubted:
        yield Alert(Kind.DOUBTED, {"count": scene.own.doubted})


def _to_minute(at_ms: int) -> int:
    return at_ms // MINUTE_MS * MINUTE_MS


def _is_past_closing(scene: Scene) -> bool:
    local = on_wall(scene.shown_ms, scene.config.zone_info)
    return local.time() >= scene.config.hall.closes > scene.config.hall.opens


def _of_promises(scene: Scene) -> Iterator[Alert]:
    waiting = scene.state.waiting()
    if not waiting:
        return
    if not any(card.state not in (CounterState.CLOSED, CounterState.PAUSED) for card in scene.cards):
        yield _nobody_serves(scene, waiting)
        return
    present = present_rules(scene.state, scene.config)
    stranded = [t for t in waiting if not somebody_takes(t, present)]
    if stranded:
        yield _nobody_offers(scene, stranded)
    for lane in Lane:
        mine = [t for t in scene.state.in_line(lane) if t.is_first_wait]
        yield from _will_miss(scene, lane, [t for t in mine if t not in stranded])
        yield from _has_missed(scene, lane, mine)
    yield from _appointment_late(scene, [t for t in waiting if t.is_by_appointment])
    yield from _waits_again(scene, waiting)


def _nobody_serves(scene: Scene, waiting: list[Ticket]) -> Alert:
    helper = helper_for(scene, waiting)
    return Alert(
        Kind.NOBODY_SERVES, {"waiting": len(waiting), **helper}, act=act_of(helper), counter=number_of(helper)
    )


def _nobody_offers(scene: Scene, stranded: list[Ticket]) -> Alert:
    """The one stranded for the longest, and the counter that could take them."""
    first = min(stranded, key=lambda t: (t.issued_ms, t.ticket_id))
    facts: Facts = {"ticket": first.label, "service": first.service, "more": len(stranded) - 1}
    return _about(Kind.NOBODY_OFFERS, scene, first, facts, first.issued_ms)


def _about(
    kind: Kind, scene: Scene, first: Ticket, facts: Facts, at_ms: int, *, only: int | None = None
) -> Alert:
    """An alert about a ticket, with the counter that would help it; `only`: the one it is kept for."""
    helper = helper_for(scene, [first], only)
    return Alert(kind, {**facts, **helper}, at_ms, act_of(helper), number_of(helper), first.ticket_id)


def _will_miss(scene: Scene, lane: Lane, waiting: list[Ticket]) -> Iterator[Alert]:
    found = lane_alert_facts(scene.state, scene.config, waiting, scene.forecasts, scene.now_ms)
    if found:
        first, facts = found
        yield _about(Kind.WILL_MISS, scene, first, {**facts, "lane": lane.value}, first.due_ms)


def _has_missed(scene: Scene, lane: Lane, waiting: list[Ticket]) -> Iterator[Alert]:
    found = missed_facts(scene.config, waiting, scene.now_ms)
    if found:
        first, facts = found
        yield _about(Kind.HAS_MISSED, scene, first, {**facts, "lane": lane.value}, first.due_ms)


def _appointment_late(scene: Scene, waiting: list[Ticket]) -> Iterator[Alert]:
    late = [t for t in waiting if t.due_ms < scene.now_ms]
    if late:
        first = min(late, key=lambda t: t.due_key)
        facts: Facts = {
            "ticket": first.label,
            "agreed": agreed_time(scene.state, first),
            "late": len(late),
            "minutes": (scene.now_ms - (first.agreed_ms or 0)) // MINUTE_MS,
        }
        yield _about(Kind.APPOINTMENT_LATE, scene, first, facts, first.due_ms)


def _appointments_soon(scene: Scene) -> Iterator[Alert]:
    """The next agreed time of the next minutes, and how many come then or are here already."""
    ahead = [v.in_ms for v in coming(scene.state, scene.config, scene.now_ms) if v.in_ms > 0]
    if ahead and ahead[0] <= LOOK_AHEAD_MS:
        minutes = -(-ahead[0] // MINUTE_MS)
        facts: dict[str, int | str] = {"minutes": minutes, "count": ahead.count(ahead[0])}
        facts["shown_ms"] = scene.shown_ms + ahead[0]
        yield Alert(Kind.APPOINTMENT_SOON, facts, scene.now_ms + ahead[0])


def _waits_again(scene: Scene, waiting: list[Ticket]) -> Iterator[Alert]:
    found = again_facts(scene.config, waiting, scene.now_ms)
    if found:
        first, facts = found
        only = first.bound_counter
        yield _about(Kind.WAITS_AGAIN, scene, first, facts, first.waiting_since_ms, only=only)


def _of_counters(scene: Scene) -> Iterator[Alert]:
    for card in scene.cards:
        kind = _kind_of(card)
        if kind:
            facts: dict[str, int | str] = {
                "counter": card.number,
                "clerk": card.clerk,
                "minutes": card.elapsed_ms // MINUTE_MS,
                "limit": (card.limit_ms or 0) // MINUTE_MS,
                "ticket": card.label,
                "reason": card.reason,
            }
            since_ms = scene.now_ms - card.elapsed_ms
            yield Alert(kind, facts, since_ms, counter=card.number, ticket_id=card.ticket_id)


def _kind_of(card: CounterCard) -> Kind | None:
    if card.forgotten:
        return Kind.FORGOTTEN
    over = {
        CounterState.CALLING: Kind.NO_ANSWER,
        CounterState.PAUSED: Kind.LONG_PAUSE,
        CounterState.SERVING: Kind.OVER_LIMIT,
    }
    if card.pressure is Pressure.OVER:
        return over.get(card.state)
    near = card.pressure is Pressure.SOON and card.state is CounterState.SERVING
    return Kind.NEAR_LIMIT if near else None


def _of_holds(scene: Scene) -> Iterator[Alert]:
    for ticket in scene.state.in_state(TicketState.HELD):
        back_ms = ticket.hold_until_ms or (ticket.held_ms or scene.now_ms) + LONG_HOLD_MS
        if scene.now_ms > back_ms:
            facts: dict[str, int | str] = {
                "ticket": ticket.label,
                "minutes": (scene.now_ms - (ticket.held_ms or back_ms)) // MINUTE_MS,
                "reason": ticket.hold_reason or "",
            }
            yield Alert(Kind.HOLD_DUE, facts, back_ms, Act.CALL_BACK, ticket_id=ticket.ticket_id)


def _calm(scene: Scene) -> Alert:
    waiting = scene.state.waiting()
    open_promises = [t for t in waiting if t.is_first_wait]
    if not open_promises:
        return Alert(Kind.ONLY_AGAIN if waiting else Kind.NOBODY_WAITS, {"waiting": len(waiting)})
    first = min(open_promises, key=lambda t: t.due_key)
    facts: dict[str, int | str] = {
        "ticket": first.label,
        "minutes": (first.due_ms - scene.now_ms) // MINUTE_MS,
        "waiting": len(waiting),
    }
    return Alert(Kind.ALL_KEPT, facts, first.due_ms, ticket_id=first.ticket_id)
