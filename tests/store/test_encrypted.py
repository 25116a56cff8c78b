"""A hall's file is encrypted as a whole from its first byte; what does not fit is told as what it is."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hallq.domain import intents as i
from hallq.store import Store, StoreError, Trouble, open_store, vips
from hallq.store.converting import convert, set_key_aside
from hallq.store.encrypted import Kind, kept_path, key_path, kind_of
from hallq.store.proof import verify_file
from hallq.store.vip_keys import KEY_FILE
from tests.builders import HandClock, TryHall, a_hall
from tests.faults.helpers import sound_state
from tests.staff.people import CLERK, employ
from tests.vip.test_directory import ANNA

OLD_FILE = Path(__file__).parent / "data" / "schema_0001.db"
COMPLAINT = "No signal in the cellar of the tower"


def _lived(store: Store) -> TryHall:
    """A hall after some hours with staff, customers and a complaint."""
    hall = a_hall(store, HandClock())
    employ(hall.hall)
    hall.opens(2)
    for _ in range(30):
        hall.issues()
    hall.serves(2)
    hall.does(i.TakeComplaint(category="mobile", text=COMPLAINT))
    return hall


def _bytes(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in sorted(folder.iterdir()))


@pytest.mark.parametrize("encrypted", [True, False])
def test_no_byte_of_a_busy_day_tells_what_happened(tmp_path: Path, encrypted: bool) -> None:
    """While it is open, with everything in the journal, and when it was closed."""
    store = open_store(tmp_path / "hall.db", create=True, encrypted=encrypted)
    hall = _lived(store)
    label = next(iter(hall.state.tickets.values()))
    told = [CLERK.name, COMPLAINT, label.ticket_id, '"service":"payment"', "SQLite format 3", "CREATE TABLE"]
    written = [_bytes(tmp_path)]
    hall.hall.close()
    written.append(_bytes(tmp_path))
    for found in written:
        assert [word for word in told if word.encode() in found] == ([] if encrypted else told)
    assert sound_state(tmp_path / "hall.db").complaints


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The encrypted file of a hall that has lived, and nobody has open."""
    path = tmp_path / "hall.db"
    _lived(open_store(path, create=True, encrypted=True)).hall.close()
    return path


def test_the_key_is_for_its_owners_eyes_only(closed: Path) -> None:
    assert key_path(closed).stat().st_mode & 0o777 == 0o600
    assert len(key_path(closed).read_bytes()) == 32
    assert key_path(closed).read_bytes() not in closed.read_bytes()


def test_a_file_is_turned_there_and_back_and_nothing_of_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    hall = _lived(open_store(path, create=True))
    state = hall.state
    hall.hall.close()
    for encrypt in (True, False, True):
        convert(path, encrypt=encrypt)
        assert kind_of(path) is (Kind.ENCRYPTED if encrypt else Kind.PLAIN)
        assert path.stat().st_mode & 0o777 == 0o600
        assert verify_file(path).agrees
        assert sound_state(path) == state
        others = {file.name for file in tmp_path.iterdir()} - {"hall.db", "hall.db.numbers", "hall.db.turn"}
        assert others == {(key_path(path) if encrypt else kept_path(path)).name}


def test_without_the_key_of_the_vips_alone_the_queue_runs(closed: Path) -> None:
    vips.put_in(closed.parent, [ANNA], whole=False)
    closed.with_name(KEY_FILE).unlink()
    hall = a_hall(open_store(closed), HandClock(), day=False)
    with pytest.raises(StoreError) as caught:
        vips.find(closed.parent, ANNA.card)
    assert caught.value.trouble is Trouble.KEY_LOST
    hall.issues()
    hall.hall.close()


def test_a_file_of_an_older_hallq_is_verified_and_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    shutil.copy(OLD_FILE, path)
    convert(path, encrypt=True)
    before = path.read_bytes()
    assert verify_file(path).agrees
    assert path.read_bytes() == before
    assert sound_state(path).position > 0


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="becomes another user: needs root")
def test_who_converts_for_somebody_else_leaves_that_ones_files(tmp_path: Path) -> None:
    path = tmp_path / "hall.db"
    open_store(path, create=True).close()
    os.chown(path, 65_534, 65_534)
    convert(path, encrypt=True)
    for file in (path, key_path(path)):
        assert (file.stat().st_uid, file.stat().st_gid, file.stat().st_mode & 0o777) == (
            65_534,
            65_534,
            0o600,
        )
    convert(path, encrypt=False)
    assert path.stat().st_uid == kept_path(path).stat().st_uid == 65_534


def test_one_key_opens_every_older_copy(closed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(closed, copy)
    convert(closed, encrypt=False)
    convert(closed, encrypt=True)
    shutil.copy(key_path(closed), key_path(copy))
    assert sound_state(copy) == sound_state(closed)


def test_the_key_may_lie_on_another_disk(closed: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    shutil.move(key_path(closed), stick)
    key_path(closed).symlink_to(stick)
    state = sound_state(closed)
    convert(closed, encrypt=False)
    convert(closed, encrypt=True)
    assert sound_state(closed) == state
    stick.unlink()
    assert _trouble(closed) is Trouble.FILE_KEY_LOST


def _trouble(path: Path) -> Trouble:
    with pytest.raises(StoreError) as caught:
        open_store(path, create=True)
    with pytest.raises(StoreError) as verified:
        verify_file(path)
    assert verified.value.trouble is caught.value.trouble
    return caught.value.trouble


def _no_key(path: Path) -> None:
    key_path(path).unlink()


def _another_key(path: Path) -> None:
    key_path(path).write_bytes(bytes(range(32)))


def _half_a_key(path: Path) -> None:
    key_path(path).write_bytes(bytes(16))


def _plain_copy(path: Path) -> None:
    key = key_path(path).read_bytes()
    convert(path, encrypt=False)
    key_path(path).write_bytes(key)


def _letter(path: Path) -> None:
    path.write_bytes(b"dear diary " * 500)


def _spoiled(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4_096:] = bytes(byte ^ 1 for byte in content[4_096:])
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (_no_key, Trouble.FILE_KEY_LOST),
        (_another_key, Trouble.WRONG_KEY),
        (_half_a_key, Trouble.DAMAGED),
        (_plain_copy, Trouble.NOT_ENCRYPTED),
        (_letter, Trouble.NOT_A_DATABASE),
        (_spoiled, Trouble.DAMAGED),
    ],
)
def test_what_does_not_fit_is_told_and_left_alone(
    closed: Path, happens: Callable[[Path], None], told: Trouble, capfd: pytest.CaptureFixture[str]
) -> None:
    happens(closed)
    before = closed.read_bytes()
    assert _trouble(closed) is told
    assert closed.read_bytes() == before
    assert capfd.readouterr() == ("", "")  # SQLCipher would write across the screen


def test_a_second_key_is_not_overwritten(closed: Path) -> None:
    kept_path(closed).write_bytes(bytes(32))
    with pytest.raises(StoreError) as caught:
        convert(closed, encrypt=False)
    assert caught.value.trouble is Trouble.KEY_IN_THE_WAY
    assert kept_path(closed).read_bytes() == bytes(32)
    kept_path(closed).unlink()
    assert sound_state(closed).complaints
    set_key_aside(closed)
    assert sound_state(closed).complaints
    assert key_path(closed).exists()
