"""Calls in words: why this ticket, and why not that one. The codes' facts fill the sentences."""

from collections.abc import Mapping

from hallq.domain.config import MINUTE_MS, HallConfig
from hallq.domain.policy.reasons import CallRule, PassReason
from hallq.domain.views.why import WhyView
from hallq.i18n import N_, _, language
from hallq.wording import times
from hallq.wording.states import service_name

Facts = Mapping[str, int | str]

CALLS: Mapping[str, str] = {
    CallRule.FIRST_COME: N_(
        "{ticket} came first: waited {waited} min. This hall calls in the order of arrival."
    ),
    CallRule.EARLIEST_DUE: N_("{ticket} is due first: waited {waited} of {target} min ({left})."),
    CallRule.IN_ORDER: N_(
        "{ticket} is first in line for this counter: waited {waited} of {target} min ({left})."
    ),
    CallRule.PRIORITY_FIRST: N_(
        "{ticket} is first in the priority lane, and that goes before the standard lane: waited {waited} of {target} min ({left})."
    ),
    CallRule.PRIORITY_RESCUED: N_(
        "{ticket} can still be called within its {target} min ({left}); the {set_back} before it in the priority lane are late already."
    ),
    CallRule.STANDARD_RESCUED: N_(
        "{ticket} would miss its {target} min now ({left}), and the priority lane can wait{priority_left}."
    ),
    CallRule.STANDARD_TURN: N_(
        "{ticket} takes the standard lane's turn: {priority_run} priority customers were called in a row, and the standard lane is late."
    ),
    CallRule.BY_APPOINTMENT: N_(
        "{ticket} has an appointment for {agreed}: who comes at the agreed time is called before the queue."
    ),
    CallRule.BY_HAND: N_(
        "{ticket} was chosen by hand at the counter: waited {waited} of {target} min ({left})."
    ),
}
"""One sentence for each rule; a test holds the two together."""

SHORT_CALLS: dict[CallRule, str] = {
    CallRule.FIRST_COME: N_("came first"),
    CallRule.EARLIEST_DUE: N_("due first"),
    CallRule.IN_ORDER: N_("first in line"),
    CallRule.PRIORITY_FIRST: N_("priority goes first"),
    CallRule.PRIORITY_RESCUED: N_("can still be in time"),
    CallRule.STANDARD_RESCUED: N_("can still be in time"),
    CallRule.STANDARD_TURN: N_("standard lane's turn"),
    CallRule.BY_APPOINTMENT: N_("by appointment"),
    CallRule.BY_HAND: N_("chosen by hand"),
}
"""The rules in a word or two, for lists."""

PASSES: Mapping[str, str] = {
    PassReason.CAME_LATER: N_(
        "{ticket} has priority, but came later, and this hall calls in the order of arrival."
    ),
    PassReason.CAME_BACK_LATER: N_(
        "{ticket} has the older number, but came back or was sent on: its place is a later one now."
    ),
    PassReason.DUE_LATER: N_("{ticket} is due later ({left})."),
    PassReason.PRIORITY_LANE: N_(
        "{ticket} waits in the standard lane ({waited} min so far); the one called has priority."
    ),
    PassReason.CAN_WAIT: N_("{ticket} has priority and can wait: {left}."),
    PassReason.ALREADY_LATE: N_(
        "{ticket} is past its target by {late} min; the one called could still be in time. This may happen to {ticket} {allowed} times at most, and was time {passed}."
    ),
    PassReason.STANDARD_TURN: N_(
        "{ticket} has priority ({left}), but this call was the standard lane's turn."
    ),
    PassReason.APPOINTMENT: N_(
        "{ticket} waited {waited} min; the one called had an appointment for this time."
    ),
    PassReason.NOT_YET: N_("{ticket} has an appointment for {agreed}: its time has not come."),
    PassReason.BY_HAND: N_("{ticket} waited {waited} min; somebody else was chosen by hand."),
    PassReason.BOUND_TO_COUNTER: N_("{ticket} waits for counter {counter}."),
    PassReason.BOUND_TO_ZONE: N_("{ticket} waits for the zone {zone}."),
    PassReason.NOT_OFFERED_HERE: N_("{ticket} wants {service}, which this counter does not offer."),
    PassReason.DEDICATED_COUNTER: N_(
        "{ticket} is in the other lane; this counter serves its own lane first."
    ),
}
"""One sentence for each reason; a test holds the two together."""


class _Facts(dict[str, int | str]):
    """Facts that an older hallq did not write down yet are shown as a question mark."""

    def __missing__(self, name: str) -> str:
        return "?"


def call_sentence(config: HallConfig, ticket: str, rule: str, facts: Facts) -> str:
    """Why `ticket` was called. A rule that this version does not know is named as it is."""
    if rule not in CALLS:
        return _("{ticket} was called by the rule {rule}.").format(ticket=ticket, rule=rule)
    return _(CALLS[rule]).format_map(_in_words(config, ticket, facts))


def call_in_short(rule: CallRule) -> str:
    """Why a ticket comes next, in a word or two."""
    return _(SHORT_CALLS[rule])


def pass_sentence(config: HallConfig, ticket: str, reason: str, facts: Facts) -> str:
    """Why `ticket` was passed over."""
    if reason not in PASSES:
        return _("{ticket} was passed over: {reason}.").format(ticket=ticket, reason=reason)
    return _(PASSES[reason]).format_map(_in_words(config, ticket, facts))


def why_sentences(config: HallConfig, why: WhyView) -> tuple[str, tuple[str, ...]]:
    """(the sentence for the call, one for each ticket passed over and the count of the rest)."""
    passed = [pass_sentence(config, one.label, one.reason, one.facts) for one in why.passed]
    if why.more:
        passed.append(_("… and {count} more.").format(count=why.more))
    return call_sentence(config, why.label, why.rule, why.facts), tuple(passed)


def left_words(left_ms: int) -> str:
    """How far the due time is: what remains rounded up; the first minute over it counts as one."""
    if left_ms < 0:
        return _("{minutes} min late").format(minutes=max(1, times.minutes(-left_ms)))
    if left_ms < MINUTE_MS:
        return _("<1 min left")
    return _("{minutes} min left").format(minutes=times.minutes_left(left_ms))


def _in_words(config: HallConfig, ticket: str, facts: Facts) -> _Facts:
    """The facts as a sentence wants them: minutes, names."""
    words = _Facts(facts)
    words["ticket"] = ticket
    for name in ("waited", "target", "late"):
        if f"{name}_s" in facts:
            words[name] = int(facts[f"{name}_s"]) // 60
    if "agreed_at_ms" in facts:
        words["agreed"] = times.clock(int(facts["agreed_at_ms"]), config.zone_info)
    if "left_s" in facts:
        words["left"] = left_words(int(facts["left_s"]) * 1000)
    words["priority_left"] = _priority_left(facts)
    if "service" in facts:
        words["service"] = service_name(config, str(facts["service"]))
    if "zone" in facts:
        words["zone"] = zone_name(config, str(facts["zone"]))
    return words


def _priority_left(facts: Facts) -> str:
    if "priority_left_s" not in facts:
        return ""
    return _(": its most urgent has {minutes} min").format(minutes=int(facts["priority_left_s"]) // 60)


def zone_name(config: HallConfig, code: str) -> str:
    """A zone's name; its code when the settings no longer have it."""
    return next((z.name.in_language(language()) for z in config.zones if z.code == code), code)
