"""The shift in words: the roll call, the handover log, the lanes of a counter."""

from collections.abc import Sequence

from hallq.domain.config import HallConfig
from hallq.domain.handover import HandoverNote, Topic
from hallq.domain.lanes import LaneChoice
from hallq.domain.views.roll import Roll, RollRow, Standing
from hallq.i18n import N_, _, counted, enumerated
from hallq.wording import times

STANDINGS: dict[Standing, tuple[str, str]] = {
    Standing.MISSING: ("✖", N_("not here yet")),
    Standing.AWAY: ("▲", N_("away from the screen for {minutes} min")),
    Standing.HERE: ("●", N_("here")),
    Standing.GONE: ("○", N_("signed out {minutes} min ago")),
    Standing.OFF: ("·", N_("not expected today")),
}
"""Glyph and words for each standing; a test holds the two together."""

TOPICS: dict[Topic, str] = {
    Topic.EQUIPMENT: N_("Equipment"),
    Topic.CASE: N_("Hard case"),
    Topic.CHANGE: N_("Change"),
}
LANES: dict[LaneChoice | None, str] = {
    None: N_("As the settings say"),
    LaneChoice.BOTH: N_("Both lanes alike"),
    LaneChoice.PRIORITY_FIRST: N_("Priority first, standard when idle"),
    LaneChoice.PRIORITY_ONLY: N_("Priority only"),
    LaneChoice.STANDARD_FIRST: N_("Standard first, priority when idle"),
    LaneChoice.STANDARD_ONLY: N_("Standard only"),
}

SHORT_LANES: dict[LaneChoice, str] = {
    LaneChoice.BOTH: N_("both"),
    LaneChoice.PRIORITY_FIRST: N_("P 1st"),
    LaneChoice.PRIORITY_ONLY: N_("P only"),
    LaneChoice.STANDARD_FIRST: N_("S 1st"),
    LaneChoice.STANDARD_ONLY: N_("S only"),
}
"""As short as a line of the counters has room for; a test holds both complete."""


def lanes_mark(lanes: LaneChoice | None) -> str:
    """Whom a counter takes where a manager chose that for the day; else empty."""
    return _(SHORT_LANES[lanes]) if lanes else ""


def lanes_words(lanes: LaneChoice) -> str:
    """The same for the clerk who sits there."""
    return _("Today here: {lanes}").format(lanes=_(LANES[lanes]))


def missing_words(numbers: Sequence[str], more: int) -> str:
    """Who is missing, and how many besides."""
    return enumerated([*numbers, counted("{count} more", "{count} more", more)] if more else numbers)


def roll_words(row: RollRow, config: HallConfig) -> tuple[str, str]:
    """(who, how it stands) of one line of the roll call."""
    glyph, standing = STANDINGS[row.standing]
    parts = [_(standing).format(minutes=row.minutes)]
    if row.arrived_at_ms is not None:
        came = _("since {time}, late") if row.is_late else _("since {time}")
        parts.append(came.format(time=times.clock(row.arrived_at_ms, config.zone_info)))
    if row.counter is not None:
        parts.append(_("Counter {counter}").format(counter=row.counter))
    elif row.terminal and row.standing in (Standing.HERE, Standing.AWAY):
        parts.append(row.terminal)
    return f"{glyph} {row.number}  {row.name}", " · ".join(parts)


def roll_head(roll: Roll) -> str:
    """How many are here of those who are expected, and by when."""
    here = len(roll.standing(Standing.HERE, Standing.AWAY))
    expected = len(roll.rows) - len(roll.standing(Standing.OFF))
    told = _("Here: {here} of {expected}. Everybody signs in by {due}.")
    return told.format(here=here, expected=expected, due=roll.due)


def topic_words(note: HandoverNote) -> str:
    """What an entry is about, and at which counter."""
    parts = [_(TOPICS[note.topic])]
    if note.at_counter is not None:
        parts.append(_("Counter {counter}").format(counter=note.at_counter))
    return " · ".join(parts)


def note_head(note: HandoverNote, config: HallConfig, offset_ms: int) -> str:
    """What an entry is about, who wrote it and when."""
    clock = times.clock(note.written_ms + offset_ms, config.zone_info)
    written = f"{times.day(note.business_date)} {clock}".strip()
    parts = [topic_words(note), f"{written}, {note.writer}"]
    parts.append(_("read by {reader}").format(reader=note.reader) if note.reader else _("not read yet"))
    return " · ".join(parts)
