"""The VIP directory of the hall on this machine, as commands reach it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from hallq.cli.options import Language
from hallq.cli.staff_here import hall_here, one_with
from hallq.cli.staffing import refuse
from hallq.cli.vip_keeping import Keeper
from hallq.i18n import N_

if TYPE_CHECKING:
    from hallq.domain.intents import NoteDirectory


@contextlib.contextmanager
def directory_here(
    folder: Path | None, db: Path | None, language: Language | None, by: str | None
) -> Iterator[Keeper]:
    """The directory, for whoever may: with a staff list, a manager or admin with password."""
    from hallq.hall import Refused
    from hallq.wording.refusals import refusal_sentence

    only = N_("Only a manager or an admin may do this: --as NUMBER. `hallq staff list` names them.")
    who = one_with({"manager", "admin"}, by, N_("Number of a manager or admin: "), only)
    at_a_hub = N_("This hall's VIP directory is kept at its hub: `hallq hub vip` there.")
    with hall_here(folder, db, language, who, at_a_hub) as (store, hall, actor):

        def record(deed: "NoteDirectory", version: int) -> None:
            outcome = hall.perform(deed, actor)
            if isinstance(outcome, Refused):
                refuse(refusal_sentence(outcome.refusal))

        yield Keeper(store.path.parent, record, hall.config)
