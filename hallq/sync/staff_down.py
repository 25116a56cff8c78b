"""The staff list that flows down: taken whole, in one transaction, when it is another than the one here."""

from pydantic import ValidationError

from hallq.logs import journal
from hallq.protocol.staff import roster_in
from hallq.store import Store, staff
from hallq.sync.http_line import HttpLine


def take_staff(store: Store, line: HttpLine, newest: int) -> bool:
    """Take the hub's list; whether it was new here. Raises LineError, StoreError.

    Any other version is taken, an earlier one too: a hub that came back from a backup is right. 0: the
    hub has none. A list that cannot be read is left aside, and the one here stays.
    """
    with store.reading() as connection:
        if newest in (0, staff.version(connection)):
            return False
    snapshot = line.staff()
    try:
        roster = roster_in(snapshot.body, snapshot.version)
    except ValidationError as error:
        journal().warning("staff-refused", version=snapshot.version, faults=error.error_count())
        return False
    with store.writing() as connection:
        staff.replace(connection, roster)
    journal().info("staff-taken", version=roster.version, people=len(roster.staff))
    return True
