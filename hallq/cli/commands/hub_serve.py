"""`hallq hub serve`."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hallq.cli.commands.hub_upstream import known_upstreams
from hallq.cli.exits import CommandError, Exit
from hallq.cli.hub_desk import Desk, HubDbOption, KeyOption, chosen_desk, in_one_line
from hallq.cli.options import LanguageOption
from hallq.cli.system_errors import not_the_file
from hallq.cli.telling import note, out
from hallq.i18n import N_, _

if TYPE_CHECKING:
    from socket import socket

    from hallq.hub.web.serving import Serving

HostOption = Annotated[
    str, typer.Option("--host", metavar="ADDRESS", help=N_("The address to listen on; 0.0.0.0 is all."))
]
PortOption = Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65_535, help=N_("The port."))]
WorkersOption = Annotated[
    int, typer.Option("--workers", metavar="N", min=1, max=64, help=N_("Processes, on PostgreSQL only."))
]
CertOption = Annotated[
    Path | None,
    typer.Option("--tls-cert", metavar="FILE", help=N_("The hub's certificate and its chain, PEM.")),
]
CertKeyOption = Annotated[
    Path | None, typer.Option("--tls-key", metavar="FILE", help=N_("The certificate's private key, PEM."))
]
CaOption = Annotated[
    Path | None,
    typer.Option(
        "--tls-ca",
        metavar="FILE",
        help=N_("The hall's own CA, PEM: terminals trust it alone from their enrolment on."),
    ),
]
InsecureOption = Annotated[
    bool,
    typer.Option("--insecure-http", help=N_("Serve other machines without a certificate: all can listen.")),
]


def serve(
    db: HubDbOption = None,
    key: KeyOption = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8765,
    workers: WorkersOption = 1,
    tls_cert: CertOption = None,
    tls_key: CertKeyOption = None,
    tls_ca: CaOption = None,
    insecure_http: InsecureOption = False,
    language: LanguageOption = None,
) -> None:
    """Serve until a signal says stop."""
    desk = chosen_desk(db, key, language)
    _check_workers(desk, workers)
    with in_one_line(desk):
        from hallq.cli.hub_tables import no_hall_yet
        from hallq.hub.web import serving

        if not (tls_cert or insecure_http or serving.is_loopback(host)):
            told = _("other machines need --tls-cert and --tls-key, or --insecure-http if all may listen.")
            raise CommandError(Exit.USAGE, told)
        plan = _plan(desk, workers, tls_cert, tls_key, tls_ca)
        upstreams = known_upstreams(desk.upstream_path)
        has_halls = bool(serving.prepare(plan))
        with closing(_socket(host, port)) as listening:
            scheme = "https" if tls_cert else "http"
            shown = f"[{host}]" if ":" in host else host
            out(f"{scheme}://{shown}:{listening.getsockname()[1]}")
            _tell(desk, tls_ca or tls_cert)
            for hall, hold in sorted(upstreams.items()):
                note(_("Hall {hall} is forwarded to {url}.").format(hall=hall, url=hold.url))
            if not has_halls:
                note(no_hall_yet())
            serving.run(plan, listening)


def _check_workers(desk: Desk, workers: int) -> None:
    if workers > 1 and desk.file is not None:
        told = _("--workers {count} needs PostgreSQL: a SQLite file has one writer.")
        raise CommandError(Exit.USAGE, told.format(count=workers))


def _plan(desk: Desk, workers: int, cert: Path | None, key: Path | None, ca: Path | None) -> "Serving":
    from hallq.hub.web import serving
    from hallq.hub.web.settings import WebSettings

    if (key or ca) and not cert:
        raise CommandError(Exit.USAGE, _("--tls-key and --tls-ca need --tls-cert."))
    pem = _certificate(ca)
    _certificate(cert)
    if cert:
        try:
            serving.server_side(cert, key)
        except OSError as error:
            told = _("{path} and its key do not fit together.").format(path=cert)
            raise CommandError(Exit.STORE, told) from error
    upstreams = desk.upstream_path
    return serving.Serving(
        desk.db, desk.key(), workers, cert, key, WebSettings(ca_pem=pem), upstreams, desk.key_path.parent
    )


def _certificate(path: Path | None) -> str:
    from hallq.hub.web.serving import fingerprint

    if path is None:
        return ""
    try:
        pem = path.read_text(encoding="ascii")
        fingerprint(pem)
    except OSError as error:
        raise not_the_file(error, path) from error
    except ValueError as error:
        told = _("{path} has no certificate in PEM form.").format(path=path)
        raise CommandError(Exit.STORE, told) from error
    return pem


def _socket(host: str, port: int) -> "socket":
    from hallq.hub.web.serving import bound

    try:
        return bound(host, port)
    except OSError as error:
        told = _("{host}:{port} cannot be listened on ({detail}). Choose another --host or --port.")
        sentence = told.format(host=host, port=port, detail=error.strerror or error)
        raise CommandError(Exit.REFUSED, sentence) from error


def _tell(desk: Desk, pinned: Path | None) -> None:
    from hallq.hub.web import serving

    note(_("The hub serves the halls in {db}. Stop it with Ctrl+C.").format(db=desk.shown))
    note(_("Its key is {path}: keep a copy apart from the database.").format(path=desk.key_path.resolve()))
    if pinned:
        mark = serving.fingerprint(pinned.read_text(encoding="ascii"))
        note(_("Terminals trust the certificate {mark}").format(mark=mark))
