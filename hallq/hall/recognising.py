"""Who a card or phone number belongs to: the VIP directory first, else a reference for the day."""

import secrets
from collections.abc import Sequence

from hallq.domain.business_date import business_date_of
from hallq.domain.customer_number import normal_form
from hallq.domain.lanes import Tier
from hallq.domain.vip import Knowledge, Recognised, Vip, address
from hallq.hall.looking import Looking
from hallq.logs import journal
from hallq.store import StoreError, customers


class Recognising(Looking):
    """A hall that knows customers by a number, which is neither kept nor logged.

    A directory that cannot be used is told and stops nobody from queueing.
    """

    def recognise(self, number: str) -> Recognised:
        """Who has this card or phone number, and which tier holds for them today. Raises StoreError."""
        number = normal_form(number)
        if not number:
            return Recognised()
        knowledge, vip = self._in_directory(number)
        if vip is None:
            key = customers.hall_key(self._store.path)
            with self._store.writing() as connection:
                reference = customers.reference(connection, key, number, secrets.token_hex(16))
            return Recognised(reference, knowledge)
        if vip.is_valid_on(self.state.business_date or business_date_of(self.wall_ms(), self.config)):
            known = (vip.reference, Knowledge.KNOWN, vip.tier, vip.valid_until, vip.manager)
            return Recognised(*known, self.address_of(vip.reference))
        return Recognised(vip.reference, Knowledge.EXPIRED, Tier.NONE, vip.valid_until)

    def address_of(self, reference: str) -> str:
        """How to greet this customer; empty for whoever is not in the directory, and where it is silent."""
        from hallq.store import vips
        from hallq.store.vip_file import is_there

        folder = self._store.path.parent
        try:
            return address(*vips.name(folder, reference)) if is_there(folder) else ""
        except StoreError as error:
            journal().warning("vip-directory-silent", trouble=error.trouble)
            return ""

    def managers_of(self, references: Sequence[str]) -> dict[str, str]:
        """Who looks after these customers, by reference: those of the directory that have somebody."""
        from hallq.store import vips
        from hallq.store.vip_file import is_there

        folder = self._store.path.parent
        try:
            return vips.managers(folder, references) if is_there(folder) else {}
        except StoreError as error:
            journal().warning("vip-directory-silent", trouble=error.trouble)
            return {}

    def forget_visitors(self) -> None:
        """Only who is here or has an appointment is still known by a number. Raises StoreError.

        Whoever was forgotten before leaves the last bytes of the file with them.
        """
        here = [ticket.customer for ticket in self.state.tickets.values() if ticket.customer]
        here += [each.customer for each in self.state.appointments.values() if each.is_open and each.customer]
        with self._store.reading() as connection:
            is_due = customers.knows_others(connection, here)
        if is_due:
            with self._store.writing() as connection:
                customers.forget_others(connection, here)
        self._store.empty_journal()

    def _in_directory(self, number: str) -> tuple[Knowledge, Vip | None]:
        from hallq.store import vips  # only where numbers are looked up
        from hallq.store.vip_file import is_there

        folder = self._store.path.parent
        if not is_there(folder):
            return Knowledge.NO_DIRECTORY, None
        try:
            vip = vips.find(folder, number)
        except StoreError as error:
            journal().warning("vip-directory-silent", trouble=error.trouble)
            return Knowledge.SILENT, None
        return (Knowledge.KNOWN if vip else Knowledge.UNKNOWN), vip
