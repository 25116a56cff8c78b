"""The hub as an administrator runs it: a process, and workers under it."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.rig.waiting import until_it_answers


@dataclass
class Running:
    """A hub's process, and its workers."""

    process: "subprocess.Popen[str]"
    url: str

    def stop(self) -> float:
        """Ask it to end; how many seconds that took."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        return time.monotonic() - begun

    def workers(self) -> list[psutil.Process]:
        """Those that serve now; a killed one is missing until its successor runs."""
        children = psutil.Process(self.process.pid).children()
        return [child for child in children if "spawn_main" in _words(child)]


def _words(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


@contextlib.contextmanager
def serving(folder: Path, *options: str) -> Iterator[Running]:
    """`hallq hub serve` at a port of its own, until the block ends."""
    environment = {**os.environ, "HOME": str(folder), "HALLQ_LANGUAGE": "en", "HALLQ_DIR": str(folder)}
    with (folder / "said").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "hallq", "hub", "serve", "--port", "0", *options],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
    assert process.stdout is not None
    try:
        url = process.stdout.readline().strip()
        if url.startswith("http://"):  # with TLS there is no other process that could be late
            until_it_answers(url)
        yield Running(process, url)
    finally:
        process.stdout.close()
        if process.poll() is None:
            process.terminate()
            process.wait(30)
