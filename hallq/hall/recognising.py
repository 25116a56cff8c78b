"""Who a card or phone number belongs to: the VIP directory first, else a reference for the day."""

from collections.abc import Sequence

from hallq.domain.lanes import Tier
from hallq.domain.vip import Knowledge, Recognised, Vip
from hallq.logs import journal
from hallq.store import Store, StoreError, customers


def whose(store: Store, number: str, today: str, fresh: str) -> Recognised:
    """Look up a number in normal form. `fresh`: the reference for somebody not seen today. Raises StoreError.

    A directory that cannot be used is told and stops nobody from queueing.
    """
    if not number:
        return Recognised()
    knowledge, vip = _in_directory(store, number)
    if vip is None:
        key = customers.hall_key(store.path)
        with store.writing() as connection:
            return Recognised(customers.reference(connection, key, number, fresh), knowledge)
    if vip.is_valid_on(today):
        return Recognised(vip.reference, Knowledge.KNOWN, vip.tier, vip.valid_until, vip.manager)
    return Recognised(vip.reference, Knowledge.EXPIRED, Tier.NONE, vip.valid_until)


def managers_of(store: Store, references: Sequence[str]) -> dict[str, str]:
    """Who looks after these customers, by reference: those of the directory that have somebody."""
    from hallq.store import vips
    from hallq.store.vip_file import is_there

    folder = store.path.parent
    try:
        return vips.managers(folder, references) if is_there(folder) else {}
    except StoreError as error:
        journal().warning("vip-directory-silent", trouble=error.trouble)
        return {}


def _in_directory(store: Store, number: str) -> tuple[Knowledge, Vip | None]:
    from hallq.store import vips  # only where numbers are looked up
    from hallq.store.vip_file import is_there

    if not is_there(store.path.parent):
        return Knowledge.NO_DIRECTORY, None
    try:
        vip = vips.find(store.path.parent, number)
    except StoreError as error:
        journal().warning("vip-directory-silent", trouble=error.trouble)
        return Knowledge.SILENT, None
    return (Knowledge.KNOWN if vip else Knowledge.UNKNOWN), vip
