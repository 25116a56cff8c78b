"""The staff list at a screen: who works in the hall, and what an admin does about it."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hallq.domain.staff import Roster, Staff
from hallq.i18n import _, counted, language
from hallq.screens.staff_asks import StaffAsks
from hallq.widgets.cells import apart, left
from hallq.wording.staff import state_words

NUMBER_CELLS, NAME_CELLS = 10, 22


class StaffScreen(StaffAsks):
    """Everybody by number; the keys are about the line under the cursor."""

    PLACE = "staff"
    CSS_PATH = "staff.tcss"
    AUTO_FOCUS = "OptionList"

    head = query_one("#staff-head", Static)
    people = query_one(OptionList)

    _shown: tuple[Roster, str] | None = None

    def compose_body(self) -> ComposeResult:
        """How many they are, and a line for each."""
        with Vertical(id="staff-middle"):
            yield Static(id="staff-head", markup=False)
            yield OptionList(markup=False)

    def place_words(self) -> str:
        """The admin's place."""
        return _("Staff list")

    def paint(self, now_ms: int) -> None:
        """Show the list, when it is another one."""
        roster = self.hall.roster
        if self._shown == (roster, language()):
            return
        self._shown = (roster, language())
        people = sorted(roster.staff.values(), key=lambda person: (not person.is_active, person.number))
        working = sum(1 for person in people if person.is_active)
        self.head.update(counted("{count} person works here.", "{count} people work here.", working))
        chosen = self.chosen()
        self.people.clear_options()
        self.people.add_options([Option(_line(person), id=person.staff_id) for person in people])
        places = [person.staff_id for person in people]
        at = chosen.staff_id if chosen else ""
        self.people.highlighted = places.index(at) if at in places else (0 if places else None)

    def chosen(self) -> Staff | None:
        """Whose line is under the cursor."""
        place = self.people.highlighted
        if place is None or place >= self.people.option_count:
            return None
        return self.hall.roster.staff.get(self.people.get_option_at_index(place).id or "")

    def allowed(self) -> set[str]:
        """What may be done about the chosen one; who is gone comes back with a new password."""
        person = self.chosen()
        if person is None:
            return {"add", "back"}
        return {"add", "back", "new_password"} | ({"roles", "disable"} if person.is_active else set())

    def action_back(self) -> None:
        """To the workplaces."""
        self.app.switch_mode("entry")

    def on_option_list_option_highlighted(self) -> None:
        """Other keys may work for another person."""
        self.refresh_all()


def _line(person: Staff) -> Content:
    # No colour of its own: the line under the cursor has a ground on which none but the text's is safe.
    number, name = left(person.number, NUMBER_CELLS), apart(person.name, NAME_CELLS)
    return Content.assemble((number, "bold"), name, state_words(person))
