"""What a person is told who spoke to a recovery of the hub."""

from typing import TYPE_CHECKING

from hallq.cli.telling import note
from hallq.i18n import _

if TYPE_CHECKING:
    from hallq.hub import Hub


def say_waiting(hub: "Hub", hall: str) -> None:
    """For whom the hall's recovery waits after a person's word, or that it goes on."""
    from hallq.cli.hub_tables import waiting_lines

    told = hub.status(hall)
    for line in waiting_lines(told):
        note(line)
    if not told.recovering:
        note(_("Hall {hall} goes on.").format(hall=hall))
