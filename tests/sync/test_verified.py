"""`hallq verify` on the file of a terminal that works with a hub."""

from hallq.domain import intents as i
from hallq.store.verify import verify_store
from tests.builders import DATE
from tests.sync.lives import Town, agree


def test_what_a_hub_heard_late_is_no_clock_that_runs_backwards(town: Town) -> None:
    guide, clerk = town.terminal("guide"), town.terminal("clerk")
    guide.does(i.OpenDay(business_date=DATE))
    clerk.syncs()
    clerk.cut()
    clerk.issues()
    town.clock.pass_minutes(5)
    guide.issues()
    guide.syncs()
    clerk.healed()
    agree(guide, clerk)
    for terminal in (guide, clerk):
        verdict = verify_store(terminal.store)
        assert verdict.agrees, verdict


def test_a_number_of_yesterday_that_comes_after_todays_opening_is_written_down(town: Town) -> None:
    guide, clerk = town.terminal("guide"), town.terminal("clerk")
    guide.does(i.OpenDay(business_date=DATE))
    clerk.syncs()
    clerk.cut()
    clerk.issues()
    guide.does(i.CloseDay(carry="none"))
    guide.does(i.OpenDay(business_date="2026-11-23"))
    clerk.healed()
    agree(guide, clerk)
    for terminal in (guide, clerk):
        assert terminal.store.load_state() == terminal.state
        assert verify_store(terminal.store).agrees
