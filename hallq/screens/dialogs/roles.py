"""Which roles somebody has: digits switch them, Enter is done."""

from rich.cells import cell_len
from textual.content import Content
from textual.widgets.option_list import Option

from hallq.domain.staff import Role
from hallq.i18n import _
from hallq.screens.dialogs.choose import Entry, ListDialog
from hallq.wording.staff import ROLES


class RolesDialog(ListDialog[frozenset[Role]]):
    """Answers with the roles, one at least; None after Esc."""

    def __init__(self, title: str, roles: frozenset[Role]) -> None:
        """Begin with `roles`."""
        super().__init__(title, [Entry(role, _(name)) for role, name in ROLES.items()])
        self._roles = roles

    def foot(self) -> str:
        """How to choose."""
        return _("digits switch · Enter goes on · Esc goes back")

    def _options(self) -> list[Option]:
        widest = max(cell_len(entry.label) for entry in self._shown)
        marks = {role: "✓" if role in self._roles else " " for role in Role}
        return [
            Option(
                Content(f"{place}  {marks[Role(e.code)]} {e.label}{' ' * (widest - cell_len(e.label))}"),
                id=e.code,
            )
            for place, e in enumerate(self._shown, 1)
        ]

    def action_digit(self, digit: int) -> None:
        """Switch the role of this digit."""
        if digit <= len(self._shown):
            self._roles ^= {Role(self._shown[digit - 1].code)}
            place = self.entry_list.highlighted
            self.entry_list.clear_options()
            self.entry_list.add_options(self._options())
            self.entry_list.highlighted = place

    def action_choose(self) -> None:
        """Done; nobody is without a role."""
        if self._roles:
            self.dismiss(self._roles)

    def answer(self, code: str) -> frozenset[Role] | None:
        """With the mouse: switch, and stay."""
        return None
