"""What goes wrong, in words, with the act that helps and its key."""

from collections.abc import Mapping, Sequence

from hallq.domain.config import HallConfig
from hallq.domain.lanes import Lane, Pressure
from hallq.domain.reasons import Choice
from hallq.domain.views.alert_kinds import Act, Alert, Kind
from hallq.i18n import N_, _, counted, language
from hallq.wording import times
from hallq.wording.shift import missing_words
from hallq.wording.states import lane_name, reason_name, service_name

SENTENCES: dict[Kind, str] = {
    Kind.DAY_NOT_OPEN: N_("The business day is not open. Space opens {date}."),
    Kind.OLD_DAY_OPEN: N_("The day {date} is still open. Close it, then open today (D)"),
    Kind.NOBODY_SERVES: N_("{waiting} wait and no counter takes anybody."),
    Kind.NOBODY_OFFERS: N_("{ticket} waits for “{service}”, which no open counter takes."),
    Kind.WILL_MISS: N_("{lane}: {ticket} misses its {target} minutes in {minutes}."),
    Kind.HAS_MISSED: N_("{lane}: {ticket} has waited {waited} minutes instead of {target}."),
    Kind.LOW_RATING: N_("{ticket} rated {score} of 5 at counter {counter}. Speak with {clerk} (G)"),
    Kind.COMPLAINT_LATE: N_("Complaint {complaint} is overdue. See to it (I)"),
    Kind.APPOINTMENT_LATE: N_("{ticket} came for {agreed} by appointment and has waited {minutes} minutes."),
    Kind.WAITS_AGAIN: N_("{ticket} was called before and waits again for {waited} minutes."),
    Kind.FORGOTTEN: N_("Counter {counter} has served {ticket} for {minutes} minutes: was Finish forgotten? Ask {clerk}."),
    Kind.NO_ANSWER: N_("Counter {counter}: {ticket} has not come for {minutes} min. Recall it, or mark it missed."),
    Kind.ABSENT: N_("Counter {counter} is open and nobody has touched it for {minutes} minutes: look for {clerk}."),
    Kind.MISSING_STAFF: N_("Not here yet: {staff}. Roll call (A)"),
    Kind.NOTES_UNREAD: N_("{count} new entries in the handover log. Read them (H)"),
    Kind.LONG_PAUSE: N_("Counter {counter} has paused for {minutes} minutes ({reason}). Ask {clerk}."),
    Kind.OVER_LIMIT: N_("Counter {counter}: {ticket} takes {minutes} minutes, the limit is {limit}. Offer {clerk} help."),
    Kind.HOLD_DUE: N_("{ticket} is on hold for {minutes} min ({reason}). Back to the queue (R)"),
    Kind.CONTESTED: N_("{count} acts of cut-off terminals came too late to count: ask at the counters."),
    Kind.QUARANTINED: N_("{count} events of the hall cannot be read here: update hallq on this computer."),
    Kind.RESTORED: N_("This terminal's file came back from a backup and took what it lacked from the hub: look at its counters."),
    Kind.DOUBTED: N_("{count} tickets in hand may have been called elsewhere: they wait for the hub."),
    Kind.CLOCK_JUMPED: N_("The hall shows {shown}, the computer {computer}. If that is right, take it (K)"),
    Kind.PAST_CLOSING: N_("It is past {closes} and nobody is in the hall. Close the day (D)"),
    Kind.NEAR_LIMIT: N_("Counter {counter}: {ticket} nears the limit of {limit} minutes."),
    Kind.APPOINTMENT_SOON: N_("{agreed}: {count} by appointment, in {minutes} min."),
    Kind.ALL_KEPT: N_("All promises kept. Next due: {ticket} in {minutes} minutes."),
    Kind.ONLY_AGAIN: N_("All promises kept. Waiting again after a call: {waiting}."),
    Kind.NOBODY_WAITS: N_("Nobody is waiting."),
}  # fmt: skip
"""One sentence for each kind; a test holds the two together."""

_OF_ONE = {
    Kind.NOTES_UNREAD: N_("One new entry in the handover log. Read it (H)"),
    Kind.CONTESTED: N_("One act of a cut-off terminal came too late to count: ask at the counters."),
    Kind.QUARANTINED: N_("One event of the hall cannot be read here: update hallq on this computer."),
    Kind.DOUBTED: N_("One ticket in hand may have been called elsewhere: it waits for the hub."),
}

REASONS = {Kind.LONG_PAUSE: "pause", Kind.HOLD_DUE: "hold"}
"""Whose reasons a kind speaks of, as `hall.toml` lists them."""


def alert_sentences(
    alerts: Sequence[Alert], config: HallConfig, offset_ms: int
) -> list[tuple[Pressure, str]]:
    """A sentence for each alert, with its pressure; help that was proposed once is not said again."""
    proposed: set[int | str] = set()
    sentences = []
    for alert in alerts:
        helper = alert.facts.get("helper", alert.facts.get("help", ""))
        sentences.append(
            (alert.pressure, alert_sentence(alert, config, offset_ms, helps=helper not in proposed))
        )
        proposed.add(helper)
    return sentences


