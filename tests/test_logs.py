"""The journal: it takes what nobody else takes, and stands in nobody's way."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hallq import logs
from hallq.logs import journal


@pytest.fixture(autouse=True)
def _no_journal() -> Iterator[None]:
    yield
    if logs._Current.file is not None:
        logs._Current.file.close()
    logs._Current.file = None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a disk that is always full")
def test_a_full_disk_stops_nobody_who_has_something_to_tell(tmp_path: Path) -> None:
    logs._open(Path("/dev/full"))
    for _ in range(1_000):
        journal().warning("trouble", detail="x" * 100)
    path = logs.start_log(tmp_path)
    journal().warning("better")
    assert path is not None
    assert json.loads(path.read_text(encoding="utf-8"))["event"] == "better"


def test_a_thread_that_fails_is_told_here_and_not_over_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise ValueError("out of reach")

    monkeypatch.setattr(threading, "excepthook", logs.thread_failed)
    path = logs.start_log(tmp_path)
    thread = threading.Thread(target=fails, name="hallq-test")
    thread.start()
    thread.join()
    assert path is not None
    told = json.loads(path.read_text(encoding="utf-8"))
    assert (told["event"], told["thread"], told["error"]) == ("thread-failed", "hallq-test", "ValueError")
    assert "out of reach" in told["exception"]
    assert capsys.readouterr().err == ""
