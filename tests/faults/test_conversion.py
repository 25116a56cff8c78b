"""A file is encrypted or made plain as a whole or not at all: killed at each step, or with others at it."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from hallq.store import StoreError, Trouble, converting
from hallq.store.encrypted import Kind, kept_path, key_path, kind_of
from hallq.store.key_files import make_key, read_key
from tests.faults.helpers import end, prepared, sound_state, start
from tests.faults.test_disk import small_disk
from tests.rig.waiting import until

__all__ = ["small_disk"]

_KILLED_AT_EACH_STEP = """
import json, os, shutil, signal, sys
from pathlib import Path
from hallq.store.converting import convert
source, work, encrypt = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "True"
step = 0
while True:
    step += 1
    folder = work / str(step)
    shutil.copytree(source, folder)
    child = os.fork()
    if child == 0:
        seen = 0
        def count(event, arguments):
            global seen
            if event.startswith(("os.", "open", "sqlite3.")) and str(folder) in str(arguments):
                seen += 1
                if seen == step:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(count)
        convert(folder / "hall.db", encrypt=encrypt)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
print(json.dumps(step))
"""
"""Before each call that opens, renames or removes a file of the hall."""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("encrypt", [True, False])
def test_killed_at_any_step_the_file_is_whole_and_has_its_key(memory_path: Path, encrypt: bool) -> None:
    source = memory_path / "source"
    source.mkdir()
    prepared(source / "hall.db", waiting=9, counters=2, encrypted=not encrypt)
    state = sound_state(source / "hall.db")
    killer = start(_KILLED_AT_EACH_STEP, source, memory_path, encrypt)
    steps = json.loads(killer.communicate()[0])
    assert killer.returncode == 0
    assert steps > 8
    kinds = []
    for step in range(1, steps + 1):
        path = memory_path / str(step) / "hall.db"
        kinds.append(kind_of(path))
        assert sound_state(path) == state, step
        assert not path.with_name("hall.db.converting").exists()
        is_encrypted = kind_of(path) is Kind.ENCRYPTED
        assert (key_path(path).exists(), is_encrypted and kept_path(path).exists()) == (is_encrypted, False)
        if kind_of(path) is kind_of(source / "hall.db"):
            converting.convert(path, encrypt=encrypt)
            assert sound_state(path) == state
    new = Kind.ENCRYPTED if encrypt else Kind.PLAIN
    assert kinds == sorted(kinds, key=lambda kind: kind is new)
    assert {*kinds} == {Kind.PLAIN, Kind.ENCRYPTED}


_TERMINAL = """
import sys
from pathlib import Path
from hallq.store import StoreError, open_store
print("begins", flush=True)
try:
    store = open_store(Path(sys.argv[1]), patience_seconds=60)
except StoreError as error:
    print(error.trouble, flush=True)
else:
    print("open", flush=True)
    sys.stdin.readline()
    store.close()
"""


@pytest.mark.parametrize("encrypted", [False, True])
def test_it_is_refused_while_a_terminal_has_the_file(tmp_path: Path, encrypted: bool) -> None:
    path = tmp_path / "hall.db"
    prepared(path, waiting=2, counters=1, encrypted=encrypted)
    terminal = start(_TERMINAL, path)
    assert terminal.stdout is not None
    assert [terminal.stdout.readline() for _ in range(2)] == ["begins\n", "open\n"]
    before = path.read_bytes()
    try:
        with pytest.raises(StoreError) as caught:
            converting.convert(path, encrypt=not encrypted)
        assert caught.value.trouble is Trouble.IN_USE
        assert path.read_bytes() == before
    finally:
        end(terminal)
    converting.convert(path, encrypt=not encrypted)
    sound_state(path)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks at another program's files")
@pytest.mark.parametrize("encrypt", [True, False])
def test_who_opens_it_meanwhile_writes_nothing_into_the_file_that_is_gone(
    tmp_path: Path, encrypt: bool
) -> None:
    """It has the old file open and waits for its lock while the new one takes the place."""
    path, draft = tmp_path / "hall.db", tmp_path / "draft"
    prepared(path, waiting=2, counters=1, encrypted=not encrypt)
    state = sound_state(path)
    if encrypt:
        make_key(kept_path(path))
    with converting._alone_with(path) as connection:
        converting._copy(connection, draft, read_key(kept_path(path)) if encrypt else None)
        terminal = start(_TERMINAL, path)
        held = Path(f"/proc/{terminal.pid}/fd")
        until(lambda: str(path) in [_target(link) for link in held.iterdir()], "it has the file")
        converting._put_in_place(path, draft, encrypt=encrypt)
    told = terminal.communicate("\n")[0].split()
    assert told[1] in (Trouble.NOT_A_DATABASE, Trouble.WRONG_KEY)
    assert list(tmp_path.glob("hall.db-*")) == []
    assert sound_state(path) == state


def _target(link: Path) -> str:
    try:
        return os.readlink(link)
    except FileNotFoundError:
        return ""


def test_a_full_disk_leaves_everything_as_it_was(small_disk: Path) -> None:
    path = small_disk / "hall.db"
    prepared(path, waiting=20, counters=1)
    state = sound_state(path)
    free = shutil.disk_usage(small_disk).free
    (small_disk / "ballast").write_bytes(bytes(free - path.stat().st_size // 2))
    with pytest.raises(StoreError) as caught:
        converting.convert(path, encrypt=True)
    assert caught.value.trouble is Trouble.DISK_FULL
    (small_disk / "ballast").unlink()
    assert sound_state(path) == state
    converting.convert(path, encrypt=True)
    assert sound_state(path) == state
