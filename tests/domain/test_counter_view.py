"""The clerk's view: phases, times against their limits, phrases, who comes next and why."""

import json
import tomllib

import pytest

from hallq.domain import intents as i
from hallq.domain.config import Spoken
from hallq.domain.lanes import Lane, Pressure, Tier
from hallq.domain.policy import CallRule, PassReason, next_call
from hallq.domain.views.counter import PARTING_MS, counter_view, next_calls
from hallq.domain.views.counter_shapes import CounterView, Parting, Phase
from hallq.domain.views.why import why_of_call, why_of_ticket
from hallq.domain.words import Words
from hallq.i18n import set_language
from hallq.settings import default_text
from hallq.store import Store
from hallq.wording import calls, counter
from hallq.wording.calls import why_sentences
from tests.builders import HandClock, TryHall, a_config, a_hall, a_state, a_ticket


def view_of(hall: TryHall, number: int = 2, **more: object) -> CounterView:
    """What counter `number` sees now."""
    hall_now = (hall.state, hall.hall.config, number, hall.hall.now_ms())
    return counter_view(*hall_now, calls=next_calls(*hall_now, places=5), **more)  # type: ignore[arg-type]


def test_the_phases_of_a_counter(hall: TryHall) -> None:
    hall.issues()
    phases = [view_of(hall).phase]
    for intent in (
        i.OpenCounter(counter=2, clerk="1001"),
        i.PauseCounter(counter=2, reason="rest"),
        i.ResumeCounter(counter=2),
        i.CallNext(counter=2),
        i.ConfirmArrival(counter=2),
        i.FinishVisit(counter=2),
        i.CloseDay(),
    ):
        hall.does(intent)
        phases.append(view_of(hall).phase)
    assert phases == [
        Phase.CLOSED,
        Phase.FREE,
        Phase.PAUSED,
        Phase.FREE,
        Phase.CALLING,
        Phase.SERVING,
        Phase.FREE,
        Phase.DAY_CLOSED,
    ]


@pytest.mark.parametrize(
    ("minutes", "pressure", "wants_reason"),
    [(7.9, Pressure.FINE, False), (8, Pressure.SOON, False), (10.1, Pressure.OVER, True)],
)
def test_the_running_time_against_its_limit(
    hall: TryHall, minutes: float, pressure: Pressure, wants_reason: bool
) -> None:
    hall.opens(2)
    hall.issues()
    hall.serves()
    hall.clock.pass_minutes(minutes)
    running = view_of(hall).running
    assert running is not None
    assert (running.pressure, running.wants_reason) == (pressure, wants_reason)


def test_the_phrase_of_each_moment(hall: TryHall) -> None:
    phrases = hall.hall.config.phrases
    hall.opens(2)
    assert view_of(hall).phrase == phrases.idle
    assert view_of(hall, parting=Parting.CLOSING).phrase == phrases.closing
    hall.clock.pass_ms(PARTING_MS)
    assert view_of(hall, parting=Parting.CLOSING).phrase == phrases.idle
    hall.issues("bill_query")
    hall.calls()
    assert view_of(hall).phrase == phrases.calling
    hall.does(i.ConfirmArrival(counter=2))
    assert view_of(hall).phrase == phrases.serving
    hall.does(i.StartTransaction(counter=2, service="sim_replacement"))
    assert view_of(hall).phrase == hall.hall.config.service_by_code["sim_replacement"].phrase
    hall.clock.pass_minutes(11)
    assert view_of(hall).phrase == phrases.over_limit


def test_a_service_has_its_own_phrase_for_a_moment_or_says_what_the_hall_says(
    store: Store, clock: HandClock
) -> None:
    own = {"zh": "请出示身份证。", "en": "Your ID card, please."}
    services = [
        {**service, "phrases": {"calling": own, "serving": own}} if service["code"] == "payment" else service
        for service in tomllib.loads(default_text())["services"]
    ]
    hall = a_hall(store, clock, a_config(services=services))
    hall.opens(2)
    hall.issues("payment")
    hall.calls()
    assert view_of(hall).phrase == Words(**own)
    hall.does(i.ConfirmArrival(counter=2))
    assert view_of(hall).phrase == Words(**own)
    hall.clock.pass_minutes(11)
    assert view_of(hall).phrase == hall.hall.config.phrases.over_limit
    hall.finishes()
    left = view_of(hall, parting=Parting.NOT_POSSIBLE, parted_service="sim_replacement")
    assert left.phrase == hall.hall.config.phrases.not_possible
    left = view_of(hall, parting=Parting.CLOSING, parted_service="sim_replacement")
    assert left.phrase == hall.hall.config.service_by_code["sim_replacement"].phrases[Spoken.CLOSING]


