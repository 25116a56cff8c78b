"""Counts taken from the rows alone, by other means than the fold's."""

import sqlcipher3.dbapi2 as driver

_ROWS = {
    "tickets.issued": "SELECT COUNT(*) FROM ticket",
    "tickets.finished": "SELECT COUNT(*) FROM ticket WHERE state = 'finished'",
    "tickets.cancelled": "SELECT COUNT(*) FROM ticket WHERE state = 'cancelled'",
    "tickets.left": "SELECT COUNT(*) FROM ticket WHERE state = 'left'",
    "tickets.expired": "SELECT COUNT(*) FROM ticket WHERE state = 'expired'",
    "calls.missed": "SELECT SUM(missed_times) FROM ticket",
    "walk.ms": "SELECT SUM(walk_ms) FROM ticket",
    "visits.one_counter": ("SELECT COUNT(*) FROM ticket WHERE state = 'finished' AND counters_visited = 1"),
    "appointments.cancelled": "SELECT COUNT(*) FROM appointment WHERE state = 'cancelled'",
    "appointments.booked": "SELECT COUNT(*) FROM appointment",
    "rating.low": "SELECT COUNT(*) FROM low_rating",
    "rating.count": "SELECT COUNT(*) FROM event WHERE kind = 'visit.rated' AND NOT contested",
    "rating.sum": "SELECT SUM(json_extract(body, '$.score')) FROM event WHERE kind = 'visit.rated'",
    "complaints.taken": "SELECT COUNT(*) FROM complaint",
    "transactions.ended": "SELECT COUNT(*) FROM service_transaction WHERE ended_ms IS NOT NULL",
    "transactions.interrupted": ("SELECT COUNT(*) FROM service_transaction WHERE outcome = 'interrupted'"),
    "transactions.reliable": (
        "SELECT COUNT(*) FROM service_transaction WHERE reliable AND outcome <> 'interrupted'"
    ),
    "service.ms": (
        "SELECT SUM(duration_ms) FROM service_transaction WHERE reliable AND outcome <> 'interrupted'"
    ),
}

_LANES = """
SELECT (SELECT COALESCE(SUM(value), 0) FROM figure WHERE name LIKE 'lane.%.issued'),
       (SELECT COALESCE(SUM(value), 0) FROM figure WHERE name IN ('tickets.issued', 'tickets.carried'))
"""

_SUMS = {
    ("wait.priority.ms", "wait.standard.ms", "wait.appointment.ms"): "SELECT SUM(wait_ms) FROM ticket",
    (
        "wait.priority.count",
        "wait.standard.count",
        "wait.appointment.count",
    ): "SELECT COUNT(wait_ms) FROM ticket",
}


def miscounted(connection: driver.Connection) -> list[str]:
    """A sentence for each stored figure that the rows contradict, all days together."""
    wrong = []
    for names, query in [*(((name,), query) for name, query in _ROWS.items()), *_SUMS.items()]:
        marks = ", ".join("?" * len(names))
        stored = f"SELECT COALESCE(SUM(value), 0) FROM figure WHERE name IN ({marks})"
        figure = connection.execute(stored, names).fetchone()[0]
        counted = connection.execute(query).fetchone()[0] or 0
        if figure != counted:
            wrong.append(f"{' + '.join(names)} is {figure}, the rows say {counted}")
    lanes, tickets = connection.execute(_LANES).fetchone()
    if lanes != tickets:
        wrong.append(f"the lanes' issued are {lanes}, issued and carried together {tickets}")
    return wrong
