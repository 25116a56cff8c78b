"""Nobody waits for a counter that could never take them without being seen."""

from hallq.domain import intents as i
from hallq.domain.forecast import call_forecasts
from hallq.domain.refusals import Reason
from hallq.domain.views.alert_kinds import Act, Alert, Kind
from hallq.domain.views.manager import manager_view
from hallq.i18n import set_language
from hallq.store import Store
from hallq.wording.alerts import alert_sentence
from tests.builders import HandClock, TryHall, a_config, a_hall, counters_with


def alerts(hall: TryHall) -> list[Alert]:
    view = manager_view(hall.state, hall.hall.config, hall.hall.now_ms(), hall.hall.wall_ms())
    return list(view.alerts)


def test_a_zone_keeps_nobody_whom_its_counters_never_take(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config(counters=counters_with(1, helps_when_idle=False)))
    hall.opens(1, 2, 3)
    ticket_id = hall.issues()
    hall.serves(2)
    hall.does(i.TransferVisit(counter=2, to_zone="vip"))
    assert hall.refuses(i.CallNext(counter=1)) is Reason.NOBODY_WAITING
    assert hall.calls(3) == ticket_id


def test_what_no_open_counter_offers_is_said_at_once(store: Store, clock: HandClock) -> None:
    rules = [{**r, "services": "all" if r["number"] == 8 else ["complaint"]} for r in counters_with(99)]
    hall = a_hall(store, clock, a_config(counters=rules))
    hall.opens(2, 3)
    ticket_id = hall.issues("payment")
    assert not call_forecasts(hall.state, hall.hall.config, hall.hall.now_ms())[ticket_id].possible
    (alert,) = [a for a in alerts(hall) if a.kind is Kind.NOBODY_OFFERS]
    assert (alert.act, alert.counter, alert.ticket_id) == (Act.OPEN_COUNTER, 8, ticket_id)
    assert Kind.WILL_MISS not in {a.kind for a in alerts(hall)}
    set_language("en")
    sentence = alert_sentence(alert, hall.hall.config, 0)
    assert sentence.startswith("B001 waits for “")
    assert sentence.endswith("Open counter 8 (O)")
    hall.opens(8)
    assert Kind.NOBODY_OFFERS not in {a.kind for a in alerts(hall)}
    assert call_forecasts(hall.state, hall.hall.config, hall.hall.now_ms())[ticket_id].possible


def test_a_dedicated_counter_that_never_helps_is_nobodys_hope(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config(counters=counters_with(1, helps_when_idle=False)))
    hall.opens(1)
    hall.issues()
    hall.issues()
    assert [a.facts["more"] for a in alerts(hall) if a.kind is Kind.NOBODY_OFFERS] == [1]
