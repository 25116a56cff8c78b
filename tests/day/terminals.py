"""Real terminals: each command of hallq in a pane of tmux, with its keys and what it shows."""

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.rig.waiting import until

WIDTH, HEIGHT = 80, 24
_LOOK_EVERY_SECONDS = 0.05
_PATIENCE_SECONDS = 150
"""A slot of an appointment is up to a minute away."""
_PACE_SECONDS = 0.5
"""Between two keys of a person; closer together they would be one that bounced."""


def missing() -> str:
    """Why no terminal can be had here; empty when they can."""
    return "" if shutil.which("tmux") else "tmux is not installed"


@dataclass(frozen=True)
class Terminal:
    """One workplace: what is typed there, and what its screen says."""

    name: str
    _tmux: Callable[..., str]

    @property
    def screen(self) -> str:
        """Every line of it, as it is now."""
        return self._tmux("capture-pane", "-p", "-t", self.name)

    def press(self, *keys: str) -> None:
        """Keys by tmux's names ("Space", "Enter", "F5", "Escape"), or single characters, one by one."""
        for key in keys:
            ready = time.monotonic() + _PACE_SECONDS
            until(lambda: time.monotonic() >= ready, "the next key")  # noqa: B023
            self._tmux("send-keys", "-t", self.name, key)

    def types(self, text: str) -> None:
        """Text, as a keyboard or a scanner gives it."""
        self._tmux("send-keys", "-t", self.name, "-l", text)

    def fills_in(self, *entries: str) -> None:
        """One field after the other, each ended with Enter."""
        for entry in entries:
            self.types(entry)
            self.press("Enter")

    def shows(self, *texts: str) -> str:
        """Wait until the screen has all of these; the screen. Raises TimeoutError with what it has."""
        try:
            until(
                lambda: all(text in self.screen for text in texts),
                f"{self.name} shows {texts}",
                seconds=_PATIENCE_SECONDS,
                every_seconds=_LOOK_EVERY_SECONDS,
            )
        except TimeoutError as error:
            raise TimeoutError(f"{error}\n{self.screen}") from None
        return self.screen


@dataclass(frozen=True)
class Terminals:
    """The machine's terminals, in one hall's folder."""

    folder: Path
    environment: dict[str, str]
    _tmux: Callable[..., str]

    def opens(self, name: str, *words: str, language: str = "en") -> Terminal:
        """A new terminal that runs hallq with these words."""
        command = shlex.join([sys.executable, "-m", "hallq", *words])
        size = ("-x", str(WIDTH), "-y", str(HEIGHT))
        told = [f"{key}={value}" for key, value in (self.environment | {"HALLQ_LANGUAGE": language}).items()]
        shown = f"env {shlex.join(told)} {command}"
        self._tmux("new-session", "-d", "-s", name, *size, f"{shown} || cat")
        return Terminal(name, self._tmux)

    def says(self, *words: str, lines: tuple[str, ...] = ()) -> str:
        """What a command prints that needs no screen; `lines` are typed in. Raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, "-m", "hallq", *words],
            input="".join(f"{line}\n" for line in lines),
            env={**os.environ, **self.environment, "HALLQ_LANGUAGE": "en"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout


@contextlib.contextmanager
def terminals(folder: Path) -> Iterator[Terminals]:
    """A tmux of their own for the terminals of one hall in `folder`; all end with the block."""
    socket = folder.parent / "tmux"
    home = str(folder.parent / "home")
    environment = {"HOME": home, "XDG_STATE_HOME": home, "HALLQ_DIR": str(folder)}

    def tmux(*words: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(socket), "-f", os.devnull, *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"},
        )
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout

    try:
        yield Terminals(folder, environment, tmux)
    finally:
        with contextlib.suppress(AssertionError):  # no terminal was ever opened
            tmux("kill-server")
