"""How a one-time code is told: alone for scripts, and in the command that a person types elsewhere."""

from hallq.cli.telling import note, out
from hallq.i18n import _
from hallq.machine import machine_name


def say_code(hall: str, code: str, *, hub_below: bool) -> None:
    """The code, and what to do with it. The hub cannot know by which address others reach it."""
    out(code)
    url = f"https://HUB:8765/v1/halls/{hall}"
    if hub_below:
        told = _("Good for ten minutes, once. At the hub below: {command}")
        command = f"hallq hub upstream --hall {hall} {url} {code}"
    else:
        told = _("Good for ten minutes, once. On the terminal: {command}")
        command = f"hallq join {url} {code}"
    note(told.format(command=command))
    told = _(
        "HUB is the name of this machine as others reach it ({machine}); add --ca FILE for the hall's own CA."
    )
    note(told.format(machine=machine_name()))
