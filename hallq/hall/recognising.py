"""Who a card or phone number belongs to: the VIP directory first, else a reference for the day."""

from hallq.domain.lanes import Tier
from hallq.domain.vip import Knowledge, Recognised, Vip
from hallq.store import Store, StoreError, Trouble, customers


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
        return Recognised(vip.reference, Knowledge.KNOWN, vip.tier, vip.valid_until)
    return Recognised(vip.reference, Knowledge.EXPIRED, Tier.NONE, vip.valid_until)


def _in_directory(store: Store, number: str) -> tuple[Knowledge, Vip | None]:
    from hallq.store import vips
    from hallq.store.vip_keys import directory_key  # with its ciphers, only where numbers are looked up

    with store.reading() as connection:
        version, key_check = vips.head(connection)
        if not version or key_check is None:
            return Knowledge.NO_DIRECTORY, None
        try:
            vip = vips.find(connection, directory_key(store.path, key_check), number)
        except StoreError as error:
            if error.trouble in (Trouble.KEY_LOST, Trouble.DAMAGED, Trouble.NO_PERMISSION):
                return Knowledge.KEY_LOST, None
            raise
    return (Knowledge.KNOWN if vip else Knowledge.UNKNOWN), vip
