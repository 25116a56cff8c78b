"""Positions under many writers: without a gap, and never seen out of order."""

import threading
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa

from hallq.domain import events as e
from hallq.hub.database import Database
from hallq.protocol import Fate
from tests.hub.lives import Device, Halls

WRITERS = 8
COMMITS = 150

_SLOW = sa.text("SELECT pg_sleep(CAST(:seconds AS double precision)) WHERE CAST(:hall AS text) <> ''")


def _all_at_once(works: list[Callable[[], None]]) -> None:
    faults: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            faults.append(error)
            raise

    threads = [threading.Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_follower_misses_nothing(halls: Halls) -> None:
    writers = [halls.device(f"t{n}") for n in range(WRITERS)]
    follower = halls.device("follower")
    written = threading.Event()

    def write(device: Device) -> None:
        for number in range(1, COMMITS + 1):
            told = device.envelope(e.CustomerDiverted(service=f"payment-{number}"))
            assert device.push(told).fates == [Fate.ACCEPTED]

    def follow() -> None:
        while not written.is_set() or follower.pull().last > follower.place.position:
            follower.pull()

    reader = threading.Thread(target=follow)
    reader.start()
    _all_at_once([partial(write, device) for device in writers])
    written.set()
    reader.join()
    assert [entry.position for entry in follower.log] == list(range(1, WRITERS * COMMITS + 1))
    assert len({(e.event.incarnation, e.event.seq) for e in follower.log}) == WRITERS * COMMITS


def test_the_control_a_serial_id_misses(
    new_postgresql: str, open_database: Callable[[str], Database]
) -> None:
    """Numbers given out by the database before the commit: a later one may be seen before an earlier."""
    database = open_database(new_postgresql)
    engine = sa.create_engine("postgresql+psycopg://", creator=database.engine.pool._creator)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE serial_log (id BIGSERIAL PRIMARY KEY)"))
    written = threading.Event()
    seen: list[int] = []

    def write(writer: int) -> None:
        for number in range(40):
            with engine.begin() as connection:
                connection.execute(sa.text("INSERT INTO serial_log DEFAULT VALUES"))
                connection.execute(_SLOW, {"seconds": (writer * 7 + number) % 5 / 1000, "hall": "h1"})

    def follow() -> None:
        done = False
        while not done:
            done = written.is_set()
            after = seen[-1] if seen else 0
            with engine.connect() as connection:
                query = sa.text("SELECT id FROM serial_log WHERE id > :after ORDER BY id")
                seen.extend(connection.execute(query, {"after": after}).scalars())

    reader = threading.Thread(target=follow)
    reader.start()
    _all_at_once([partial(write, writer) for writer in range(WRITERS)])
    written.set()
    reader.join()
    engine.dispose()
    assert len(seen) < WRITERS * 40


def test_slow_commits_are_not_overtaken(
    new_postgresql: str, open_database: Callable[[str], Database]
) -> None:
    """The same slow commits as the control's, through the hub."""
    database = open_database(new_postgresql)
    halls = Halls(database)
    halls.create("h1")
    writers = [halls.device(f"t{n}") for n in range(WRITERS)]
    follower = halls.device("follower")
    pauses = iter(range(10**9))

    @sa.event.listens_for(database.engine, "before_cursor_execute")
    def slow(connection: sa.Connection, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith("UPDATE hall"):
            connection.execute(_SLOW, {"seconds": next(pauses) % 5 / 1000, "hall": "h1"})

    written = threading.Event()

    def write(device: Device) -> None:
        for number in range(1, 41):
            device.push(device.issued(number))

    def follow() -> None:
        done = False
        while not done:
            done = written.is_set()
            follower.pulls_all()

    reader = threading.Thread(target=follow)
    reader.start()
    _all_at_once([partial(write, device) for device in writers])
    written.set()
    reader.join()
    assert [entry.position for entry in follower.log] == list(range(1, WRITERS * 40 + 1))


def test_a_page_by_page_pull_is_the_whole_log(halls: Halls) -> None:
    device = halls.opened("t1", 1)
    device.issues(40)
    other = halls.device("t2")
    while other.pull(limit=7).last > other.place.position:
        pass
    device.pulls_all()
    assert other.log == device.log
