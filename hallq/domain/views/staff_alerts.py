"""What the manager has to know of people and equipment: who is missing, who left, what is to be read."""

from collections.abc import Iterator

from hallq.domain.config import MINUTE_MS
from hallq.domain.views.alert_kinds import Alert, Kind, Scene
from hallq.domain.views.roll import Standing, absent_ms, is_told, roll_call

MOST_NAMED = 4
"""So many who are missing are named; the rest is counted."""


def of_staff(scene: Scene) -> Iterator[Alert]:
    """Each thing that is the matter with the shift."""
    for counter in scene.state.counters.values():
        away_ms = absent_ms(scene.state, scene.roster, scene.config, counter, scene.now_ms)
        if away_ms is not None and away_ms >= scene.config.staff.absence_ms:
            minutes = away_ms // MINUTE_MS
            facts: dict[str, int | str] = {
                "counter": counter.number,
                "clerk": counter.clerk or "",
                "minutes": minutes,
            }
            yield Alert(Kind.ABSENT, facts, scene.now_ms - away_ms, counter=counter.number)
    if is_told(scene.config, scene.shown_ms):
        roll = roll_call(scene.state, scene.roster, scene.config, scene.now_ms)
        numbers = [row.number for row in roll.standing(Standing.MISSING)]
        if numbers:
            named = " ".join(numbers[:MOST_NAMED])
            yield Alert(Kind.MISSING_STAFF, {"staff": named, "more": max(0, len(numbers) - MOST_NAMED)})
    unread = sum(1 for note in scene.state.notes.values() if note.is_news_to(scene.reader))
    if unread:
        yield Alert(Kind.NOTES_UNREAD, {"count": unread})
