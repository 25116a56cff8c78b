"""`hallq join` and `hallq leave`."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hallq.cli.exits import CommandError, Exit
from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place
from hallq.cli.system_errors import not_the_file
from hallq.cli.telling import note, out
from hallq.i18n import N_, _, counted

if TYPE_CHECKING:
    from hallq.paths import Place
    from hallq.store import Store
    from hallq.sync.address import Address
    from hallq.sync.joining import Arrival

UrlArgument = Annotated[
    str,
    typer.Argument(
        metavar="URL",
        help=N_("The hall at its hub, as `hallq hub enroll` says it: https://HUB/v1/halls/HALL"),
    ),
]
CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help=N_("The one-time code."))]
CaOption = Annotated[
    Path | None,
    typer.Option(
        "--ca", metavar="FILE", help=N_("The hall's own CA, PEM, where the hub has no public certificate.")
    ),
]
InsecureOption = Annotated[
    bool,
    typer.Option("--insecure-http", help=N_("Speak without encryption to another machine: all can listen.")),
]
LoseOption = Annotated[
    bool, typer.Option("--lose-unsent", help=N_("Leave although the hub lacks events of this terminal."))
]


def join(
    url: UrlArgument,
    code: CodeArgument,
    ca: CaOption = None,
    insecure_http: InsecureOption = False,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
) -> None:
    """Become a terminal of a hall at a hub."""
    from hallq.cli.joined import needing_the_hub, nobody_speaks, pem_in
    from hallq.sync.address import address_of

    _make_folder(folder)
    place = chosen_place(folder, db, language)
    with needing_the_hub(url):
        address = address_of(url)
        with nobody_speaks(place.db):
            arrival = _joined(place, address, code, pem_in(ca), insecure_http)
    _tell(place, arrival)


def _make_folder(folder: Path | None) -> None:
    try:
        if folder is not None and not folder.is_file():
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_the_file(error, folder) from error


@contextlib.contextmanager
def _file(place: "Place") -> Iterator["Store"]:
    """The terminal's file; a new one that did not come to join is taken away again."""
    from hallq.store import open_store
    from hallq.sync.address import token_path

    _make_folder(place.folder)
    was_there = place.db.exists()
    store = open_store(place.db, create=True)
    try:
        yield store
    finally:
        store.close()
        if not was_there and not token_path(place.db).exists():
            for end in ("", "-wal", "-shm", ".turn", ".sync"):
                place.db.with_name(place.db.name + end).unlink(missing_ok=True)


def _joined(place: "Place", address: "Address", code: str, ca: str, insecure: bool) -> "Arrival":
    from hallq import __version__
    from hallq.clock import SystemClock
    from hallq.paths import SETTINGS_NAME
    from hallq.sync import joining
    from hallq.sync.opening import connector_of

    with _file(place) as store:
        joined = joining.enrolled(store, address, code, ca=ca, plain_http=insecure)
        told = _("This terminal is now “{name}” of {hall} at {url}.")
        note(told.format(name=joined.name, hall=joined.hall_name, url=joined.hub_url))
        settings = place.folder / SETTINGS_NAME
        connector = connector_of(store, joined)
        try:
            return joining.arrived(store, connector, settings, SystemClock(), __version__)
        finally:
            connector.close()


def _tell(place: "Place", arrival: "Arrival") -> None:
    from hallq.wording.link import link_line

    joined = arrival.joined
    series = _("Its numbers have no digit of their own.")
    if joined.digit > 1:
        series = _("Its numbers are of the series {digit}: A{digit}-001.").format(digit=joined.digit)
    note(series)
    if arrival.kept_settings:
        note(
            _("The settings are the hall's; the earlier ones are in {path}.").format(
                path=arrival.kept_settings
            )
        )
    taken = counted(
        "{count} event of the hall is here.", "{count} events of the hall are here.", arrival.position
    )
    note(taken)
    note(link_line(arrival.status, ""))
    note(
        _("Its file is {path}. Open it with `hallq --dir {folder}`.").format(
            path=place.db, folder=place.folder
        )
    )
    out(joined.device)


def leave(
    lose_unsent: LoseOption = False,
    folder: DirOption = None,
    db: DbOption = None,
    language: LanguageOption = None,
) -> None:
    """Forget the hub."""
    from hallq.cli.joined import nobody_speaks
    from hallq.store import open_store
    from hallq.sync.joining import UnsentError, left

    place = chosen_place(folder, db, language)
    store = open_store(place.db)
    try:
        with nobody_speaks(place.db):
            joined = left(store, lose_unsent=lose_unsent)
    except UnsentError as error:
        told = counted(
            "{count} event is not at the hub yet. Open hallq until it is, or use --lose-unsent.",
            "{count} events are not at the hub yet. Open hallq until they are, or use --lose-unsent.",
            error.count,
        )
        raise CommandError(Exit.REFUSED, told) from error
    finally:
        store.close()
    if joined is None:
        raise CommandError(Exit.REFUSED, _("This hall has no hub."))
    note(_("{path} has no hub any more; what it knows of the hall stays in it.").format(path=place.db))
    note(
        _("At the hub: hallq hub revoke --hall {hall} {device}").format(
            hall=joined.hall, device=joined.device
        )
    )