def alert_sentence(alert: Alert, config: HallConfig, offset_ms: int, *, helps: bool = True) -> str:
    """The alert for the manager; `offset_ms` turns the hall's clock into the time on the wall.

    `helps`: whether the counter that would help is named.
    """
    facts = {**alert.facts, **_in_words(alert, config)}
    sentence = _now_sentence(alert) or _one_sentence(alert) or _(SENTENCES[alert.kind])
    parts = [sentence.format_map(facts), _others(alert, config, offset_ms), _help(alert) if helps else ""]
    return (" " if language() == "en" else "").join(part for part in parts if part)


def _now_sentence(alert: Alert) -> str:
    """A promise that runs out within the minute."""
    if alert.kind is Kind.WILL_MISS and alert.facts["minutes"] == 0:
        return _("{lane}: {ticket} misses its {target} minutes now.")
    return ""


def _one_sentence(alert: Alert) -> str:
    """Where the language speaks of one event in another way than of several."""
    if alert.facts.get("count") == 1 and alert.kind in _OF_ONE:
        return _(_OF_ONE[alert.kind])
    return ""


def _in_words(alert: Alert, config: HallConfig) -> Mapping[str, str]:
    facts, words = alert.facts, {}
    if "lane" in facts:
        words["lane"] = lane_name(Lane(str(facts["lane"])))
    if alert.kind is Kind.MISSING_STAFF:
        words["staff"] = missing_words(str(facts["staff"]).split(), int(facts["more"]))
    if "date" in facts:
        words["date"] = times.day(str(facts["date"]))
    if alert.kind in REASONS:
        choices: tuple[Choice, ...] = getattr(config.reasons, REASONS[alert.kind])
        words["reason"] = reason_name(choices, str(facts["reason"]))
    if alert.kind is Kind.NOBODY_OFFERS:
        words["service"] = service_name(config, str(facts["service"]))
    if alert.kind is Kind.APPOINTMENT_SOON:
        words["agreed"] = times.clock(int(facts["shown_ms"]), config.zone_info)
    if "wall_ms" in facts:
        words["shown"] = times.clock(int(facts["shown_ms"]), config.zone_info)
        words["computer"] = times.clock(int(facts["wall_ms"]), config.zone_info)
    return words


def _others(alert: Alert, config: HallConfig, offset_ms: int) -> str:
    """How many more there are of the same."""
    facts = alert.facts
    if alert.kind in (Kind.HAS_MISSED, Kind.APPOINTMENT_LATE, Kind.WAITS_AGAIN) and int(facts["late"]) > 1:
        return counted("{count} more is late.", "{count} more are late.", int(facts["late"]) - 1)
    if alert.kind in (Kind.NOBODY_OFFERS, Kind.COMPLAINT_LATE) and facts["more"]:
        return counted("{count} more like this.", "{count} more like this.", int(facts["more"]))
    if alert.kind is Kind.WILL_MISS and facts["more"]:
        until = times.clock(int(facts["until_ms"]) + offset_ms, config.zone_info)
        return _("{more} more before {until}.").format(more=facts["more"], until=until)
    return ""


def _help(alert: Alert) -> str:
    """Which counter would help, and how far."""
    facts = alert.facts
    if "help" not in facts:
        return ""
    if facts["help"] == "none" and alert.kind is Kind.NOBODY_OFFERS:
        return _("No counter of this hall may: its settings have to change.")
    if facts["help"] == "none":
        return _("All counters work: send people to self-service.")
    if facts["help"] == "paused":
        return _("Ask {clerk} back to counter {helper}.").format_map(facts)
    return _(_opening(alert)).format_map(facts)


def _opening(alert: Alert) -> str:
    if alert.kind is not Kind.WILL_MISS:
        return N_("Open counter {helper} (O)")
    saved, missing = int(alert.facts["saved"]), int(alert.facts["more"]) + 1
    if saved == missing:
        return N_("Open counter {helper} to prevent it (O)")
    return N_("Counter {helper} would save {saved} of them (O)") if saved else N_("Open counter {helper} (O)")


ACTS: dict[Act, str] = {
    Act.OPEN_DAY: N_("Open the day"),
    Act.CLOSE_DAY: N_("Close the day"),
    Act.OPEN_COUNTER: N_("Open counter {counter}"),
    Act.ADOPT_CLOCK: N_("Take the computer's time"),
    Act.CALL_BACK: N_("Back to the queue"),
    Act.SEE_RATING: N_("Seen to"),
    Act.OPEN_COMPLAINTS: N_("Complaints"),
}


def act_label(alert: Alert) -> str:
    """What the space bar does about the alert; empty when the manager can't do it from here."""
    return _(ACTS[alert.act]).format(counter=alert.counter) if alert.act else ""
