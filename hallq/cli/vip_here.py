"""The VIP directory of the hall on this machine, as commands reach it."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hallq.cli.options import Language, chosen_place
from hallq.cli.staff_here import signed_in, this_user
from hallq.cli.staffing import refuse
from hallq.i18n import _

if TYPE_CHECKING:
    from hallq.domain.staff import Roster
    from hallq.store import Store


@contextlib.contextmanager
def directory_here(
    folder: Path | None, db: Path | None, language: Language | None, by: str | None
) -> Iterator["Store"]:
    """The file with the directory, for whoever may: with a staff list, a manager or admin with password."""
    import platform

    from hallq.hall import Hall
    from hallq.logs import journal
    from hallq.settings import load_config
    from hallq.store import open_store

    place = chosen_place(folder, db, language)
    store = open_store(place.db)
    hall = Hall(store, load_config(place.settings))
    try:
        if hall.joined is not None:
            refuse(_("This machine belongs to a hub. A VIP directory is kept by halls on one machine only."))
        number, terminal = _who(hall.roster, by), platform.node() or "terminal"
        actor = signed_in(hall, number, terminal).name if number else this_user()
        journal().info("vip-directory", actor=actor, terminal=terminal)
        yield store
    finally:
        hall.close()


def _who(roster: "Roster", named: str | None) -> str | None:
    """Whose password is asked for; nobody's while the staff list is empty."""
    from hallq.domain.staff import Role

    if not roster.staff:
        return None
    asked = _("Number of a manager or admin: ")
    number = named or (input(asked) if sys.stdin.isatty() else "")
    person = roster.numbered(number)
    if person is None or not person.roles & {Role.MANAGER, Role.ADMIN}:
        refuse(_("Only a manager or an admin may do this: --as NUMBER. `hallq staff list` names them."))
    return number


@contextlib.contextmanager
def progress(text: str, total: int) -> Iterator[Callable[[], None]]:
    """Shows how far it is, where somebody looks on; what is yielded is called for each step done."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(text, total=total)
        yield lambda: bar.advance(task)
