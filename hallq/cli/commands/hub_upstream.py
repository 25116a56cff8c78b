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
    from hallq.sync.address import Credentials

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
    from hallq.sync.address import Credentials, address_of
    from hallq.sync.enrol_request import forget_request

    desk = chosen_desk(db, key, language)
    path = desk.upstream_path
    with at_desk(db, key, language) as hub:
        if hall not in hub.halls():
            told = _("There is no hall {hall} at this hub. `hallq hub enroll` makes it.")
            raise CommandError(Exit.REFUSED, told.format(hall=hall))
    with needing_the_hub(url):
        there = address_of(url).hall
        if there != hall:
            told = _("The code is for hall {there}, not for {hall}.")
            raise CommandError(Exit.REFUSED, told.format(there=there, hall=hall))
        request = path.with_name(f"{path.name}.{hall}")
        _keep(path, hall, _enrolled(url, code, Credentials("", pem_in(ca), insecure_http), request))
        forget_request(request)
    note(
        _("Hall {hall} is forwarded to {url} from the next start of `hallq hub serve`.").format(
            hall=hall, url=url
        )
    )


def _enrolled(url: str, code: str, credentials: "Credentials", request: Path) -> "Hold":
    """How to reach the hub above from now on. `request`: beside it lies what makes this repeatable."""
    from hallq.hub.forwarding import Hold
    from hallq.protocol import Enrol
    from hallq.sync.address import address_of
    from hallq.sync.connecting import Connector
    from hallq.sync.enrol_request import identified
    from hallq.sync.http_line import HttpLine

    connector = Connector(address_of(url), credentials)
    try:
        told = identified(HttpLine(connector), request, Enrol(code=code))
    except OSError as error:
        raise not_the_file(error, request) from error
    finally:
        connector.close()
    return Hold(url, told.token, told.ca or credentials.ca, credentials.plain_http)


def _keep(path: Path, hall: str, hold: "Hold") -> None:
    from hallq.hub import forwarding

    known = known_upstreams(path)
    try:
        forwarding.save(path, {**known, hall: hold})
    except OSError as error:
        raise not_the_file(error, path) from error


def known_upstreams(path: Path) -> "dict[str, Hold]":
    """How each hall that is forwarded reaches the hub above. Raises CommandError."""
    from hallq.hub import forwarding

    try:
        return forwarding.load(path)
    except ValueError as error:
        told = _("{path} is damaged. Put it aside, and enrol the hub again.")
        raise CommandError(Exit.STORE, told.format(path=path)) from error
    except OSError as error:
        raise not_the_file(error, path) from error
