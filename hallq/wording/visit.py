"""A visit's services in words."""

from hallq.domain.config import HallConfig
from hallq.domain.transactions import Outcome
from hallq.domain.views.counter_shapes import DoneView
from hallq.i18n import _
from hallq.wording.states import aside, reason_name


def outcome_words(config: HallConfig, done: DoneView) -> str:
    """How a service of the visit ended; empty where it was simply done."""
    if done.outcome is Outcome.NOT_POSSIBLE:
        return aside(_("not possible"), reason_name(config.reasons.not_possible, done.end_reason))
    return _("sent on") if done.outcome is Outcome.SENT_ON else ""
