"""A hub and two terminals as processes, enrolled by their commands; cut apart, and together again."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.builders import DATE
from tests.rig.proxy import LOOPBACK, Fault, FaultProxy
from tests.sync.network import soon

DRIVER = Path(__file__).with_name("driver.py")


def _environment(folder: Path) -> dict[str, str]:
    root = str(Path(__file__).parents[2])
    return {**os.environ, "HOME": str(folder), "HALLQ_LANGUAGE": "en", "HALLQ_DIR": "", "PYTHONPATH": root}


def _hallq(folder: Path, *words: object, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "hallq", *map(str, words)],
        env=_environment(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout.strip() if code == 0 else done.stdout + done.stderr


@contextlib.contextmanager
def _hub(folder: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "hallq", "hub", "serve", "--db", str(folder / "hub.db"), "--port", "0"]
    with (folder / "hub.err").open("w") as said:
        process = subprocess.Popen(
            command, env=_environment(folder), cwd=folder, stdout=subprocess.PIPE, stderr=said, text=True
        )
    assert process.stdout is not None
    try:
        port = urlsplit(process.stdout.readline().strip()).port
        assert port is not None
        yield port
    finally:
        process.stdout.close()
        process.terminate()
        process.wait(120)


@dataclass
class Terminal:
    """A running terminal."""

    process: "subprocess.Popen[str]"

    def says(self, *words: object) -> dict[str, Any]:
        """One line in, one line out."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told

    def does(self, *words: object) -> list[str]:
        """It is done; the tickets that it was about."""
        told = self.says(*words)
        assert told.get("done"), told
        return [ticket for ticket in told["tickets"] if ticket]

    def waits_for(self, *, position: int = 0, **figures: object) -> dict[str, Any]:
        """Until it tells all of these, and is at `position` or further."""

        def tells() -> bool:
            told = self.says("tell")
            return bool(told["position"] >= position and figures.items() <= told.items())

        soon(tells, 120)
        return self.says("tell")


@contextlib.contextmanager
def _terminal(folder: Path) -> Iterator[Terminal]:
    with (folder / "err").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, str(DRIVER), str(folder)],
            env=_environment(folder.parent),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
    try:
        yield Terminal(process)
    finally:
        process.communicate(timeout=120)


def _join(folder: Path, name: str, port: int) -> Path:
    code = _hallq(folder, "hub", "enroll", "--hall", "north", "--name", name, "--db", folder / "hub.db")
    url = f"http://{LOOPBACK}:{port}/v1/halls/north"
    _hallq(folder, "join", url, code, "--dir", folder / name)
    assert "belongs to hall north already" in _hallq(
        folder, "join", url, code, "--dir", folder / name, code=6
    )
    return folder / name


def _counts_what_is_unsent(terminal: Terminal, status: str) -> bool:
    """Counted a moment after it was written."""
    return f"{terminal.says('tell')['unsent']} events to be sent" in status


def _serves(terminal: Terminal, counter: int) -> str:
    called = terminal.does("call", counter)[0]
    terminal.does("serve", counter)
    terminal.does("finish", counter)
    return called


def test_cut_apart_both_sides_go_on_and_agree_when_they_meet_again(tmp_path: Path) -> None:
    with _hub(tmp_path) as port, FaultProxy((LOOPBACK, port)) as proxy:
        guide_at = _join(tmp_path, "guide", port)
        _hallq(tmp_path, "init", tmp_path / "clerk", "--encrypted")
        clerk_at = _join(tmp_path, "clerk", proxy.port)
        with _terminal(guide_at) as guide, _terminal(clerk_at) as clerk:
            for terminal in (guide, clerk):
                terminal.waits_for(link="connected")
            guide.does("day", DATE)
            guide.does("open", 1)
            clerk.waits_for(position=guide.waits_for(unsent=0)["position"])
            clerk.does("open", 2)
            for _ in range(12):
                guide.does("issue")
            clerk.waits_for(position=guide.waits_for(unsent=0)["position"], unsent=0)
            called = [_serves(guide, 1), _serves(clerk, 2)]
            clerk.waits_for(finished=2)
            clerk.waits_for(position=guide.waits_for(finished=2, unsent=0)["position"], unsent=0, in_hand=3)

            proxy.cut(Fault.BLACK_HOLE)
            clerk.waits_for(link="cut-off")
            clerk.does("issue")
            called += [_serves(clerk, 2), _serves(guide, 1), _serves(clerk, 2), _serves(guide, 1)]
            told = clerk.says("tell")
            assert (told["link"], told["finished"]) == ("cut-off", 4)
            assert "cut off" in _hallq(tmp_path, "status", "--dir", clerk_at)
            soon(lambda: _counts_what_is_unsent(clerk, _hallq(tmp_path, "status", "--dir", clerk_at)), 120)
            for words in (("leave",), ("join", f"http://{LOOPBACK}:{port}/v1/halls/north", "AAAA-BBBB")):
                assert "Close it first" in _hallq(tmp_path, *words, "--dir", clerk_at, code=6)

            proxy.heal()
            mine = clerk.waits_for(link="connected", unsent=0, finished=6)
            hers = guide.waits_for(position=mine["position"], finished=6)
            mine = clerk.waits_for(position=hers["position"])
            for key in ("hash", "position", "waiting", "contested", "finished"):
                assert mine[key] == hers[key]
            assert mine["broken"] == hers["broken"] == []
            assert mine["contested"] == 0
            assert len(set(called)) == len(called)
            assert len(mine["waiting"]) == 7
        well = _hallq(tmp_path, "doctor", "--dir", clerk_at)
        assert ("✓ hub" in well, "✓ witness" in well) == (True, True)
        shutil.copytree(clerk_at, tmp_path / "copy")
        copy = _hallq(tmp_path, "doctor", "--dir", tmp_path / "copy", code=1)
        assert "✗ this is a copy of a terminal, or was moved here: enrol it anew" in copy
        known = _hallq(tmp_path, "hub", "devices", "--hall", "north", "--db", tmp_path / "hub.db")
        device = next(line.split()[0] for line in known.splitlines() if " clerk " in line)
        _hallq(tmp_path, "hub", "revoke", "--hall", "north", device, "--db", tmp_path / "hub.db")
        unknown = _hallq(tmp_path, "doctor", "--dir", clerk_at, code=1)
        assert ": the hub does not know this terminal any more: enrol it anew" in unknown
    (clerk_at / "hall.db.token").chmod(0o644)
    unwell = _hallq(tmp_path, "doctor", "--dir", clerk_at, code=1)
    assert "✗ hub" in unwell
    assert "can be read by others" in unwell
    _hallq(tmp_path, "leave", "--dir", clerk_at)
    assert "has no hub" in _hallq(tmp_path, "status", "--dir", clerk_at)
    assert not (clerk_at / "hall.db.token").exists()
    agreed = _hallq(tmp_path, "verify", "--dir", clerk_at)
    assert "agree" in agreed
    assert (clerk_at / "hall.db").read_bytes().startswith(b"hallq encrypted")
    assert (guide_at / "hall.db").read_bytes().startswith(b"SQLite")
