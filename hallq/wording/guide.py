"""The guide's screen in words: waits, lanes, the ticket in the making, where a number is."""

from hallq.domain.config import HallConfig, Service
from hallq.domain.lanes import Lane, Pressure, Tier
from hallq.domain.spoken_waits import spoken_range
from hallq.domain.tickets import TicketState
from hallq.domain.views.find import MissedView
from hallq.domain.views.guide import DayView, IssuedView, LaneOutlook, WaitView
from hallq.domain.views.guide_draft import Draft
from hallq.domain.vip import Knowledge, Recognised
from hallq.i18n import N_, _, counted, enumerated, language
from hallq.wording import times
from hallq.wording.counter import tier_words
from hallq.wording.states import lane_name, reason_name, service_name, ticket_state

GLYPHS = {Pressure.FINE: " ", Pressure.SOON: "▲", Pressure.OVER: "▲"}


def minutes_words(wait: WaitView) -> str:
    """A wait as people say it."""
    if wait.high is None or wait.low is None:
        return _("no counter calls now")
    if wait.high == 0:
        return _("no wait")
    low, high = spoken_range(wait.low, wait.high)
    if low == high:
        return _("about {minutes} min").format(minutes=high)
    if low == 0:
        return _("within {minutes} min").format(minutes=high)
    return _("about {low}–{high} min").format(low=low, high=high)


def lane_waits(lane: LaneOutlook) -> tuple[str, str, str]:
    """(how many wait, the wait of somebody who takes a number now, a warning or nothing)."""
    waiting = counted("{count} waiting", "{count} waiting", lane.waiting)
    if lane.wait.high is None:
        return waiting, taken_now_words(lane.wait), _help_words(lane) if lane.waiting else ""
    warnings = {
        Pressure.FINE: "",
        Pressure.SOON: _("▲ may take over {target} min").format(target=lane.target),
        Pressure.OVER: _("✖ takes over {target} min").format(target=lane.target),
    }
    return waiting, taken_now_words(lane.wait), warnings[lane.pressure]


def _help_words(lane: LaneOutlook) -> str:
    """What would let somebody be called again."""
    if lane.ask_back is None:
        return _("▲ open a counter")
    return _("▲ ask counter {counter} back").format(counter=lane.ask_back)


def taken_now_words(wait: WaitView) -> str:
    """The wait of somebody who takes a number now."""
    if wait.high is None:
        return _("no counter takes customers now")
    return _("a number now: {wait}").format(wait=minutes_words(wait))


def ahead_words(before: int) -> str:
    """How many are called first."""
    return counted("{count} ahead", "{count} ahead", before) if before else _("next one")


def tier_and_lane(config: HallConfig, tier: Tier, lane: Lane) -> str:
    """A tier and where it leads."""
    return f"{tier_words(config, tier)} → {lane_name(lane)}" if tier is not Tier.NONE else lane_name(lane)


def draft_words(draft: Draft, config: HallConfig) -> list[str]:
    """What is known of the customer, each a short phrase."""
    words = []
    if draft.tier is not Tier.NONE:
        words.append(tier_words(config, draft.tier))
    if draft.priority_reason:
        words.append(reason_name(config.reasons.priority, draft.priority_reason))
    if words:
        words[-1] += f" → {lane_name(draft.lane(config))}"
    return words


def known_words(known: Recognised | None) -> str:
    """Why a number gives no tier; empty when it does, and where there is no directory to ask."""
    match known.knowledge if known else None:
        case Knowledge.UNKNOWN:
            return _("no VIP")
        case Knowledge.EXPIRED:
            return _("▲ VIP until {date} only").format(date=known.valid_until if known else "")
        case Knowledge.SILENT:
            return _("▲ VIPs are not recognised now: call the manager")
        case _:
            return ""


def service_facts(service: Service, *, issued: bool = False) -> str:
    """What a service needs, in one line, first what to bring: a long line is cut at its end.

    Who has a number is not sent to the machine any more.
    """
    facts = [_("takes about {minutes} min").format(minutes=f"{service.typical_minutes:g}")]
    if service.documents:
        facts.insert(0, _("bring: {documents}").format(documents=service.documents.in_language(language())))
    if service.no_form:
        facts.append(_("no form to fill in"))
    if service.self_service and not issued:
        facts.append(_("→ self-service can do it"))
    return " · ".join(facts)


_WHO = {
    "all": N_("everybody"),
    "postpaid": N_("postpaid"),
    "fixed": N_("fixed"),
    "broadband": N_("broadband"),
}
"""What `who` in `hall.toml` is usually made of; other words stay as the hall wrote them."""


def _for_whom(who: str) -> str:
    return enumerated(_(_WHO[part]) if part in _WHO else part for part in who.split(", "))


def about_lines(service: Service, config: HallConfig) -> tuple[str, ...]:
    """Everything about a service."""
    group = next((g.name.in_language(language()) for g in config.groups if g.letter == service.group), "")
    documents = service.documents.in_language(language()) if service.documents else _("nothing")
    lines = [
        service.name.en if language() == "zh" else service.name.zh,
        "",
        _("Group: {letter} {name}").format(letter=service.group, name=group),
        _("Usually takes: {minutes} min").format(minutes=f"{service.typical_minutes:g}"),
        _("For: {who}").format(who=_for_whom(service.who)),
        _("Bring: {documents}").format(documents=documents),
        _("No form to fill in: the system prints it.")
        if service.no_form
        else _("There is a form to fill in."),
    ]
    if service.self_service:
        lines.append(_("Offer self-service first: the machines or the online hall do it too (S)."))
    if service.phrase:
        lines += ["", f"“{service.phrase.in_language(language())}”"]
    return tuple(lines)


def day_words(day: DayView) -> tuple[str, ...]:
    """What to know before the business day is opened."""
    date = times.day(day.date)
    if day.reopens:
        lines = [_("{date} was closed. Space opens it again; the numbers go on.").format(date=date)]
    else:
        lines = [_("The business day is not open. Space opens {date}.").format(date=date)]
    if day.wrong_clock:
        lines.append(_("▲ The computer's date lies before the last business day. Check its clock first."))
    return tuple(lines)


def overdue_words(day: DayView) -> str:
    """A day that nobody closed."""
    return _("▲ {date} is still open. Close it on the manager's screen (F4, D) before a new day.").format(
        date=times.day(day.date)
    )


def twin_words(twin: IssuedView) -> str:
    """The customer queues already."""
    return _("▲ has {ticket} already ({state})").format(ticket=twin.label, state=ticket_state(twin.state))


def standing_words(ticket: IssuedView) -> tuple[str, ...]:
    """Where a live ticket stands, in short phrases."""
    if ticket.agreed:
        return (_("called at {time}, by appointment").format(time=ticket.agreed),)
    if ticket.before is not None:
        return ahead_words(ticket.before), minutes_words(ticket.wait)
    if ticket.counter is not None and ticket.state in (TicketState.CALLED, TicketState.SERVING):
        at_counter = _("{state} at counter {counter}")
        return (at_counter.format(state=ticket_state(ticket.state), counter=ticket.counter),)
    return (ticket_state(ticket.state),)


def missed_note(missed: MissedView, config: HallConfig) -> str:
    """What stands behind a missed number in the list."""
    left = _("{minutes} min left to come back").format(minutes=missed.minutes_left)
    return f"{service_name(config, missed.service)} · {left}"
