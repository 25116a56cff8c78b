"""The clerk sees how to greet a VIP whose ticket was called, and sees it only then."""

import pytest

from hallq.app import HallApp
from hallq.domain.counters import CounterState
from hallq.domain.lanes import Tier
from hallq.domain.vip import VipEntry, address
from hallq.store import vips
from hallq.store.vip_keys import KEY_FILE
from tests.builders import TryHall
from tests.screens.test_counter import at_counter

CARD = "0000111122220001"


def with_a_guest(hall: TryHall) -> None:
    """Counter 2 is open, and a VIP waits who is known by name."""
    vips.put_in(hall.store.path.parent, [VipEntry(Tier.GOLD, CARD, surname="王", form="女士")], whole=False)
    hall.issues(tier=Tier.GOLD, customer=hall.hall.recognise(CARD).customer)
    hall.opens(2)


@pytest.mark.parametrize(
    ("surname", "form", "greeted"),
    [
        ("王", "女士", "王女士"),
        ("Wang", "Ms.", "Ms. Wang"),
        ("王", "王女士", "王女士"),
        ("王", "Ms.", "Ms. 王"),
        ("Wang", "", "Wang"),
        ("", "女士", "女士"),
        ("", "", ""),
    ],
)
def test_a_name_is_put_together_as_its_language_does(surname: str, form: str, greeted: str) -> None:
    assert address(surname, form) == greeted


async def test_who_is_called_is_greeted_by_name_until_she_goes(hall: TryHall) -> None:
    with_a_guest(hall)
    async with at_counter(hall) as clerk:
        assert "王女士" not in clerk.sees()
        await clerk.presses("space")
        assert "王女士" in clerk.sees()
        hall.store.path.with_name(KEY_FILE).unlink()
        await clerk.presses("space")
        assert clerk.is_in(CounterState.SERVING)
        assert "王女士" in clerk.sees()  # asked once for each ticket
        await clerk.presses("space")
        assert "王女士" not in clerk.sees()


async def test_without_the_key_only_the_name_is_missing(hall: TryHall) -> None:
    with_a_guest(hall)
    hall.store.path.with_name(KEY_FILE).unlink()
    async with at_counter(hall) as clerk:
        await clerk.presses("space", "space")
        assert clerk.is_in(CounterState.SERVING)
        assert isinstance(clerk.app, HallApp)
        assert not clerk.app.notices


async def test_who_was_erased_has_no_name(hall: TryHall) -> None:
    with_a_guest(hall)
    vips.erase(hall.store.path.parent, [CARD])
    async with at_counter(hall) as clerk:
        await clerk.presses("space")
        assert clerk.is_in(CounterState.CALLING)
        assert "王女士" not in clerk.sees()
