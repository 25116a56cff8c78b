"""A typed or scanned number at the guide's desk: tier and lane follow, and what does not fit is said."""

import pytest

from hallq.domain.lanes import Lane, Tier
from hallq.domain.vip import Knowledge, VipEntry
from hallq.store import vips
from hallq.store.vip_keys import KEY_FILE
from hallq.widgets.guide_head import GuideHead
from tests.builders import DATE, TryHall, a_config
from tests.screens.hands import Text, press
from tests.screens.test_guide import at_the_door, only_ticket, text_of

CARD, SILVER_CARD, OLD_CARD, PHONE = "0000111122220001", "0000111122220002", "0000111122220003", "10000000421"


@pytest.fixture
def hall(hall: TryHall) -> TryHall:
    """A hall that knows three VIPs."""
    entries = (
        VipEntry(Tier.GOLD, CARD, PHONE, DATE, "王", "女士"),
        VipEntry(Tier.SILVER, SILVER_CARD),
        VipEntry(Tier.DIAMOND, OLD_CARD, valid_until="2026-11-21"),
    )
    vips.put_in(hall.store.path.parent, entries, whole=False)
    return hall


@pytest.mark.parametrize("typed", [CARD, PHONE, "0000-1111 2222-0001"])
async def test_tier_and_lane_follow_the_number_at_once(hall: TryHall, typed: str) -> None:
    async with at_the_door(hall) as pilot:
        await press(
            pilot, "3", "n", *(("minus" if c == "-" else "space" if c == " " else c) for c in typed), "enter"
        )
        assert "王女士  ★ Gold" in text_of(pilot, GuideHead)
        await press(pilot, "space")
    ticket = only_ticket(hall)
    assert (ticket.tier, ticket.lane) == (Tier.GOLD, Lane.PRIORITY)


async def test_a_scanner_that_ends_with_the_space_bar_is_recognised_too(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        for key in ("3", "n", *CARD, "enter", "space"):
            await pilot.press(key)
        await press(pilot)
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    assert only_ticket(hall).tier is Tier.GOLD


@pytest.mark.parametrize(("typed", "says"), [("0000111122220009", "no VIP"), (OLD_CARD, "VIP until")])
async def test_who_is_unknown_or_expired_is_told_and_queues_as_anybody(
    hall: TryHall, typed: str, says: str
) -> None:
    async with at_the_door(hall, (80, 24)) as pilot:
        await press(pilot, "3", "n", Text(typed), "enter")
        assert says in text_of(pilot, GuideHead)
        await press(pilot, "space")
    ticket = only_ticket(hall)
    assert (ticket.tier, ticket.lane, bool(ticket.customer)) == (Tier.NONE, Lane.STANDARD, True)


async def test_another_number_takes_the_tier_back(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "3", "n", Text(CARD), "enter", "n", "enter", "space")
    assert only_ticket(hall).tier is Tier.NONE


@pytest.mark.parametrize("lane", list(Lane))
def test_silver_follows_the_switch_of_the_hall(hall: TryHall, lane: Lane) -> None:
    found = hall.hall.recognise(SILVER_CARD)
    assert (found.knowledge, found.tier) == (Knowledge.KNOWN, Tier.SILVER)
    silver = a_config().tiers[Tier.SILVER].model_dump() | {"lane": lane}
    assert a_config(tiers={"silver": silver}).lane_of(found.tier) is lane


async def test_without_its_key_the_directory_recognises_nobody_and_the_queue_goes_on(hall: TryHall) -> None:
    hall.store.path.with_name(KEY_FILE).unlink()
    async with at_the_door(hall) as pilot:
        await press(pilot, "3", "n", Text(CARD), "enter")
        assert "not recognised now" in text_of(pilot, GuideHead)
        await press(pilot, "space")
    assert only_ticket(hall).tier is Tier.NONE


async def test_card_and_phone_are_one_customer(hall: TryHall) -> None:
    async with at_the_door(hall) as pilot:
        await press(pilot, "3", "n", Text(CARD), "enter", "space", "3", "n", Text(PHONE), "enter")
        assert "has V001 already" in text_of(pilot, GuideHead)
