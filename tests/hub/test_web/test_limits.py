"""Limits hold over restarts and over several workers, and forgive when the window is over."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from hallq.hub import HubFault
from hallq.hub.database import Database
from hallq.hub.limits import NO_HALL, Limits, Rule, allowance
from hallq.hub.web.door import ENROLMENTS, UNKNOWN, WRONG_CODES
from hallq.protocol import Fault
from tests.hub.test_web.conftest import NORTH, Moment, served

RULE = Rule("tries", allowed=10, window_ms=60_000)
BUSY = Rule("requests", allowed=1_000, window_ms=60_000, portion=100)
NOON = 1_700_000_040_000


def _taken(limits: Limits, rule: Rule, subject: str = "somebody") -> int:
    """How many more there are."""
    taken = 0
    while True:
        try:
            limits.take(rule, subject)
        except HubFault as fault:
            return taken if fault.fault is Fault.TOO_MANY else -1
        taken += 1


def test_a_window_allows_so_many_and_the_next_one_again(database: Database) -> None:
    now_ms = NOON
    limits = Limits(database, lambda: now_ms)
    assert _taken(limits, RULE) == RULE.allowed
    assert _taken(limits, RULE, "somebody else") == RULE.allowed
    now_ms += RULE.window_ms
    assert _taken(limits, RULE) == RULE.allowed


def test_a_restart_forgives_nothing(database: Database) -> None:
    for _ in range(RULE.allowed):
        Limits(database, lambda: NOON).take(RULE, "somebody")
    with pytest.raises(HubFault):
        Limits(database, lambda: NOON).take(RULE, "somebody")
    with pytest.raises(HubFault) as refused:
        Limits(database, lambda: NOON).check(RULE, "somebody")
    assert refused.value.retry_after_seconds == RULE.window_ms // 1_000 - NOON // 1_000 % 60


def test_looking_takes_nothing(database: Database) -> None:
    limits = Limits(database, lambda: NOON)
    for _ in range(RULE.allowed * 2):
        limits.check(RULE, "somebody")
    assert _taken(limits, RULE) == RULE.allowed


def test_portions_are_shared_by_workers_and_cost_few_writes(database: Database) -> None:
    writes: list[str] = []
    database_writes = database.transaction

    def counted(work: object) -> object:
        writes.append("")
        return database_writes(work)  # type: ignore[arg-type]

    database.transaction = counted  # type: ignore[method-assign,assignment]
    workers = [Limits(database, lambda: NOON) for _ in range(2)]
    assert sum(_taken(worker, BUSY) for worker in workers) == BUSY.allowed
    assert len(writes) <= BUSY.allowed // BUSY.portion + len(workers)


def test_many_threads_take_no_more_than_there_is(database: Database) -> None:
    limits = Limits(database, lambda: NOON)
    taken: list[int] = []
    threads = [threading.Thread(target=lambda: taken.append(_taken(limits, BUSY))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == BUSY.allowed


def test_past_windows_leave_nothing_behind(database: Database) -> None:
    now_ms = NOON
    limits = Limits(database, lambda: now_ms)
    for number in range(50):
        limits.take(RULE, f"address {number}")
    now_ms += RULE.window_ms
    limits.take(RULE, "one more")
    left = sa.select(allowance.c.subject).where(allowance.c.hall == NO_HALL)
    assert database.look(lambda connection: connection.execute(left).scalars().all()) == ["one more"]


def test_wrong_codes_and_wrong_tokens_are_counted_over_a_restart_and_good_tokens_go_on(
    tmp_path: Path,
) -> None:
    path, wrong = f"/v1/halls/{NORTH}/enrol", {"code": "AAAA-BBBB-CCCC-DDDD"}
    with served(tmp_path / "hub.db", tmp_path, moment=Moment(NOON)) as first:
        token, code = first.token(), first.hub.invite(NORTH, "Counter 2")
        answers = [first.ask("POST", path, body=wrong).status for _ in range(WRONG_CODES.allowed + 1)]
        assert answers == [401] * WRONG_CODES.allowed + [429]
        unknown = [first.ask("POST", f"/v1/halls/{NORTH}/pull", "x").status for _ in range(UNKNOWN.allowed)]
        assert set(unknown) == {401}
    with served(tmp_path / "hub.db", tmp_path, moment=Moment(NOON)) as second:
        refused = second.ask("POST", path, body={"code": code})
        assert (refused.status, refused.json["fault"]) == (429, "too-many")
        assert int(refused.headers["retry-after"]) > 0
        assert second.ask("POST", f"/v1/halls/{NORTH}/pull", "x").status == 429
        assert second.ask("GET", f"/v1/halls/{NORTH}/settings", token).status == 200
    later = NOON + ENROLMENTS.window_ms
    with served(tmp_path / "hub.db", tmp_path, moment=Moment(later)) as third:
        assert third.ask("POST", path, body={"code": code}).status == 200
