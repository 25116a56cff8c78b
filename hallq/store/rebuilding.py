"""The projections are made anew where an older hallq folded otherwise, or put aside what this one can read.

A terminal that was not updated yet stores events of later kinds as they came and folds the rest.
The first start of a hallq that knows them folds the whole log again, once; so does the first start
of one whose fold counts what an earlier one did not.
"""

import sqlcipher3.dbapi2 as driver

from hallq.domain.fold import FOLD
from hallq.domain.state import HallState
from hallq.logs import journal
from hallq.store import joined as joining
from hallq.store import log
from hallq.store.codec import UnknownEvent, tolerated
from hallq.store.projections import PROJECTED, write_days

_ASIDE = "SELECT position, kind, version, body FROM quarantine JOIN event USING (position)"
_PORTION = 2_000


def now_readable(connection: driver.Connection) -> list[int]:
    """The positions of events that lie in quarantine and could be read now."""
    return [
        position
        for position, kind, version, body in connection.execute(_ASIDE)
        if not isinstance(tolerated(kind, version, body), UnknownEvent)
    ]


def is_older_fold(connection: driver.Connection) -> bool:
    """Whether the projections are those of an earlier fold."""
    row = connection.execute("SELECT version FROM folding").fetchone()
    return row is None or row[0] < FOLD


def rebuild(connection: driver.Connection) -> None:
    """Take what can be read now out of quarantine, and fold the log from its start."""
    readable = now_readable(connection)
    if not readable and not is_older_fold(connection):
        return  # another program was first
    connection.execute("INSERT OR REPLACE INTO folding (row, version) VALUES (1, ?)", (FOLD,))
    joining.take_back(connection, readable)
    for table in PROJECTED:
        connection.execute(f"DELETE FROM {table}")
    state = HallState()
    while portion := log.portion_after(connection, state.position, _PORTION):
        state = write_days(connection, state, portion)
    journal().info("rebuilt", position=state.position, readable=len(readable))
