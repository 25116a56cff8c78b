"""The first screen: who are you, and where do you work today?"""

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widgets import Input, Static

from hallq.domain.staff import LONGEST_NAME
from hallq.domain.text import plain
from hallq.domain.views.entry import counter_of, entry_view
from hallq.hall import Actor
from hallq.i18n import _, language
from hallq.screens.base import HallScreen
from hallq.screens.counter_entries import counter_entries
from hallq.screens.dialogs.choose import ChooseDialog
from hallq.typed_ahead import ASKING
from hallq.widgets.big_text import BigText
from hallq.widgets.role_list import RoleList
from hallq.wording.entry import hall_status, keys_hint, roles


class EntryScreen(HallScreen):
    """A name, a workplace, and on to its screen."""

    PLACE = "entry"
    CSS_PATH = "entry.tcss"
    AUTO_FOCUS = "Input"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]  # noqa: RUF012 - Textual's own declaration

    hall_name = query_one("#entry-hall", Static)
    status = query_one("#entry-status", Static)
    label = query_one("#entry-name-label", Static)
    name_field = query_one(Input)
    role_list = query_one(RoleList)
    hint = query_one("#entry-hint", Static)

    def compose_body(self) -> ComposeResult:
        """The program, the hall, the name, the workplaces."""
        with Vertical(id="entry-middle"):
            yield BigText("hallq", max_width=60, max_height=6)
            yield Static(id="entry-hall", markup=False)
            yield Static(id="entry-status", markup=False)
            with Horizontal(id="entry-name-line"):
                yield Static(id="entry-name-label", markup=False)
                yield Input(max_length=LONGEST_NAME, select_on_focus=False)
            yield RoleList()
            yield Static(id="entry-hint", markup=False)

    def paint(self, now_ms: int) -> None:
        """Show the hall as it is now."""
        view = entry_view(self.state, self.config)
        self.hall_name.update(view.hall.in_language(language()))
        self.status.update(hall_status(view))
        self.label.update(_("Staff number or short name:"))
        self.query_one("#entry-name-line").display = not self.host.needs_person
        self.role_list.paint([role for role in roles() if self.host.may_go(role[0])])
        self.hint.update(keys_hint())

    def place_words(self) -> str:
        """Nobody works here yet."""
        return ""

    def allowed(self) -> set[str]:
        """There is always the way out."""
        return {"leave_program"}

    def action_leave_program(self) -> None:
        """End this terminal."""
        self.ask_to_leave()

    @on(Input.Submitted)
    def go_to_roles(self) -> None:
        """The name is typed; now digits choose the workplace."""
        self.role_list.focus()

    def on_screen_resume(self) -> None:
        """Who signed in has a name already."""
        super().on_screen_resume()
        if self.host.needs_person:
            self.role_list.focus()

    @on(RoleList.Left)
    def go_to_name(self) -> None:
        """Back to the name."""
        if not self.host.needs_person:
            self.name_field.focus()

    @on(RoleList.Chosen)
    def choose_role(self, event: RoleList.Chosen) -> None:
        """By its digit, by Enter, with the mouse."""
        self.choose(event.code)

    def choose(self, role: str) -> None:
        """On to the workplace; the board needs no name."""
        signed_in = self.host.needs_person
        name = self.host.actor.name if signed_in else plain(self.name_field.value, LONGEST_NAME)
        if not name and role != "board":
            self.host.notice(_("Type your staff number or short name first."), severity="warning")
            self.name_field.focus()
            return
        if name and not signed_in:
            self.host.actor = Actor(name, self.host.actor.terminal)
        if role == "counter":
            self.choose_counter(name)
        else:
            self.app.switch_mode(role)

    @work(exclusive=True, group=ASKING)
    async def choose_counter(self, name: str) -> None:
        """Which counter? A clerk who has one already goes there."""
        number = counter_of(self.state, name)
        if number is None:
            entries = counter_entries(self.state, self.config)
            chosen = await self.answer_to(ChooseDialog(_("Which counter?"), entries))
            if chosen is None:
                return
            number = int(chosen)
        self.host.counter_number = number
        self.app.switch_mode("counter")
