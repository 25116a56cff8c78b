"""`hallq hub serve` as a process, and its commands."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from hallq.hub import Hub
from hallq.hub.opening import hub_on
from hallq.settings import default_text
from tests.rig.postgres import free_port
from tests.rig.waiting import until_it_answers

HALL = "north"


@dataclass
class HubProcess:
    """`hallq hub serve` on a database, always on the same port."""

    db: str
    folder: Path
    workers: int = 1
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[str] | None" = None

    @property
    def environment(self) -> dict[str, str]:
        """Where commands of this hub find it."""
        own = {"HOME": str(self.folder), "HALLQ_LANGUAGE": "en", "HALLQ_DIR": str(self.folder)}
        return {**os.environ, **own, "HALLQ_HUB_DB": self.db}

    def start(self) -> None:
        """Comes back when it answers."""
        command = [sys.executable, "-m", "hallq", "hub", "serve", "--port", str(self.port)]
        with (self.folder / "hub.said").open("a") as heard:
            self.process = subprocess.Popen(
                [*command, "--workers", str(self.workers)],
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=heard,
                text=True,
            )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert said.startswith("http://"), (self.folder / "hub.said").read_text(encoding="utf-8")[-2_000:]
        until_it_answers(said.strip())

    def kill_worker(self, number: int) -> None:
        """SIGKILL to one of its processes that serve; with a single one, to the hub, which starts again."""
        assert self.process is not None
        children = psutil.Process(self.process.pid).children()
        workers = [child for child in children if "spawn_main" in " ".join(_words(child))]
        if workers:
            workers[number % len(workers)].kill()
        elif self.workers == 1:
            self.kill()
            self.start()

    def kill(self) -> None:
        """SIGKILL to all its processes."""
        if self.process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            main = psutil.Process(self.process.pid)
            doomed = [main, *main.children(recursive=True)]
            for one in doomed:
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.kill()
            psutil.wait_procs(doomed, timeout=10)
        self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None

    def command(self, *words: str) -> str:
        """What a command of hallq says, run beside the hub; its exit code must be 0."""
        result = subprocess.run(
            [sys.executable, "-m", "hallq", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert result.returncode == 0, (words, result.stdout, result.stderr)
        return result.stdout + result.stderr

    @contextlib.contextmanager
    def desk(self) -> Iterator[Hub]:
        """The hub, as a command on its database has it."""
        hub, _database = hub_on(self.db, self.key())
        try:
            yield hub
        finally:
            hub.close()

    def make_hall(self) -> None:
        """A hall with hallq's own settings."""
        with self.desk() as desk:
            desk.create_hall(HALL, "North hall", default_text())

    def key(self) -> bytes:
        """Its key, which lies beside it."""
        path = self.folder / "hub.key"
        if not path.exists():
            path.write_text("5a" * 32, encoding="ascii")
            path.chmod(0o600)
        return bytes.fromhex(path.read_text(encoding="ascii"))


def _words(process: psutil.Process) -> list[str]:
    with contextlib.suppress(psutil.Error):
        return list(process.cmdline())
    return []
