"""What is open when a day is to be closed, in words."""

from hallq.domain.views.closing import Closing
from hallq.i18n import _, counted
from hallq.wording.hall import named
from hallq.wording.shift import topic_words

MOST_FAULTS, LONGEST_TEXT = 2, 30
"""So many faults are told with the beginning of their text; the rest is counted."""


def closing_lines(closing: Closing) -> list[str]:
    """A line for each thing that is open; empty where nothing is."""
    told = []
    if closing.here:
        told.append(_("Still signed in: {staff}").format(staff=named(closing.here)))
    if closing.missing:
        told.append(_("Expected today, never here: {staff}").format(staff=named(closing.missing)))
    if closing.to_come:
        text = counted(
            "{count} customer with an appointment may still come",
            "{count} customers with an appointment may still come",
            closing.to_come,
        )
        told.append(text)
    for note in closing.faults[:MOST_FAULTS]:
        text = note.text if len(note.text) <= LONGEST_TEXT else note.text[: LONGEST_TEXT - 1] + "…"
        told.append(f"! {topic_words(note)} · {text}")
    if (more := len(closing.faults) - MOST_FAULTS) > 0:
        told.append("! " + counted("{count} more fault", "{count} more faults", more))
    if closing.notes:
        text = counted(
            "{count} entry open in the handover log (H)",
            "{count} entries open in the handover log (H)",
            closing.notes,
        )
        told.append(text)
    if closing.complaints:
        text = _("Complaints open: {count}, overdue: {late} (I)")
        told.append(text.format(count=closing.complaints, late=closing.overdue))
    return told
