"""Eight programs calling at the same moment."""

from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from tests.faults.helpers import end, prepared, sound_state, start

PROGRAMS = 8
CALLS_EACH = 250

_CLERK = """
import sys
from pathlib import Path
from hallq.domain import intents as i
from hallq.hall import Actor, Done
from tests.faults.helpers import open_hall
path, number, calls = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
hall, actor = open_hall(path), Actor(f"clerk-{number}", f"t{number}")
print("ready", flush=True)
sys.stdin.readline()
for _ in range(calls):
    called = hall.perform(i.CallNext(counter=number), actor)
    assert isinstance(called, Done), called
    print(called.events[0].ticket_id)
    for intent in (
        i.ConfirmArrival(counter=number), i.FinishVisit(counter=number), i.IssueTicket(service="points")
    ):
        assert isinstance(hall.perform(intent, actor), Done)
hall.close()
"""


def test_no_ticket_and_no_number_twice_in_two_thousand_calls(memory_path: Path) -> None:
    path = memory_path / "hall.db"
    prepared(path, waiting=2 * PROGRAMS, counters=PROGRAMS)
    clerks = [start(_CLERK, path, number, CALLS_EACH) for number in range(1, PROGRAMS + 1)]
    for clerk in clerks:
        assert clerk.stdout is not None
        assert clerk.stdout.readline() == "ready\n"
    for clerk in clerks:
        assert clerk.stdin is not None
        clerk.stdin.write("go\n")
        clerk.stdin.flush()
    called = [line for clerk in clerks for line in clerk.communicate()[0].split()]
    assert [clerk.returncode for clerk in clerks] == [0] * PROGRAMS
    assert len(called) == len(set(called)) == PROGRAMS * CALLS_EACH
    sound_state(path)
    with driver.connect(path) as rows:
        issued, numbers = rows.execute(
            "SELECT COUNT(*), COUNT(DISTINCT business_date || series || number) FROM ticket"
        ).fetchone()
    rows.close()
    assert issued == numbers == 2 * PROGRAMS + PROGRAMS * CALLS_EACH


_STARTER = """
import sys
from pathlib import Path
from hallq.store import open_store
print("ready", flush=True)
sys.stdin.readline()
store = open_store(Path(sys.argv[1]), create=True, encrypted=sys.argv[2] == "True")
print(store.load_state().position, flush=True)
store.close()
"""


@pytest.mark.parametrize("encrypted", [False, True])
def test_simultaneous_first_starts_on_one_new_file_all_work(memory_path: Path, encrypted: bool) -> None:
    programs = [start(_STARTER, memory_path / "new.db", encrypted) for _ in range(PROGRAMS // 2)]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    answers = [program.communicate()[0] for program in programs]
    assert answers == ["0\n"] * len(programs)
    for program in programs:
        end(program)
