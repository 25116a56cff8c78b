"""`hallq hub upstream`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hallq.cli.commands.join import CaOption, CodeArgument, InsecureOption
from hallq.cli.exits import CommandError, Exit
from hallq.cli.hub_desk import HallOption, HubDbOption, KeyOption, at_desk, chosen_desk
from hallq.cli.options import LanguageOption
from hallq.cli.system_errors import not_the_file
from hallq.cli.telling import note
from hallq.i18n import N_, _

if TYPE_CHECKING:
    from hallq.hub.forwarding import Hold
    from hallq.protocol import Enrolled

UpstreamArgument = Annotated[
    str,
    typer.Argument(
        metavar="URL", help=N_("The same hall at the hub above: https://CENTRE:8765/v1/halls/HALL")
    ),
]


def upstream(
    hall: HallOption,
    url: UpstreamArgument,
    code: CodeArgument,
    ca: CaOption = None,
    insecure_http: InsecureOption = False,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Become the hub below another one, for one hall."""
    from hallq.cli.joined import needing_the_hub, pem_in

    desk = chosen_desk(db, key, language)
    path = desk.upstream_path
    with at_desk(db, key, language) as hub:
        if hall not in hub.halls():
            told = _("There is no hall {hall} at this hub. `hallq hub enroll` makes it.")
            raise CommandError(Exit.REFUSED, told.format(hall=hall))
    with needing_the_hub(url):
        pem = pem_in(ca)
        told_by_centre = _enrolled(url, code, pem, insecure_http)
    if told_by_centre.hall != hall:
        told = _("The code is for hall {there}, not for {hall}.")
        raise CommandError(Exit.REFUSED, told.format(there=told_by_centre.hall, hall=hall))
    _keep(path, hall, _hold(url, told_by_centre, pem, insecure_http))
    note(
        _("Hall {hall} is forwarded to {url} from the next start of `hallq hub serve`.").format(
            hall=hall, url=url
        )
    )


def _enrolled(url: str, code: str, pem: str, insecure_http: bool) -> "Enrolled":
    from hallq.protocol import Enrol
    from hallq.sync.address import Credentials, address_of
    from hallq.sync.connecting import Connector
    from hallq.sync.http_line import HttpLine

    connector = Connector(address_of(url), Credentials("", pem, insecure_http))
    try:
        return HttpLine(connector).enrol(Enrol(code=code))
    finally:
        connector.close()


def _hold(url: str, told: "Enrolled", pem: str, insecure_http: bool) -> "Hold":
    from hallq.hub.forwarding import Hold

    return Hold(url, told.token, told.ca or pem, insecure_http)


def _keep(path: Path, hall: str, hold: "Hold") -> None:
    from hallq.hub import forwarding

    try:
        forwarding.save(path, {**forwarding.load(path), hall: hold})
    except ValueError as error:
        told = _("{path} is damaged. Put it aside, and enrol the hub again.")
        raise CommandError(Exit.STORE, told.format(path=path)) from error
    except OSError as error:
        raise not_the_file(error, path) from error
