"""A service that is posted to: keeps what it got, answers well, badly or never."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Listener:
    """`answers`: the statuses in turn, the last one for ever; 0: no answer before `let_go`."""

    url: str = ""
    answers: list[int] = field(default_factory=lambda: [200])
    got: list[bytes] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)


@contextmanager
def listening(*answers: int) -> Iterator[Listener]:
    """The service on a port of this machine."""
    listener = Listener(answers=list(answers) or [200])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.heads.append(f"{self.requestline}\n{self.headers}")
            listener.got.append(body)
            status = listener.answers.pop(0) if len(listener.answers) > 1 else listener.answers[0]
            if status == 0:
                listener.let_go.wait(60)
                return
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        listener.url = f"http://127.0.0.1:{server.server_address[1]}/hallq"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield listener
        finally:
            listener.let_go.set()
            server.shutdown()
            thread.join(60)
