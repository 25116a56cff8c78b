"""Two workers on one PostgreSQL: no ticket twice, nothing lost, doorbells across."""

import itertools
import threading
from collections.abc import Callable

import sqlalchemy as sa

from hallq.domain import events as e
from hallq.domain import intents as i
from hallq.hub.bell import Bell
from hallq.hub.database import Database
from tests.hub.lives import Device, Halls

COMMANDS = 2_000
CLIENTS = 8


def _hall_with_two_workers(url: str, open_database: Callable[[str], Database]) -> tuple[Halls, list[Device]]:
    halls = Halls(open_database(url))
    halls.create("h1")
    first = halls.opened("t1", 1)
    devices = [first, *(halls.device(f"t{n}") for n in range(2, CLIENTS + 1))]
    other = halls.another("other-worker", open_database(url))
    for number, device in enumerate(devices, start=1):
        if number > 1:
            device.opens(number)
        device.hub = other if number % 2 else halls.hub
    return halls, devices


def test_two_thousand_commands_at_once(new_postgresql: str, open_database: Callable[[str], Database]) -> None:
    halls, devices = _hall_with_two_workers(new_postgresql, open_database)
    granted: list[str] = []
    asked, numbers = itertools.count(), itertools.count(1)
    faults: list[BaseException] = []

    def work(device: Device, counter: int) -> None:
        try:
            while next(asked) < COMMANDS:
                device.issues(1, first=next(numbers))
                ticket_id = device.asks(i.GrantNext(counter=counter)).granted
                granted.append(ticket_id)
                device.push(
                    device.announced(ticket_id, counter),
                    device.envelope(e.CustomerArrived(ticket_id=ticket_id, counter=counter)),
                    device.envelope(e.VisitFinished(ticket_id=ticket_id, counter=counter)),
                )
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(d, n)) for n, d in enumerate(devices, start=1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(granted) == len(set(granted)) == COMMANDS
    status = halls.hub.status("h1")
    assert status.contested == 0
    devices[0].pulls_all()
    assert [x.position for x in devices[0].log] == list(range(1, status.position + 1))


def test_the_other_workers_commit_rings_here(
    new_postgresql: str, open_database: Callable[[str], Database]
) -> None:
    halls, devices = _hall_with_two_workers(new_postgresql, open_database)
    here, there = devices[1], devices[0]
    assert here.hub is not there.hub
    last = here.hub.last("h1")
    rung = threading.Event()
    end = here.hub.subscribe(lambda hall, position: rung.set() if position > last else None)
    heard: list[int] = []
    waiting = threading.Thread(target=lambda: heard.append(here.hub.wait_after("h1", last, 10)))
    waiting.start()
    there.issues(1, first=5_000)
    waiting.join()
    assert heard == [last + 1]
    assert rung.wait(60)
    end()
    there.hub.close()
    halls.close()


def test_a_waiter_is_woken_at_once_by_its_own_worker(halls: Halls) -> None:
    device = halls.opened("t1")
    last = halls.hub.last("h1")
    assert halls.hub.wait_after("h1", last - 1, 10) == last
    assert halls.hub.wait_after("h1", last, 0.01) == last
    told: list[tuple[str, int]] = []
    end = halls.hub.subscribe(lambda hall, position: told.append((hall, position)))
    device.issues(1)
    end()
    device.issues(1, first=2)
    assert told == [("h1", last + 1)]


def test_the_newest_position_is_told_last() -> None:
    bell, told, newest = Bell(), list[int](), threading.Event()

    def rung(_hall: str, position: int) -> None:
        if position == 1:
            later.start()
            newest.wait(0.2)  # another thread has its time to overtake
        told.append(position)
        newest.set()

    later = threading.Thread(target=bell.ring, args=("h1", 2))
    bell.subscribe(rung)
    bell.ring("h1", 1)
    later.join()
    assert told == [1, 2]


def test_halls_do_not_see_each_other(halls: Halls) -> None:
    halls.create("h2")
    one = halls.opened("t1", 1)
    two = halls.opened("t1", 1, hall="h2")
    one.issues(3)
    two.issues(1)
    assert halls.hub.last("h1") == halls.hub.last("h2") + 2
    assert one.asks(i.GrantNext(counter=1)).granted == one.ticket_id(1)
    assert two.asks(i.GrantNext(counter=1)).granted == two.ticket_id(1)
    assert halls.hub.halls() == {"h1": "Hall h1", "h2": "Hall h2"}


def test_a_new_worker_folds_from_the_stored_state(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    for start in range(1, 1_201, 400):
        device.issues(400, first=start)
    read: list[int] = []
    later = halls.another("later")
    device.hub = later

    @sa.event.listens_for(halls.database.engine, "before_cursor_execute")
    def note(connection: object, cursor: object, statement: str, parameters: object, *rest: object) -> None:
        if "entry.position > " in statement:
            read.append(1)

    assert device.asks(i.GrantNext(counter=1)).granted == device.ticket_id(1)
    device.pulls_all()
    fresh = halls.another("fresh")
    device.hub = fresh
    again = device.asks(i.GrantNext(counter=1))
    assert again.granted == device.ticket_id(1)
    assert read
