"""The staff lists of halls as they are stored: read once for each version."""

import dataclasses
import threading
from collections import OrderedDict

import sqlalchemy as sa

from hallq.domain.staff import Role, Roster, Staff
from hallq.hub import tables
from hallq.hub.ledger import HallRow

_T = tables.staff
_COLUMNS = [_T.c[field.name] for field in dataclasses.fields(Staff)]
_OF_HALL = sa.select(*_COLUMNS).where(_T.c.hall == sa.bindparam("hall")).order_by(_T.c.number)
_KEPT_HALLS = 256


class Rosters:
    """The lists that were read, by hall and version."""

    def __init__(self) -> None:
        """Nothing is read at the start."""
        self._guard = threading.Lock()
        self._known: OrderedDict[tuple[str, str, int], Roster] = OrderedDict()

    def of(self, connection: sa.Connection, row: HallRow) -> Roster:
        """A hall's list, for a row that this transaction has read but not changed."""
        if not row.roster_version:
            return Roster()
        name = (row.hall, row.epoch, row.roster_version)
        with self._guard:
            known = self._known.get(name)
        if known is not None:
            return known
        roster = read_roster(connection, row)
        with self._guard:
            self._known[name] = roster
            if len(self._known) > _KEPT_HALLS:
                self._known.popitem(last=False)
        return roster


def read_roster(connection: sa.Connection, row: HallRow) -> Roster:
    """A hall's list as this transaction sees it."""
    found = connection.execute(_OF_HALL, {"hall": row.hall})
    staff = (Staff(*values) for values in found)
    people = (dataclasses.replace(s, roles=frozenset(map(Role, str(s.roles).split()))) for s in staff)
    return Roster.of(people, row.roster_version)


def write(connection: sa.Connection, hall: str, person: Staff) -> None:
    """Write one person's entry."""
    values = {field.name: getattr(person, field.name) for field in dataclasses.fields(Staff)}
    values |= {"hall": hall, "roles": " ".join(sorted(person.roles))}
    there = sa.delete(_T).where(_T.c.hall == hall, _T.c.staff_id == person.staff_id)
    connection.execute(there)
    connection.execute(sa.insert(_T), values)
