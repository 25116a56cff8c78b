"""Files as they lie on disks: copied at any moment, and whose they are."""

import shutil
from dataclasses import replace
from pathlib import Path

from hallq.protocol import Enrolled
from hallq.store.joined import Joined

_PARTS = ("", "-wal", ".cipher-key")
_BESIDE = (".numbers",)


def copied(source: Path, target: Path, *, beside: bool = False, in_place: bool = False) -> None:
    """The database as it lies there at this moment, with its key; `beside`: the small file next to it, too.

    `in_place`: the bytes of the target are written over, else it is another file under its name.
    """
    for part in (*_PARTS, *(_BESIDE if beside else ())):
        found, place = (path.with_name(path.name + part) for path in (source, target))
        if found.exists():
            if not in_place:
                place.unlink(missing_ok=True)
            shutil.copyfile(found, place)
        else:
            place.unlink(missing_ok=True)
    target.with_name(target.name + "-shm").unlink(missing_ok=True)


def identity(before: Joined, told: Enrolled) -> Joined:
    """Who the terminal is from now on; the hall's log and the clock's anchor stay good."""
    fresh = {"session": "", "lease_number": 0, "standing": ""}
    named = {"hall_name": told.hall_name, "device": told.device, "name": told.name, "digit": told.digit}
    return replace(before, hall=told.hall, **named, **fresh)  # type: ignore[arg-type]
