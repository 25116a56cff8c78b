"""Ratings in words, for the staff."""

from hallq.domain.config import HallConfig
from hallq.domain.ratings import BEST, LowRating
from hallq.domain.state import HallState
from hallq.i18n import _
from hallq.wording import times


def rating_sentence(rating: LowRating) -> str:
    """A low rating that has just come."""
    told = _("{ticket} rated {score} of {best} at counter {counter} ({clerk}).")
    facts = {"ticket": rating.label, "score": rating.score, "best": BEST}
    return told.format(**facts, counter=rating.counter, clerk=rating.clerk)


def rating_note(rating: LowRating, state: HallState, config: HallConfig) -> str:
    """The score, where and when; with the day, where it is of another one."""
    time = times.clock(rating.rated_ms + state.clock_offset_ms, config.zone_info)
    day = "" if rating.business_date == state.business_date else times.day(rating.business_date)
    score = _("{score} of {best}").format(score=rating.score, best=BEST)
    where = _("Counter {counter}").format(counter=rating.counter)
    return "  ".join(part for part in (score, where, rating.clerk, day, time) if part)
