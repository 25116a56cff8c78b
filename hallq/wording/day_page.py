"""The page of a day in words: titles and tables, each cell a text."""

from hallq.domain import figure_names as names
from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.tickets import TicketState
from hallq.domain.views.day_balance import Balance
from hallq.domain.views.day_page import DayPage
from hallq.domain.views.half_hours import HALF_HOUR_MS
from hallq.i18n import N_, _
from hallq.wording import times
from hallq.wording.calls import SHORT_CALLS
from hallq.wording.day_cells import GOALS, STANDINGS, Table, percent, share_and_goal
from hallq.wording.shift import topic_words
from hallq.wording.states import lane_name, reason_name, service_name, ticket_state, tier_name

EXPIRED: dict[str, str] = {
    "missed-window": N_("expired: missed, not back"),
    "day-closed": N_("expired: day closed"),
}
SINGLES: dict[str, str] = {
    names.TRANSFERRED: N_("visits sent on"),
    names.MISSED: N_("calls missed"),
    names.RETURNED: N_("of these came back"),
    names.BY_HAND: N_("priority by hand"),
    names.DIVERTED: N_("shown to self-service"),
    names.NOT_POSSIBLE: N_("transactions not possible"),
    names.INTERRUPTED: N_("transactions interrupted"),
    names.UNRELIABLE: N_("without a trusted length"),
}
"""One name for each single count; a test holds the two together."""

APPOINTMENTS: dict[str, str] = {
    names.APPOINTMENTS_ARRIVED: N_("came in time"),
    names.APPOINTMENTS_LATE: N_("came late: an ordinary number"),
    names.APPOINTMENTS_ABSENT: N_("did not come"),
    names.APPOINTMENTS_BOOKED: N_("agreed on today, for any day"),
    names.APPOINTMENTS_MOVED: N_("moved to another time today"),
    names.APPOINTMENTS_CANCELLED: N_("called off today"),
}
"""What became of appointments; a test holds the two together."""


def page_title(page: DayPage, config: HallConfig) -> str:
    """Which day, from when to when."""
    zone = config.zone_info
    facts = {
        "date": times.day(page.date),
        "opened": times.clock(page.opened_at_ms, zone),
        "now": times.clock(page.asked_at_ms, zone),
    }
    if page.closed_at_ms is None:
        return _("{date}: the day so far, {opened}–{now}").format_map(facts)
    closed = times.clock(page.closed_at_ms, zone)
    return _("{date}: the whole day, {opened}–{closed}").format(**facts, closed=closed)


def page_tables(page: DayPage, config: HallConfig) -> tuple[Table, ...]:
    """The page from top to bottom; a table without rows is left out."""
    promises = (_lanes(page), _told(page), _tiers(page, config), _appointments(page))
    tables = (_notes(page), _balance(page.balance), *promises)
    people = (_counts(page), _work(page), _pauses(page, config), _rated(page), _complaints(page))
    work = (*people, _services(page, config), _calls(page), _hours(page))
    return tuple(table for table in (*tables, *work) if table.rows)


def _balance(balance: Balance) -> Table:
    came = [(_("issued"), balance.issued)]
    if balance.carried_in:
        came.append((_("carried over from before"), balance.carried_in))
    became = [(ticket_state(state), count) for state, count in balance.ends.items()]
    became += [(_(EXPIRED[cause]), count) for cause, count in balance.expired.items() if count]
    became += [(_inside(state), balance.inside[state]) for state in TicketState if balance.inside.get(state)]
    if balance.carried_on:
        became.append((_("carried over to the next day"), balance.carried_on))
    came += [("", -1)] * (len(became) - len(came))
    rows = [
        (left, "" if count < 0 else str(count), right, str(other))
        for (left, count), (right, other) in zip(came, became, strict=True)
    ]
    together = _("together")
    rows.append((together, str(balance.came), together, str(balance.accounted)))
    return Table(_("Where the numbers went"), rows, texts=(0, 2))


def _inside(state: TicketState) -> str:
    return _("at the counters") if state is TicketState.SERVING else ticket_state(state)


def _lanes(page: DayPage) -> Table:
    rows = []
    for lane in page.lanes:
        glyph, _word = STANDINGS[lane.standing]
        goal = _(GOALS[lane.standing]).format(goal=f"{lane.goal_percent:.0f}")
        rows.append(
            (
                lane_name(lane.lane),
                str(lane.numbers),
                str(lane.called),
                percent(lane.share),
                _minutes(lane.mean_wait_ms),
                f"{glyph} {goal}",
            )
        )
    head = (_("Lane"), _("numbers"), _("called"), _("called in time"), _("mean wait"), _("goal"))
    return Table("", rows, head, texts=(0, 5))


