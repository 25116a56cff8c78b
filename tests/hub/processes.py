"""The hub as an administrator runs it: a process, and workers under it."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.rig.waiting import until, until_it_answers

_ENDS_WITHIN_SECONDS = 120


@dataclass
class Running:
    """A hub's process, and its workers."""

    process: "subprocess.Popen[str]"
    url: str

    def stop(self) -> None:
        """Ask it to end, and wait: it may await the word of a worker first."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(_ENDS_WITHIN_SECONDS)

    def kill_worker(self, number: int) -> None:
        """Kill one of them when all serve, and see it gone."""
        until(lambda: len(self.workers()) > 1, "all workers serve")
        killed = self.workers()[number]
        killed.kill()
        until(lambda: killed.pid not in {worker.pid for worker in self.workers()}, "the worker is gone")

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
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "HALLQ_LANGUAGE": "en",
        "HALLQ_DIR": str(folder),
    }
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
            process.wait(_ENDS_WITHIN_SECONDS)
