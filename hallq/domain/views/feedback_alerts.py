"""What customers said that somebody has to see to."""

from collections.abc import Iterator

from hallq.domain.config import MINUTE_MS
from hallq.domain.views.alert_kinds import Act, Alert, Kind, Scene
from hallq.domain.views.complaints import complaint_list


def of_feedback(scene: Scene) -> Iterator[Alert]:
    """The low ratings that nobody has seen to, each; the complaints that are overdue, together."""
    for rating in scene.state.low_ratings.values():
        facts: dict[str, int | str] = {
            "ticket": rating.label,
            "counter": rating.counter,
            "clerk": rating.clerk,
            "score": rating.score,
        }
        yield Alert(Kind.LOW_RATING, facts, rating.rated_ms, Act.SEE_RATING, ticket_id=rating.ticket_id)
    late = [row for row in complaint_list(scene.state, scene.now_ms) if row.is_overdue]
    if late:
        first = late[0]
        late_ms = -(first.left_ms or 0)
        facts = {"complaint": first.complaint.label, "minutes": late_ms // MINUTE_MS, "more": len(late) - 1}
        yield Alert(Kind.COMPLAINT_LATE, facts, scene.now_ms - late_ms, Act.OPEN_COMPLAINTS)
