"""Whose customer has come is told on the manager's screen, once."""

from hallq.app import HallApp
from hallq.domain.lanes import Tier
from hallq.domain.vip import VipEntry
from hallq.store import vips
from hallq.store.vip_keys import KEY_FILE
from tests.builders import TryHall
from tests.screens.test_manager import at_work, screen_of
from tests.staff.people import ADMIN, MANAGER, employ

CARD, NOBODYS_CARD = "0000111122220001", "0000111122220002"


def with_guests(hall: TryHall) -> None:
    """Two VIPs wait, one of them looked after by somebody, and one whose tier was given by hand."""
    entries = (VipEntry(Tier.GOLD, CARD, manager=MANAGER.number), VipEntry(Tier.GOLD, NOBODYS_CARD))
    vips.put_in(hall.store.path.parent, entries, whole=False)
    for number in (CARD, NOBODYS_CARD, "0000111122220009"):
        hall.issues(tier=Tier.GOLD, customer=hall.hall.recognise(number).customer)


async def told(hall: TryHall) -> list[str]:
    """What the manager is told of guests, after a second look at the hall."""
    async with at_work(hall) as pilot:
        app = pilot.app
        assert isinstance(app, HallApp)
        await app.workers.wait_for_complete()
        await pilot.pause()
        screen_of(pilot).refresh_all()
        await app.workers.wait_for_complete()
        await pilot.pause()
        return [notice.sentence for notice in app.notices if "customer" in notice.sentence]


async def test_the_manager_of_a_vip_is_told_once(hall: TryHall) -> None:
    employ(hall.hall, ADMIN, MANAGER)
    with_guests(hall)
    assert await told(hall) == ["V001: a Gold customer of 3001 Staff 3001 is here."]


async def test_a_silent_directory_stops_nobody(hall: TryHall) -> None:
    with_guests(hall)
    hall.store.path.with_name(KEY_FILE).unlink()
    assert await told(hall) == []


async def test_who_is_called_before_the_manager_looks_is_told_too(hall: TryHall) -> None:
    with_guests(hall)
    hall.opens(2)
    hall.calls(2)
    assert await told(hall) == ["V001: a Gold customer of 3001 is here."]