def test_a_late_customer_hears_an_apology(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.clock.pass_minutes(16)
    hall.calls()
    view = view_of(hall)
    assert view.phrase == hall.hall.config.phrases.late
    assert view.card is not None
    assert view.card.wait_pressure is Pressure.OVER


def test_a_confirmed_customer_is_not_asked_about_again_at_once(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    ticket = hall.serves()
    hall.clock.pass_minutes(30)
    running = hall.state.running_transaction(ticket)
    assert running is not None
    confirmed = {running.transaction_id: hall.hall.now_ms()}
    views = [view_of(hall).running, view_of(hall, confirmed=confirmed).running]
    assert [v.asks_forgotten for v in views if v] == [True, False]
    hall.clock.pass_minutes(30)
    again = view_of(hall, confirmed=confirmed).running
    assert again is not None
    assert again.asks_forgotten


def test_a_transferred_customer_shows_the_first_counter(hall: TryHall) -> None:
    hall.opens(2, 3)
    hall.issues()
    hall.serves()
    hall.does(i.TransferVisit(counter=2, to_counter=3))
    hall.calls(3)
    card = view_of(hall, 3).card
    assert card is not None
    assert (card.first_counter, card.first_clerk) == (2, "clerk-2")


def test_the_next_few_and_the_hall(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.clock.pass_minutes(1)
    hall.issues(tier=Tier.GOLD)
    hall.clock.pass_minutes(5)
    view = view_of(hall)
    assert [(n.label, n.rule, n.before) for n in view.next] == [
        ("V001", CallRule.PRIORITY_FIRST, "B001"),
        ("B001", CallRule.IN_ORDER, ""),
    ]
    assert view.next[0].pressure is Pressure.SOON
    lanes = [(lane.lane, lane.waiting, lane.oldest_ms // 60_000) for lane in view.lanes]
    assert lanes == [(Lane.PRIORITY, 1, 5), (Lane.STANDARD, 1, 6)]


def test_the_reason_before_the_call_is_the_one_kept_with_it(hall: TryHall) -> None:
    hall.opens(2)
    hall.issues()
    hall.clock.pass_minutes(1)
    hall.issues(tier=Tier.GOLD)
    call = next_call(hall.state, hall.hall.config, 2, hall.hall.now_ms())
    assert call is not None
    kept = why_of_ticket(hall.ticket(hall.calls()))
    assert kept == why_of_call(call)
    assert kept is not None
    assert [one.label for one in kept.passed] == ["B001"]


def test_every_code_has_its_words() -> None:
    assert set(calls.CALLS) == set(CallRule) == set(calls.SHORT_CALLS)
    assert set(calls.PASSES) == set(PassReason)
    assert set(counter.PHASES) == set(Phase) == set(counter.LIKELY)
    assert set(counter.PRESSURES) == set(Pressure)
    assert set(counter.TIER_GLYPHS) == set(Tier)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_codes_and_facts_of_another_version_still_make_sentences(language: str) -> None:
    passed = [{"label": "A001", "reason": reason, "ticket_id": "x"} for reason in (*PassReason, "unheard-of")]
    try:
        set_language(language)
        for rule in (*CallRule, "unheard-of"):
            ticket = a_ticket(why=json.dumps({"rule": rule, "facts": {}, "passed_over": passed}))
            why = why_of_ticket(ticket)
            assert why is not None
            sentence, others = why_sentences(a_config(), why)
            assert sentence
            assert len(others) == len(PassReason) + 1
    finally:
        set_language("en")


def test_nobody_comes_next_while_the_day_is_not_open() -> None:
    view = counter_view(a_state(a_ticket()), a_config(), 2, 3_600_000)
    assert (view.phase, view.next) == (Phase.DAY_CLOSED, ())
