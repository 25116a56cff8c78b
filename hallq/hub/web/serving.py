"""Runs the service: one process, or several on one socket; a certificate, or loopback only.

A process holds nothing that another needs: killed, it is started again and goes on.
"""

import functools
import gc
import hashlib
import ipaddress
import logging
import multiprocessing
import os
import signal
import socket
import ssl
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from hallq.clock import SystemClock
from hallq.hub import forwarding
from hallq.hub.limits import Limits
from hallq.hub.opening import hub_on
from hallq.hub.web.app import create_app
from hallq.hub.web.requests import READER
from hallq.hub.web.settings import WebSettings
from hallq.logs import journal, start_log

GRACE_SECONDS = 5
"""What requests still have after the signal to stop; bells end at once."""

_SWITCH_SECONDS = 0.0005
"""The longest that one thread keeps Python from the others; its own 5 ms are as long as a whole call."""
_GARBAGE_AFTER = 10_000
"""So many new objects before garbage is looked for among them, a few ms; Python's own 700 is too often."""
_MOST_AT_ONCE = 4_096
_WAITING_CONNECTIONS = 512
_WORKER_SILENT_SECONDS = 60
"""A worker that says nothing for so long is replaced; a busy machine alone is no reason to."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What a process needs to serve; it travels to the workers by pipe, never by command line.

    `upstreams`: the file that says how halls reach the hub above. `home`: the folder of the key.
    """

    db: str
    key: bytes
    workers: int = 1
    tls_cert: Path | None = None
    tls_key: Path | None = None
    settings: WebSettings = field(default_factory=WebSettings)
    upstreams: Path | None = None
    home: Path | None = None


def prepare(serving: Serving) -> dict[str, str]:
    """Bring the tables up to date before anybody is served, and see that the database answers: its halls."""
    hub, _database = hub_on(serving.db, serving.key)
    try:
        return hub.halls()
    finally:
        hub.close()


def application(serving: Serving) -> FastAPI:
    """The service of one process."""
    start_log()
    _end_with_the_parent()
    sys.setswitchinterval(_SWITCH_SECONDS)
    _journal_the_server()
    hub, database = hub_on(serving.db, serving.key, serving.home)
    limits = Limits(database, lambda: SystemClock().read().wall_ms)
    threads = forwarding.start(hub, serving.upstreams) if serving.upstreams else []

    def end() -> None:
        for thread in threads:
            thread.stop()
        hub.close()

    app = create_app(hub, serving.settings, limits, at_end=end)
    _keep_what_is_loaded()
    return app


def _end_with_the_parent() -> None:
    """A worker whose parent was killed ends, too: it would keep the address from the next start."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def end() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=end, name="hub-parent", daemon=True).start()


def _keep_what_is_loaded() -> None:
    """To look through it for garbage stops everybody for 0.1 s, again and again, and never finds any."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE_AFTER)


def run(serving: Serving, listening: socket.socket) -> None:
    """Serve until a signal says stop."""
    config = uvicorn.Config(
        functools.partial(application, serving),
        factory=True,
        workers=serving.workers,
        interface="asgi3",
        http=READER,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,  # `watching` notes requests, without what could be secret
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_worker_healthcheck=_WORKER_SILENT_SECONDS,
        ssl_certfile=serving.tls_cert,
        ssl_keyfile=serving.tls_key,
        ssl_context_factory=functools.partial(_server_side, serving) if serving.tls_cert else None,
    )
    if serving.workers == 1:
        uvicorn.Server(config).run(sockets=[listening])
        return
    with tempfile.TemporaryDirectory(prefix="hallq-hub-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        _Workers(config, [listening]).run()


class _Workers(Multiprocess):
    """Keeps its own copy of no worker's end of a pipe: a dead worker's silence ends at once."""

    def init_processes(self) -> None:
        super().init_processes()
        self._leave_their_ends()

    def keep_subprocess_alive(self) -> None:
        super().keep_subprocess_alive()
        self._leave_their_ends()

    def _leave_their_ends(self) -> None:
        for process in self.processes:
            process.child_conn.close()


def bound(host: str, port: int) -> socket.socket:
    """A listening socket at the address. Raises OSError when it is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named: without it asyncio leaves Nagle on, and answers wait 40 ms for an ACK.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_WAITING_CONNECTIONS)
    except OSError:
        listening.close()
        raise
    return listening


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def server_side(certificate: Path, key: Path | None) -> ssl.SSLContext:
    """TLS 1.2 or newer with these files. Raises OSError (ssl.SSLError) when they do not fit."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return context


def _server_side(serving: Serving, _config: object, _usual: object) -> ssl.SSLContext:
    assert serving.tls_cert is not None
    return server_side(serving.tls_cert, serving.tls_key)


def fingerprint(pem: str) -> str:
    """SHA-256 of the first certificate in a PEM text, as people compare it. Raises ValueError."""
    begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    first = pem[pem.index(begin) : pem.index(end) + len(end)]
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(first)).digest().hex(":").upper()


class _ToJournal(logging.Handler):
    """The server's own warnings; what an error says of values stays out."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0] if record.exc_info else None
        journal().warning("server", told=str(record.msg), error=kind.__name__ if kind else "")


def _journal_the_server() -> None:
    server = logging.getLogger("uvicorn.error")
    server.handlers = [_ToJournal(logging.WARNING)]
    server.propagate = False
