"""A primary and a synchronous standby: the database of a hub that outlives one of its machines."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from tests.rig.postgres import LOOPBACK, Postgres, own_folder, server
from tests.rig.waiting import until


@dataclass(frozen=True)
class Pair:
    """A primary, and a standby without which nothing is confirmed."""

    primary: Postgres
    standby: Postgres

    def dsn(self, database: str = "postgres", **more: str | int) -> str:
        """Both hosts: a new connection finds the one that takes writes."""
        ports = f"{self.primary.port},{self.standby.port}"
        hosts = {"host": f"{LOOPBACK},{LOOPBACK}", "port": ports, "target_session_attrs": "read-write"}
        return self.primary.dsn(database, **(hosts | more))


@contextlib.contextmanager
def pair() -> Iterator[Pair]:
    """A primary and its synchronous standby, both running."""
    with server() as primary, own_folder() as folder:
        standby = Postgres(folder, primary.password)
        standby.copy_of(primary)
        try:
            standby.start()
            primary.set("synchronous_standby_names = '*'")
            primary.reload()
            until(lambda: is_synchronous(primary), "the standby follows")
            yield Pair(primary, standby)
        finally:
            standby.end()


def is_synchronous(primary: Postgres) -> bool:
    """Whether a standby confirms each commit."""
    with primary.connect() as connection:
        row = connection.execute("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'").fetchone()
    return row is not None
