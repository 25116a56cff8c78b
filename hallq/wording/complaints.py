"""Complaints in words: deadlines, the list, one of them from its first word to its last."""

from hallq.domain.complaints import Category, Complaint, Stage
from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.lanes import Pressure
from hallq.domain.state import HallState
from hallq.domain.views.complaints import ComplaintRow
from hallq.domain.wall import on_wall
from hallq.i18n import N_, _, counted, enumerated, language
from hallq.wording import times
from hallq.wording.counter import PRESSURES

STAGES: dict[Stage, str] = {
    Stage.ANSWER: N_("to be answered"),
    Stage.SETTLEMENT: N_("to be settled"),
    Stage.FOLLOW_UP: N_("ask the customer again"),
}
"""What comes next; a test holds the two together."""
SOON_MS = 60 * MINUTE_MS


def category_name(config: HallConfig, code: str) -> str:
    """What a complaint is about; its code when the settings no longer have it."""
    found = (c.name.in_language(language()) for c in config.complaints.categories if c.code == code)
    return next(found, code)


def category_note(category: Category) -> str:
    """Its deadlines."""
    parts = []
    for told, hours, days in (
        (_("answer: {span}"), category.answer_hours, category.answer_working_days),
        (_("settle: {span}"), category.settle_hours, category.settle_working_days),
    ):
        if hours is not None:
            parts.append(told.format(span=_("{hours} h").format(hours=f"{hours:g}")))
        elif days is not None:
            parts.append(told.format(span=counted("{count} workday", "{count} workdays", days)))
    return " · ".join(parts)


def moment_words(at_ms: int, state: HallState, config: HallConfig) -> str:
    """An instant of the hall's clock on its wall: the time, and the day where it is another one."""
    shown_ms = at_ms + state.clock_offset_ms
    date = on_wall(shown_ms, config.zone_info).date().isoformat()
    clock = times.clock(shown_ms, config.zone_info)
    return clock if date == state.business_date else f"{times.day(date)} {clock}"


def taken_sentence(complaint: Complaint, state: HallState, config: HallConfig, earlier: list[str]) -> str:
    """What the customer can be told at once."""
    parts = [_("Complaint {complaint} is written down.").format(complaint=complaint.label)]
    due = (
        (_("Answer by {when}."), complaint.answer_due_ms),
        (_("Settled by {when}."), complaint.settle_due_ms),
    )
    parts += [
        told.format(when=moment_words(at_ms, state, config)) for told, at_ms in due if at_ms is not None
    ]
    if earlier:
        parts.append(_("Open from the same number: {complaints}.").format(complaints=enumerated(earlier)))
    return ("" if language() == "zh" else " ").join(parts)


def row_words(row: ComplaintRow, state: HallState, config: HallConfig) -> tuple[str, str]:
    """(number, deadline and next step; what it is about and how it begins)."""
    complaint = row.complaint
    head = f"{complaint.label}  {_due(row, state, config)}  {_(STAGES[complaint.stage])}"
    return head, f"{category_name(config, complaint.category)} · {complaint.text}"


def _due(row: ComplaintRow, state: HallState, config: HallConfig) -> str:
    if row.left_ms is None or row.complaint.due_ms is None:
        return _("no deadline")
    when = moment_words(row.complaint.due_ms, state, config)
    if row.is_overdue:
        return _glyph(Pressure.OVER) + _("overdue since {when}").format(when=when)
    is_soon = row.left_ms < SOON_MS
    return _glyph(Pressure.SOON if is_soon else Pressure.FINE) + _("due {when}").format(when=when)


def _glyph(pressure: Pressure) -> str:
    return PRESSURES[pressure][0] + " "


def whole_words(row: ComplaintRow, state: HallState, config: HallConfig, last_four: str) -> str:
    """Everything that is known of a complaint but the number to call back."""
    complaint = row.complaint
    place = [_("Counter {counter}").format(counter=complaint.at_counter)] if complaint.at_counter else []
    taken = [
        moment_words(complaint.taken_ms, state, config),
        *place,
        complaint.taken_by,
        complaint.ticket or "",
    ]
    lines = [
        category_name(config, complaint.category),
        " · ".join(part for part in taken if part),
        _due(row, state, config) + "  " + _(STAGES[complaint.stage]),
        "",
        complaint.text,
    ]
    for told, text, at_ms in (
        (_("Answered {when}: {text}"), complaint.answer, complaint.answered_ms),
        (_("Settled {when}: {text}"), complaint.settlement, complaint.settled_ms),
    ):
        if text and at_ms is not None:
            lines += ["", told.format(when=moment_words(at_ms, state, config), text=text)]
    if complaint.follow_up:
        lines += ["", _("Not settled after all: {text}").format(text=complaint.follow_up)]
    return "\n".join([*lines, "", _number(complaint, last_four)])


def _number(complaint: Complaint, last_four: str) -> str:
    if last_four:
        return _("Number to call back: ••• {last_four}").format(last_four=last_four)
    if complaint.number_at:
        return _("The number to call back was taken at terminal {terminal}.").format(
            terminal=complaint.number_at
        )
    return _("No number to call back.")
