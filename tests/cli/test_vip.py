"""`hallq vip`: lists go in whole or not at all, and nothing comes out in the clear."""

import contextlib
import io
import sys
from pathlib import Path

import pytest

from hallq.cli.exits import Exit
from hallq.store import log, open_store
from hallq.store.vip_keys import KEY_FILE
from tests.cli.conftest import Shell
from tests.vip.test_rows import CARD, OTHER_CARD, PHONE, a_list

GOOD, SILVER, BAD = f"{CARD},{PHONE},gold", f"{OTHER_CARD},,silver", f"{CARD}9,,platinum"


def test_a_list_is_imported_listed_exported_and_one_is_removed(
    shell: Shell, hall: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = shell("vip", "import", a_list(tmp_path, GOOD, SILVER), "--dir", hall)
    assert (said.code, said.out, said.err) == (Exit.OK, "Customers: 2 new, 0 changed, 0 erased.\n", "")
    listed = shell("vip", "list", "--dir", hall).out
    assert listed.splitlines() == ["Gold    ****0001  ****0421", "Silver  ****0002"]
    exported = shell("vip", "export", "--masked", "--dir", hall).out
    assert exported.splitlines()[1:] == ["****0001,****0421,gold,,", "****0002,,silver,,"]
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"100 0000 0421\n{PHONE}\n"))
    assert shell("vip", "remove", "--dir", hall).code == Exit.OK
    assert shell("vip", "list", "--dir", hall).out.splitlines() == ["Silver  ****0002"]
    assert shell("vip", "remove", "--dir", hall).code == Exit.REFUSED


def test_a_bad_row_stops_all_unless_it_may_be_left_out(shell: Shell, hall: Path, tmp_path: Path) -> None:
    path = a_list(tmp_path, GOOD, BAD)
    said = shell("vip", "import", path, "--dir", hall)
    assert said.code == Exit.INPUT
    assert "line 3: unknown tier" in said.err
    assert CARD not in said.err
    assert shell("vip", "list", "--dir", hall).out == ""
    tried = shell("vip", "import", path, "--dry-run", "--dir", hall)
    assert (tried.code, "1 new" in tried.out) == (Exit.OK, True)
    assert shell("vip", "list", "--dir", hall).out == ""
    assert "1 new" in shell("vip", "import", path, "--skip-bad", "--dir", hall).out


def test_who_did_what_with_the_directory_is_in_the_log_and_nobody_of_it(
    shell: Shell, hall: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_list(tmp_path, GOOD, SILVER)
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PHONE}\n{PHONE}\n"))
    for words in (("import", path, "--dry-run"), ("import", path), ("remove",), ("remove",), ("list",)):
        shell("vip", *words, "--dir", hall)
    shell("vip", "export", "--masked", "--dir", hall)
    with contextlib.closing(open_store(hall / "hall.db")) as store, store.reading() as connection:
        noted = [recorded for recorded in log.read_after(connection, 0) if recorded.actor]
    told = [recorded.event.model_dump(exclude_defaults=True) for recorded in noted]
    assert told == [
        {"deed": "imported", "added": 2},
        {"deed": "removed", "erased": 1},
        {"deed": "exported", "exported": 1},
    ]
    assert all(recorded.at_ms for recorded in noted)


def test_what_cannot_go_on_record_is_not_done(shell: Shell, hall: Path, tmp_path: Path) -> None:
    shell("vip", "import", a_list(tmp_path, GOOD), "--dir", hall)
    with contextlib.closing(open_store(hall / "hall.db")) as store, store.writing() as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
    for words in (("import", a_list(tmp_path, SILVER), "--whole"), ("export", "--masked")):
        said = shell("vip", *words, "--dir", hall)
        assert (said.code, said.out) == (Exit.STORE, "")
    assert shell("vip", "list", "--dir", hall).out.splitlines() == ["Gold  ****0001  ****0421"]


def test_whole_numbers_never_come_out(shell: Shell, hall: Path) -> None:
    assert shell("vip", "export", "--dir", hall).code == Exit.USAGE


def test_doctor_says_whether_anybody_is_recognised(shell: Shell, hall: Path, tmp_path: Path) -> None:
    assert "VIP directory" not in shell("doctor", "--dir", hall).out
    shell("vip", "import", a_list(tmp_path, GOOD), "--dir", hall)
    assert f"✓ VIP directory: {hall / 'vip.db'}" in shell("doctor", "--dir", hall).out
    (hall / KEY_FILE).unlink()
    unwell = shell("doctor", "--dir", hall)
    assert (unwell.code, "nobody is recognised" in unwell.out) == (Exit.FAULTS_FOUND, True)


def test_a_missing_list_is_one_line(shell: Shell, hall: Path) -> None:
    said = shell("vip", "import", "no.csv", "--dir", hall)
    assert (said.code, said.is_one_line) == (Exit.INPUT, True)
