"""A hub that lost a part of its past takes it back: entries in their old order, under its own seal."""

import hmac

from hallq.hub import folding, ledger
from hallq.hub.devices import in_session, save_device
from hallq.hub.recovery import DAY_MS, heard, seal
from hallq.hub.shapes import Caller, HubFault, Role
from hallq.hub.sitting import Desk, Sitting
from hallq.protocol import Entry, Fault, GivenBack, Standing


def give_back(desk: Desk, caller: Caller, given: GivenBack) -> tuple[Standing, Sitting]:
    """Take entries in their old order, under the seal of a page."""

    def work(sitting: Sitting) -> tuple[Standing, Sitting]:
        device = in_session(sitting.connection, caller, given.session)
        if caller.role is Role.TERMINAL:
            if given.entries and not _is_sealed(sitting, given):
                raise HubFault(Fault.FORBIDDEN, "no page of this hub ends here")
            if not sitting.row.recovering:
                return _no_more(sitting, given), sitting
        standing = _taken(sitting, given.entries)
        now = {"seen_ms": sitting.now_ms, "used": True, "position": sitting.row.position}
        save_device(sitting.connection, sitting.hall, device.device, **now)
        if given.done or standing is Standing.DIVERGED:
            heard(sitting, device, Standing.WELCOME)
        if given.done and standing is Standing.GIVE_BACK:
            standing = Standing.WELCOME
        return standing, sitting

    return desk.sit(caller.hall, work)


def _is_sealed(sitting: Sitting, given: GivenBack) -> bool:
    last = given.entries[-1]
    wanted = seal(sitting.desk.key, sitting.hall, last.position, last.hash)
    return hmac.compare_digest(wanted.encode(), given.seal.encode())


def _no_more(sitting: Sitting, given: GivenBack) -> Standing:
    """Recovery is over: what the terminal has is in the log, or the logs differ."""
    for entry in given.entries:
        if ledger.hash_at(sitting.connection, sitting.hall, entry.position) != entry.hash:
            return Standing.DIVERGED
    return Standing.WELCOME


def _taken(sitting: Sitting, entries: list[Entry]) -> Standing:
    for entry in entries:
        if entry.position <= sitting.row.position:
            if _known_hash(sitting, entry.position) != entry.hash:
                return Standing.DIVERGED
            continue
        if not folding.follows(sitting.folded, entry):
            return Standing.DIVERGED
        sitting.take(entry, folding.event_of(entry))
        sitting.now_ms = max(sitting.now_ms, min(entry.event.at_ms + entry.shift_ms, _latest(sitting)))
    return Standing.GIVE_BACK


def _latest(sitting: Sitting) -> int:
    """A damaged instant may not carry the hall's clock away."""
    return sitting.reading.wall_ms + DAY_MS


def _known_hash(sitting: Sitting, position: int) -> str | None:
    known = sitting.folded.hash_at(position)
    return known or ledger.hash_at(sitting.connection, sitting.hall, position)
