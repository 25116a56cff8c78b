"""`hallq vouch`."""

from hallq.cli.exits import CommandError, Exit
from hallq.cli.options import DbOption, DirOption, LanguageOption, chosen_place
from hallq.cli.telling import note
from hallq.i18n import _, counted


def vouch(folder: DirOption = None, db: DbOption = None, language: LanguageOption = None) -> None:
    """A person answers for it that this file is the one, while the hub cannot be asked."""
    from hallq.store import open_store
    from hallq.store.in_hand import recognise, seen_in_hand, trust
    from hallq.sync.opening import is_elsewhere, joined_in

    place = chosen_place(folder, db, language)
    store = open_store(place.db)
    try:
        joined = joined_in(store)
        if joined is None:
            raise CommandError(Exit.REFUSED, _("This hall has no hub."))
        recognise(store, joined)
        known = store.witness.look(joined.device)
        if known is None or known.is_older or joined.standing == "fenced" or is_elsewhere(store.path):
            told = _("This file is a copy or an older one: only the hub can tell what may be called here.")
            raise CommandError(Exit.REFUSED, told)
        trust(store, joined)
        count = len(seen_in_hand(store, joined).tickets)
    finally:
        store.close()
    told = counted(
        "{count} ticket of this terminal can be called here without the hub.",
        "{count} tickets of this terminal can be called here without the hub.",
        count,
    )
    note(told)
