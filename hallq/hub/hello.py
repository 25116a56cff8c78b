"""The first words of a session: who is this, and do its log and the hub's have the same past?"""

from hallq.hub import recovery
from hallq.hub.devices import DeviceRow, of_caller, save_device
from hallq.hub.shapes import Caller, HubFault, Role
from hallq.hub.sitting import Desk, Sitting
from hallq.protocol import Fault, Hello, Standing, Welcome

OLDEST_PROTOCOL = 1
SILENT_MS = 60_000
"""A copy that was not heard of for so long is taken to be gone. Pulls are noted every 20 seconds."""


PAST_SESSIONS = 16
"""So many sessions that are over are known again when a hello of theirs was long on its way."""


def hello(desk: Desk, caller: Caller, said: Hello) -> Welcome:
    """Begin a session, or say why not."""
    if caller.role is Role.OPERATOR:
        raise HubFault(Fault.FORBIDDEN)

    def work(sitting: Sitting) -> Welcome:
        device = of_caller(sitting.connection, caller)
        if said.protocol < OLDEST_PROTOCOL:
            return welcome(sitting, Standing.OUTDATED)
        if said.session in device.past_sessions.split():
            raise HubFault(Fault.SAY_HELLO, "a later one came before it")
        if caller.role is Role.HUB:
            return _follow(sitting, device, said)
        log = recovery.compared(sitting, said)
        person = _who(sitting, device, said)
        if person is Standing.FENCED:
            save_device(sitting.connection, sitting.hall, device.device, fenced=True)
            is_here = bool(said.home) and said.home == device.home
            return welcome(sitting, person).model_copy(update={"is_brief": is_here})
        standing = log if log is not Standing.WELCOME else person
        _begin(sitting, device, said)
        if person is Standing.RESTORED:
            save_device(
                sitting.connection, sitting.hall, device.device, fenced=False
            )  # nobody else was there
        recovery.heard(sitting, device, standing)
        return welcome(sitting, standing)

    return desk.sit(caller.hall, work)


def welcome(sitting: Sitting, standing: Standing) -> Welcome:
    """The hub's answer."""
    return Welcome(
        standing=standing,
        place=sitting.place,
        hall_ms=sitting.now_ms,
        wall_ms=sitting.reading.wall_ms,
        recovering=sitting.row.recovering,
        settings_version=sitting.row.settings_version,
        roster_version=sitting.row.roster_version,
        vip_version=sitting.row.vip_version,
    )


def _who(sitting: Sitting, device: DeviceRow, said: Hello) -> Standing:
    """Whether the file is where it was, and remembers the session that the hub remembers."""
    if device.home and said.home and said.home != device.home:
        return Standing.FENCED  # where it was another one may be at work, perhaps cut off
    if device.epoch != sitting.row.epoch or not device.session:
        return Standing.WELCOME  # this hub lost its past since, and its memory of sessions with it
    if device.session in (said.session, said.previous):
        return Standing.WELCOME
    if not device.used and said.previous == device.previous:
        return Standing.WELCOME  # the last hello's answer was lost
    if device.home and said.home and device.boot_id == said.boot_id:
        return Standing.RESTORED  # the same place in the same start of the machine: nobody else is there
    alive = sitting.now_ms - device.seen_ms < SILENT_MS
    return Standing.FENCED if alive else Standing.RESTORED


def _begin(sitting: Sitting, device: DeviceRow, said: Hello) -> None:
    changes: dict[str, object] = {"seen_ms": sitting.now_ms, "epoch": sitting.row.epoch}
    changes["position"] = min(said.place.position, sitting.row.position)
    if said.session != device.session:
        changes |= {"session": said.session, "previous": said.previous, "used": False}
        changes["past_sessions"] = _over(device)
        changes |= {"home": said.home or device.home, "boot_id": said.boot_id}
    save_device(sitting.connection, sitting.hall, device.device, **changes)
    device.epoch = sitting.row.epoch


def _over(device: DeviceRow) -> str:
    """The sessions that are over once another one begins, newest first."""
    return " ".join([device.session, *device.past_sessions.split()][:PAST_SESSIONS]).strip()


def _follow(sitting: Sitting, device: DeviceRow, said: Hello) -> Welcome:
    """A hub below: its log is the hall's, this hub's is the copy."""
    standing = Standing.GIVE_BACK
    if said.place.position < sitting.row.position:
        standing = Standing.DIVERGED
    elif said.place.epoch:
        sitting.row.epoch = said.place.epoch
    _begin(sitting, device, said)
    return welcome(sitting, standing)
