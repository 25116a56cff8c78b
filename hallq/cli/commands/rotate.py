"""`hallq rotate`."""

from typing import TYPE_CHECKING

from hallq.cli.exits import CommandError, Exit
from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place
from hallq.cli.telling import note
from hallq.i18n import _

if TYPE_CHECKING:
    from hallq.paths import Place
    from hallq.store import Store
    from hallq.store.joined import Joined


def rotate(folder: DirOption = None, db: DbOption = None, language: LanguageOption = None) -> None:
    """A new token for this terminal."""
    from hallq.cli.joined import needing_the_hub, nobody_speaks
    from hallq.store import open_store
    from hallq.sync.opening import joined_in

    place = chosen_place(folder, db, language)
    store = open_store(place.db)
    try:
        joined = joined_in(store)
        if joined is None:
            raise CommandError(Exit.REFUSED, _("This hall has no hub."))
        with nobody_speaks(place.db), needing_the_hub(joined.hub_url):
            _renew(place, store, joined)
    finally:
        store.close()
    note(_("This terminal has a new token; the old one is good no more."))


def _renew(place: "Place", store: "Store", joined: "Joined") -> None:
    """The old token is good until the new one was used: it is used here, once it is on the disk."""
    from contextlib import closing
    from dataclasses import replace

    from hallq.sync.address import load_credentials, save_credentials
    from hallq.sync.http_line import HttpLine
    from hallq.sync.opening import connector_of

    credentials = load_credentials(place.db)
    with closing(connector_of(store, joined)) as connector:
        token = HttpLine(connector).rotate().token
    save_credentials(place.db, replace(credentials, token=token))
    with closing(connector_of(store, joined)) as connector:
        HttpLine(connector).settings()
