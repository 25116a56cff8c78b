"""hallq as a program of its own: in a terminal, in a pipe, interrupted from the keyboard."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hallq.cli.exits import Exit
from tests.cli.conftest import Shell
from tests.simulation.days import busy_morning

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs terminals and pipes of Unix")

HALLQ = (sys.executable, "-m", "hallq")


@contextlib.contextmanager
def in_terminal(*words: object, **environment: str) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """The program in a terminal of its own, with stdout in a pipe of its own; and that terminal."""
    import fcntl
    import pty
    import termios

    def at_home_there() -> None:
        """The terminal is its own, and Ctrl+C counts even where these tests run in the background."""
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    ours, theirs = pty.openpty()
    with contextlib.ExitStack() as stack:
        stack.callback(os.close, ours)
        program = stack.enter_context(
            subprocess.Popen(
                [*HALLQ, *map(str, words)],
                stdin=theirs,
                stdout=subprocess.PIPE,
                stderr=theirs,
                env={**os.environ, "TERM": "xterm-256color", **environment},
                start_new_session=True,
                preexec_fn=at_home_there,
            )
        )
        os.close(theirs)
        stack.callback(program.kill)  # a test that fails waits for nobody
        yield program, ours


def drawn(terminal: int) -> Iterator[str]:
    """What appears on the terminal, piece by piece, until the program has ended."""
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # the program closed it
            return
        if not piece:
            return
        yield piece.decode(errors="replace")


@pytest.mark.parametrize("command", ["counter", "rate"])
def test_a_counter_that_is_not_there_is_told_with_those_that_are(hall: Path, command: str) -> None:
    with in_terminal(command, 99, "--dir", hall) as (program, terminal):
        told = "".join(drawn(terminal))
        assert program.wait(120) == Exit.USAGE
    assert told.startswith("hallq: There is no counter 99 in this hall. There are: 1-")
    assert told.count("\n") == 1


def test_a_dumb_terminal_is_told_so(hall: Path) -> None:
    with in_terminal("guide", "--dir", hall, TERM="dumb") as (program, terminal):
        told = "".join(drawn(terminal))
        assert program.wait(120) == Exit.NO_SCREEN
    assert "TERM=dumb" in told
    assert told.count("\n") == 1


@pytest.mark.parametrize("words", [("guide",), ("counter", "1"), ("demo",), ()])
def test_no_screen_without_a_terminal(shell: Shell, words: tuple[str, ...]) -> None:
    shell("init")
    said = shell(*words)
    assert (said.code, said.is_one_line) == (Exit.NO_SCREEN, True)
    assert "terminal" in said.err


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "--dir", "{hall}"),
        ("config", "check", "--dir", "{hall}"),
        ("replay", "{day}", "--counters", "1", "--json"),
        ("replay", "{day}", "--counters", "1"),
        ("--help",),
        ("--help", "--language", "zh"),
    ],
)
def test_who_stops_reading_stops_no_command(hall: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    day = busy_morning(tmp_path, 3)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody_reads:
        done = subprocess.run(
            [*HALLQ, *(word.format(hall=hall, day=day) for word in words)],
            stdout=nobody_reads,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    assert done.returncode == Exit.OK, done
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_a_replay_stopped_from_the_keyboard_keeps_what_it_has(shell: Shell, tmp_path: Path) -> None:
    db = tmp_path / "r.db"
    day = busy_morning(tmp_path, 60)
    with in_terminal("replay", day, "--counters", 2, "--speed", 100, "--db", db) as (program, terminal):
        appearing = drawn(terminal)
        assert "arrived" in next(appearing)  # the line that says where the day stands
        os.write(terminal, b"\x03")
        told = "".join(appearing)
        assert program.wait(120) == Exit.INTERRUPTED
        assert program.stdout
        assert program.stdout.read() == b""
    lines = [line.split("\r")[-1] for line in told.replace("\r\n", "\n").splitlines()]
    assert lines[-2:] == [f"{db} holds the day up to here.", "hallq: interrupted"]
    assert "Traceback" not in told
    assert shell("verify", "--db", db).code == Exit.OK
