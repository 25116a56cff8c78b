"""The board's calls are heard: a program of the name espeak-ng notes what it is to say."""

import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from hallq.app import HallApp
from hallq.paths import TerminalSettings
from tests.builders import ACTOR, TryHall


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What was said, a line for each sentence."""
    folder = tmp_path / "bin"
    folder.mkdir()
    note, program = folder / "heard", folder / "espeak-ng"
    lines = ("import sys", f'open("{note}", "ab").write(sys.stdin.buffer.read())')
    program.write_text("\n".join((f"#!{sys.executable}", *lines, "")))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))
    return note


def a_terminal(hall: TryHall, folder: Path, role: str, voice: str | None = None) -> HallApp:
    app = HallApp(hall.hall, ACTOR, role=role)
    app.attach(folder / "hall.db", TerminalSettings.model_validate({"voice": voice}))
    return app


async def comes(pilot: Pilot[None], happened: Callable[[], object]) -> None:
    while not happened():
        await pilot.pause()


async def test_a_call_is_heard_at_the_board(hall: TryHall, tmp_path: Path, heard: Path) -> None:
    hall.opens(2)
    hall.issues()
    app = a_terminal(hall, tmp_path, "board")
    async with app.run_test(size=(80, 24)) as pilot:
        await comes(pilot, lambda: app.state is not None)  # what stands is nobody's news
        hall.calls(2)
        await comes(pilot, lambda: heard.exists() and heard.read_bytes().count(b"\n") == 2)
    assert heard.read_text(encoding="utf-8").splitlines() == [
        "请 B 零 零 一 号，到 二 号窗口办理。",
        "Please, B 0 0 1, to counter 2.",
    ]


@pytest.mark.parametrize(("role", "voice"), [("guide", None), ("manager", None), ("board", "off")])
async def test_no_other_screen_speaks_and_no_board_that_is_switched_off(
    hall: TryHall, tmp_path: Path, heard: Path, role: str, voice: str | None
) -> None:
    hall.opens(2)
    hall.issues()
    app = a_terminal(hall, tmp_path, role, voice)
    async with app.run_test(size=(80, 24)) as pilot:
        await comes(pilot, lambda: app.state is not None)
        hall.calls(2)
        await comes(pilot, lambda: app.state is hall.state)
        assert "hallq-voice" not in {thread.name for thread in threading.enumerate()}
    assert not heard.exists()


async def test_in_a_hall_that_wants_the_bell_it_rings(
    hall: TryHall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.opens(2)
    hall.issues()
    app = a_terminal(hall, tmp_path, "board", "bell")
    rings: list[str] = []
    monkeypatch.setattr(app, "bell", lambda: rings.append("ring"))
    async with app.run_test(size=(80, 24)) as pilot:
        await comes(pilot, lambda: app.state is not None)  # what stands is nobody's news
        hall.calls(2)
        await comes(pilot, lambda: rings)
    assert rings == ["ring"]
