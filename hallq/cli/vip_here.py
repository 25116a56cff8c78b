"""The VIP directory of the hall on this machine, as commands reach it."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hallq.cli.options import Language
from hallq.cli.staff_here import hall_here, one_with
from hallq.i18n import N_

if TYPE_CHECKING:
    from hallq.store import Store


@contextlib.contextmanager
def directory_here(
    folder: Path | None, db: Path | None, language: Language | None, by: str | None
) -> Iterator["Store"]:
    """The file with the directory, for whoever may: with a staff list, a manager or admin with password."""
    from hallq.logs import journal

    only = N_("Only a manager or an admin may do this: --as NUMBER. `hallq staff list` names them.")
    who = one_with({"manager", "admin"}, by, N_("Number of a manager or admin: "), only)
    at_a_hub = N_("This machine belongs to a hub. A VIP directory is kept by halls on one machine only.")
    with hall_here(folder, db, language, who, at_a_hub) as (store, _hall, actor):
        journal().info("vip-directory", actor=actor.name, terminal=actor.terminal)
        yield store


@contextlib.contextmanager
def progress(text: str, total: int) -> Iterator[Callable[[], None]]:
    """Shows how far it is, where somebody looks on; what is yielded is called for each step done."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(text, total=total)
        yield lambda: bar.advance(task)
