"""The VIP directories of halls: files beside the hub's key, handed down to terminals a part at a time.

The files are no part of the database: a long list keeps nobody's call waiting, and who is erased
is in no backup of the log.
"""

from pathlib import Path

from hallq.domain.decide import decide
from hallq.domain.intents import NoteDirectory
from hallq.domain.lanes import Tier
from hallq.domain.refusals import Refusal
from hallq.hub.deciding import moment_of, write_down
from hallq.hub.recovery import must_be_whole
from hallq.hub.shapes import Caller, HubFault
from hallq.hub.sitting import Desk, Sitting
from hallq.logs import journal
from hallq.protocol import Fault
from hallq.protocol.vips import PART, VipLine, VipPart, coded
from hallq.store import StoreError
from hallq.store.vip_file import is_there
from hallq.store.vip_handed import Handed, part, version


def folder_of(home: Path, hall: str) -> Path:
    """Where a hall's directory lies. `home`: the folder of the hub's key."""
    return home / f"vip-{hall}"


def note(desk: Desk, hall: str, deed: NoteDirectory, version: int, by: str) -> None:
    """Put a deed on record; `version` is the directory's from now on, 0: it is the same still."""

    def work(sitting: Sitting) -> None:
        must_be_whole(sitting)
        decision = decide(deed, sitting.folded.state, moment_of(sitting))
        if isinstance(decision, Refusal):
            raise HubFault(Fault.BAD_REQUEST, decision.reason.value)
        write_down(sitting, decision, actor=by)
        sitting.row.vip_version = version or sitting.row.vip_version

    desk.sit(hall, work)


def newest(home: Path | None, caller: Caller, have: int, after: str, since: int) -> VipPart:
    """The part of the caller's hall after a reference; an empty one for who has this version already.

    `since`: a version whose later changes are enough, 0 where all are asked for.
    """
    if home is None or not is_there(folder_of(home, caller.hall)):
        return VipPart()
    folder = folder_of(home, caller.hall)
    try:
        if version(folder) == have:
            return VipPart(version=have)
        found = part(folder, after, PART, since)
    except StoreError as error:
        journal().warning("vip-directory-silent", hall=caller.hall, trouble=error.trouble)
        raise HubFault(Fault.BUSY, "the directory", retry_after_seconds=60) from error
    return VipPart.model_construct(
        version=found.head.version,
        hash_key=coded(found.head.hash_key),
        lines=tuple(_line(each) for each in found.handed),
        is_last=found.is_last,
        since=found.since,
        gone=tuple(found.gone),
    )


def _line(each: Handed) -> VipLine:
    return VipLine.model_construct(
        reference=each.reference,
        tier=Tier(each.tier),
        valid_until=each.valid_until,
        manager=each.manager,
        hashes=each.hashes,
        key_id=each.key_id,
        key=coded(each.key),
        sealed=coded(each.sealed),
    )
