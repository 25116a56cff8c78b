"""The webhook says who is waited for and nothing more; whatever becomes of it, the queue goes on."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.pilot import Pilot

from hallq.app import HallApp
from hallq.domain.lanes import Tier
from hallq.domain.vip import VipEntry
from hallq.store import Store, vips
from hallq.webhook import Message, Webhook
from tests.builders import HandClock, TryHall, a_config, a_hall
from tests.rig.waiting import until
from tests.screens.hands import Text, press
from tests.screens.test_guide import at_the_door, notices
from tests.vip.listener import Listener, listening

CARD, NOBODYS_CARD, PHONE = "0000739182641111", "0000739182642222", "10739520421"
MESSAGE = Message("Hall", "V001", "gold", "3001")


def hall_with(store: Store, listener: Listener, **rule: object) -> TryHall:
    """A hall with two VIPs, one of them looked after by somebody."""
    entries = (VipEntry(Tier.GOLD, CARD, PHONE, manager="3001"), VipEntry(Tier.GOLD, NOBODYS_CARD))
    vips.put_in(store.path.parent, entries, whole=False)
    config = a_config(vip={"webhook": listener.url, "timeout_seconds": 0.3, **rule})
    return a_hall(store, HandClock(), config)


def attached(pilot: Pilot[None]) -> HallApp:
    """The app, with what a terminal has."""
    app = pilot.app
    assert isinstance(app, HallApp)
    app.attach(app.hall._store.path)
    return app


async def test_a_vip_who_takes_a_number_is_posted_and_nothing_of_who_it_is(store: Store) -> None:
    with listening() as listener:
        async with at_the_door(hall_with(store, listener)) as pilot:
            attached(pilot)
            for number in (NOBODYS_CARD, "0000739182649999", PHONE):
                await press(pilot, "3", "n", Text(number), "enter", "space")
            until(lambda: listener.got, "it was posted")
    (body,) = listener.got
    assert set(json.loads(body)) == {"hall", "ticket", "tier", "manager"}
    told = json.loads(body)
    assert (told["ticket"], told["tier"], told["manager"]) == ("V002", "gold", "3001")
    sent = body.decode() + "".join(listener.heads)
    assert not any(secret in sent for secret in (PHONE, PHONE[-4:], CARD))


async def test_a_service_that_says_nothing_holds_nobody_and_is_told(store: Store) -> None:
    with listening(0) as listener:
        async with at_the_door(hall_with(store, listener)) as pilot:
            app = attached(pilot)
            await press(pilot, "3", "n", Text(CARD), "enter", "space", "3", "space")
            assert len(app.hall.state.tickets) == 2
            until(lambda: listener.got, "it was posted")
            app._message_lost(MESSAGE)  # what it says after its last try
            await pilot.pause()
            assert "3001 could not be told that V001" in notices(pilot)[-1]


@contextmanager
def webhook(listener: Listener) -> Iterator[tuple[Webhook, list[Message]]]:
    """Posts to the listener, and what it lost."""
    lost: list[Message] = []
    thread = Webhook(listener.url, 0.3, on_loss=lost.append, again_after_seconds=(0.01, 0.01))
    thread.start()
    yield thread, lost
    thread.stop()
    thread.join(30)
    assert not thread.is_alive()


def test_what_was_not_taken_is_posted_again(store: Store) -> None:
    with listening(500, 200) as listener, webhook(listener) as (posting, lost):
        posting.send(MESSAGE)
        until(lambda: len(listener.got) == 2, "it was posted again")
    assert lost == []


@pytest.mark.parametrize("answer", [0, 302, 404, 500])
def test_what_nobody_takes_is_told_and_the_next_one_goes_on(answer: int) -> None:
    with listening(answer, answer, answer, 200) as listener, webhook(listener) as (posting, lost):
        posting.send(MESSAGE)
        until(lambda: lost == [MESSAGE], "it is given up")
        posting.send(MESSAGE)
        until(lambda: len(listener.got) == 4, "the next one is posted")
    assert lost == [MESSAGE]
    assert not any("elsewhere" in head for head in listener.heads)


def test_the_last_message_leaves_before_the_program_ends() -> None:
    with listening() as listener:
        with webhook(listener) as (posting, lost):
            posting.send(MESSAGE)
        assert (len(listener.got), lost) == (1, [])


def test_an_address_where_nobody_is_is_told() -> None:
    with listening() as listener:
        pass
    with webhook(listener) as (posting, lost):
        posting.send(MESSAGE)
        until(lambda: lost == [MESSAGE], "it is given up")
