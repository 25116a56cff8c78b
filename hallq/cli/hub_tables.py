"""What `hallq hub status` and `hub devices` print: a hall in a line, its devices in columns."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from hallq.cli.telling import note, out
from hallq.hub.shapes import DeviceStatus, HallStatus, Role
from hallq.i18n import N_, _, counted
from hallq.wording.link import contested_line, quarantined_line

if TYPE_CHECKING:
    from hallq.hub import Hub

_ROLES = {Role.TERMINAL: N_("terminal"), Role.HUB: N_("hub"), Role.OPERATOR: N_("operator")}
_GAP = "  "
CONNECTED_SECONDS = 30
"""Terminals come every 5 seconds, which is noted every 20."""


def no_hall_yet() -> str:
    """What a hub without halls has to say: it is new, or lost its database."""
    return _("No hall is here: `hallq hub enroll` makes one, `hallq hub rebuild` brings a lost one back.")


def say_halls(hub: "Hub", halls: Sequence[str]) -> None:
    """Each of these halls and its devices."""
    if not halls:
        note(no_hall_yet())
    for hall in halls:
        told = hub.status(hall)
        for line in (*hall_lines(told), *device_lines(told)):
            out(line)


def hall_lines(hall: HallStatus) -> Iterator[str]:
    """How one hall is; what needs a look has a line of its own."""
    told = _("{hall} · {name} · position {position} · settings version {version}")
    yield told.format(hall=hall.hall, name=hall.name, position=hall.position, version=hall.settings_version)
    if hall.vip_version:
        yield _GAP + _("VIP directory {version}").format(version=f"{hall.vip_version:x}")
    if hall.recovering:
        yield _GAP + _("recovering: nothing is granted until the terminals have said what they have")
    yield from (_GAP + line for line in waiting_lines(hall))
    if hall.quarantined:
        yield _GAP + quarantined_line(hall.quarantined)
    if hall.contested:
        yield _GAP + contested_line(hall.contested)
    if hall.released:
        told = counted(
            "released by a person: {count} ticket", "released by a person: {count} tickets", hall.released
        )
        yield _GAP + told


def waiting_lines(hall: HallStatus) -> Iterator[str]:
    """For whom a recovery waits, and what a person may say to it."""
    if hall.awaited:
        told = _("waits for: {names}. For one that will not come: hallq hub resume --hall {hall}")
        yield told.format(names=", ".join(hall.awaited), hall=hall.hall)
    elif hall.by_word:
        told = _("when all its terminals are enrolled again: hallq hub resume --hall {hall}")
        yield told.format(hall=hall.hall)


def device_lines(hall: HallStatus) -> Iterator[str]:
    """The devices of a hall in columns, with their heads."""
    heads = (_("device"), _("name"), _("role"), _("series"), _("seen"), _("behind"), _("in hand"), "")
    rows = [heads, *(_row(hall, device) for device in hall.devices)]
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(heads))]
    for row in rows:
        cells = (set_cell_size(text, width) for text, width in zip(row, widths, strict=True))
        yield (_GAP + _GAP.join(cells)).rstrip()


def _row(hall: HallStatus, device: DeviceStatus) -> Sequence[str]:
    return (
        device.device,
        device.name,
        _(_ROLES[device.role]),
        str(device.digit) if device.role is Role.TERMINAL else "",
        _seen(hall, device),
        _behind(hall, device),
        str(device.lease_tickets),
        ", ".join(_marks(device)),
    )


def _seen(hall: HallStatus, device: DeviceStatus) -> str:
    if device.seen_ms is None:
        return _("never")
    seconds = max(0, hall.hall_ms - device.seen_ms) // 1_000
    if seconds <= CONNECTED_SECONDS:
        return _("connected")
    if seconds < 120:
        return _("{count} s ago").format(count=seconds)
    if seconds < 7_200:
        return _("{count} min ago").format(count=seconds // 60)
    return _("{count} h ago").format(count=seconds // 3_600)


def _behind(hall: HallStatus, device: DeviceStatus) -> str:
    """At most so many entries: who is connected has taken what came since the last note."""
    is_here = device.seen_ms is not None and hall.hall_ms - device.seen_ms <= CONNECTED_SECONDS * 1_000
    return f"≤{device.behind}" if is_here and device.behind else str(device.behind)


def _marks(device: DeviceStatus) -> Iterator[str]:
    if device.revoked:
        yield _("revoked")
    if device.fenced:
        yield _("a copy of it came, and was refused")
    if device.more:
        yield _("has more to send")