def _told(page: DayPage) -> Table:
    rows = [
        (
            lane_name(told.lane),
            str(told.share.whole),
            percent(told.share),
            _missed(told.early, told.early_ms),
            _missed(told.late, told.late_ms),
        )
        for told in page.told
    ]
    head = (_("Told wait"), _("called"), _("within it"), _("earlier, mean"), _("later, mean"))
    return Table("", rows, head)


def _missed(count: int, mean_ms: int | None) -> str:
    return f"{count} · {_minutes(mean_ms)}" if count else "0"


def _tiers(page: DayPage, config: HallConfig) -> Table:
    rows = [(tier_name(config, t.tier), str(t.share.whole), percent(t.share)) for t in page.tiers]
    return Table("", rows, (_("Tier"), _("called"), _("called in time")))


def _appointments(page: DayPage) -> Table:
    rows = [(_(APPOINTMENTS[name]), str(count)) for name, count in page.appointments.items()]
    if page.at_once.whole:
        rows.append((_("called at once"), percent(page.at_once)))
    return Table(_("Appointments"), rows)


def _counts(page: DayPage) -> Table:
    facts = [
        (_("transactions timed"), str(page.transactions.whole)),
        (_("within the limit"), percent(page.transactions)),
        (_("mean length"), _minutes(page.transaction_mean_ms)),
        (_("visits at one counter"), percent(page.one_counter)),
        (_("mean way to the counter"), _minutes(page.walk_mean_ms)),
        *((_(SINGLES[name]), str(count)) for name, count in page.counts.items()),
    ]
    half = -(-len(facts) // 2)
    left, right = facts[:half], [*facts[half:], ("", "")][:half]
    return Table(
        _("The work"), [(*one, *other) for one, other in zip(left, right, strict=True)], texts=(0, 2)
    )


def _work(page: DayPage) -> Table:
    rows = [
        (
            str(work.counter),
            work.clerk,
            str(work.visits),
            str(work.transactions),
            _minutes(work.trusted_ms // work.trusted if work.trusted else None),
            percent(work.in_limit),
        )
        for work in page.work
    ]
    head = (_("Counter"), _("Clerk"), _("visits"), _("transactions"), _("mean"), _("within the limit"))
    return Table("", rows, head, texts=(0, 1))


def _rated(page: DayPage) -> Table:
    rows = [
        (one.clerk or _("together"), str(one.count), f"{one.mean or 0:.1f}", str(one.low))
        for one in page.voices.rated
    ]
    return Table("", rows, (_("Ratings"), _("count"), _("mean of 5"), _("low")))


def _complaints(page: DayPage) -> Table:
    voices = page.voices
    if not (voices.complaints or voices.answered.whole or voices.settled.whole):
        return Table("", ())
    settled = share_and_goal(voices.settled, page.complaints_goal, page.complaints_standing)
    counts = (str(voices.complaints), percent(voices.answered), settled)
    head = (_("Complaints"), _("answered in time"), _("settled in time"), _("opened again"))
    return Table("", [(*counts, str(voices.opened_again))], head, texts=(2,))


def _services(page: DayPage, config: HallConfig) -> Table:
    rows = [
        (service_name(config, one.service), str(one.count), _minutes(one.mean_ms), str(one.diverted or ""))
        for one in page.services
    ]
    return Table("", rows, (_("Service"), _("done"), _("mean"), _("self-service")))


def _calls(page: DayPage) -> Table:
    rows = [(_(SHORT_CALLS[rule]), str(count)) for rule, count in page.calls]
    return Table("", rows, (_("Why called"), _("calls")))


def _pauses(page: DayPage, config: HallConfig) -> Table:
    rows = [
        (p.clerk, reason_name(config.reasons.pause, p.reason), str(p.times), _minutes(p.length_ms))
        for p in page.pauses
    ]
    return Table("", rows, (_("Pauses"), _("reason"), _("times"), _("together")), texts=(0, 1))


def _hours(page: DayPage) -> Table:
    rows = [
        (
            f"{hour.starts:%H:%M}",
            *(str(count) for count in (hour.issued, hour.called)),
            f"{hour.staffed_ms / HALF_HOUR_MS:.1f}",
            *(str(round(ms / MINUTE_MS)) for ms in (hour.busy_ms, hour.idle_ms, hour.paused_ms)),
            percent(hour.occupancy),
        )
        for hour in page.hours
        if hour.staffed_ms or hour.issued or hour.called
    ]
    spent = (_("busy"), _("idle"), _("paused"), _("share busy"))
    head = (_("from"), _("numbers"), _("called"), _("counters"), *spent)
    return Table(_("Half hours, with the minutes of all counters"), rows, head)


def _notes(page: DayPage) -> Table:
    rows = [(topic_words(note), note.text) for note in page.notes]
    return Table(_("Still open in the handover log"), rows, texts=(0, 1))


def _minutes(length_ms: int | None) -> str:
    if length_ms is None:
        return "–"
    return _("{minutes} min").format(minutes=f"{length_ms / MINUTE_MS:.1f}")
