"""One table of actions: bindings, key bar, help and palette are all made from it.

Keys are first letters of the English word in both languages; the space bar is the
likely next thing; digits choose. Labels are short: they stand in the key bar.
"""

from dataclasses import dataclass

from textual.binding import Binding

from hallq.i18n import N_


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do on a screen. `place`: the screen, or `all`."""

    place: str
    name: str
    keys: str
    label: str
    help: str

    @property
    def action_id(self) -> str:
        """The name that settings and tests use."""
        return f"{self.place}.{self.name.replace('_', '-')}"


ACTIONS: tuple[Action, ...] = (
    # --- counter
    Action("counter", "likely_next", "space", N_("Next"), N_("The likely next thing: call, arrived, finish")),
    Action("counter", "finish_and_call", "n", N_("Finish + next"), N_("Finish this visit and call the next")),
    Action("counter", "add_transaction", "a", N_("Add"), N_("Start one more service for this customer")),
    Action("counter", "transfer", "t", N_("Transfer"), N_("Send the customer on, keeping number and place")),
    Action("counter", "hold", "h", N_("Hold"), N_("Let the customer do something else for a while")),
    Action("counter", "recall", "r", N_("Recall"), N_("Call the same number again")),
    Action("counter", "missed", "m", N_("Missed"), N_("The customer did not come")),
    Action("counter", "withdraw", "b", N_("Back"), N_("Take the call back; the number keeps its place")),
    Action("counter", "choose_ticket", "c", N_("Choose"), N_("Call a number of your choice")),
    Action("counter", "explain_overrun", "o", N_("Why over"), N_("Say why this transaction takes longer")),
    Action("counter", "finished_earlier", "f", N_("Ended earlier"), N_("The customer went long ago")),
    Action(
        "counter",
        "not_possible",
        "x",
        N_("Not possible"),
        N_("This could not be done: the visit ends, or goes on"),
    ),
    Action("counter", "intake", "i", N_("Complaint"), N_("Intake: write a complaint down")),
    Action("counter", "visit_slip", "v", N_("Visit slip"), N_("One slip with all that the visit did")),
    Action("counter", "pause", "p", N_("Pause"), N_("Take nobody for a while, with a reason")),
    Action("counter", "leave", "l", N_("Leave"), N_("Close this counter")),
    Action("counter", "lanes", "w", N_("Whom first"), N_("Which lane this counter takes first today")),
    Action("counter", "why", "question_mark", N_("Why"), N_("Why this ticket, and who was passed over")),
    Action("counter", "handover", "e", N_("Equipment"), N_("Note a fault here; the handover log")),
    # --- guide
    Action("guide", "issue", "space", N_("Issue"), N_("Give the number")),
    Action("guide", "tier", "t", N_("Tier"), N_("The customer's tier")),
    Action(
        "guide", "customer", "n", N_("Number"), N_("Card or phone number: who is a VIP, who queues already")
    ),
    Action("guide", "divert", "s", N_("Self-service"), N_("Show the customer to self-service")),
    Action("guide", "priority", "p", N_("Priority"), N_("Priority by hand, with a reason")),
    Action("guide", "returned", "r", N_("Came back"), N_("A missed customer came back")),
    Action("guide", "cancel", "x", N_("Cancel"), N_("Cancel a number")),
    Action("guide", "print_again", "l", N_("Copy"), N_("Print the last number again, as a copy")),
    Action("guide", "find", "f", N_("Find"), N_("Where is this number? What waits before it?")),
    Action("guide", "appointments", "y", N_("Appointments"), N_("The day's appointments: book, check in")),
    Action("guide", "handover", "h", N_("Handover"), N_("What the next shift has to know")),
    Action("guide", "search", "slash", N_("Search"), N_("Search services as you type")),
    Action("guide", "explain", "question_mark", N_("About"), N_("What this service needs")),
    Action("guide", "start_over", "escape", N_("Start over"), N_("Nothing chosen, as for a new customer")),
    # --- appointments
    Action("appointments", "likely_next", "space", N_("Do it"), N_("The likely next thing: check in, book")),
    Action("appointments", "check_in", "c", N_("Check in"), N_("The customer is here: give the number")),
    Action("appointments", "book", "b", N_("Book"), N_("Agree on this time with a customer")),
    Action("appointments", "move", "m", N_("Move"), N_("Agree on another time, two hours ahead by default")),
    Action("appointments", "print_again", "l", N_("Copy"), N_("Print the slip of this appointment again")),
    Action("appointments", "call_off", "x", N_("Cancel"), N_("The customer does not come")),
    Action("appointments", "earlier", "left", N_("Day before"), N_("The appointments of the day before")),
    Action("appointments", "later", "right", N_("Day after"), N_("The appointments of the day after")),
    Action("appointments", "back", "escape", N_("Go back"), N_("Back to the guide's desk")),
    # --- manager
    Action("manager", "likely_next", "space", N_("Do it"), N_("Do what the first line proposes")),
    Action("manager", "why", "question_mark", N_("Why"), N_("Why was this number called first?")),
    Action("manager", "open_counter", "o", N_("Open counter"), N_("Open a counter for a clerk")),
    Action("manager", "give_priority", "p", N_("Priority"), N_("Give the chosen number priority")),
    Action("manager", "cancel", "c", N_("Cancel"), N_("Cancel the chosen number")),
    Action("manager", "left", "l", N_("Left"), N_("The customer has gone")),
    Action("manager", "returned", "r", N_("Came back"), N_("The missed customer came back")),
    Action("manager", "day", "d", N_("Day"), N_("Open or close the business day")),
    Action(
        "manager",
        "summary",
        "s",
        N_("Summary"),
        N_("The figures of the day on one page, and of earlier days"),
    ),
    Action("manager", "complaints", "i", N_("Complaints"), N_("What is due: answer, settle, ask again")),
    Action("manager", "ratings", "g", N_("Grades"), N_("Low ratings that nobody has seen to yet")),
    Action("manager", "adopt_clock", "k", N_("Clock"), N_("Show the computer's time again")),
    Action("manager", "roll_call", "a", N_("Attendance"), N_("The roll call: who is here, who is missing")),
    Action("manager", "handover", "h", N_("Handover"), N_("What the next shift has to know")),
    Action("manager", "lanes", "w", N_("Whom first"), N_("Which lane a counter takes first today")),
    Action("manager", "more", "m", N_("More"), N_("Everything that the first lines have no room for")),
    # --- entry
    Action("entry", "leave_program", "escape", N_("Quit"), N_("End this terminal; the hall goes on")),
    # --- sign-in
    Action(
        "sign-in",
        "leave_program",
        "escape",
        N_("Quit"),
        N_("End this terminal; the hall goes on. After F9 first: who has just left is back"),
    ),
    # --- staff list
    Action("staff", "add", "a", N_("Add person"), N_("Put somebody on the list")),
    Action("staff", "roles", "r", N_("Roles"), N_("Give the chosen one other roles")),
    Action(
        "staff",
        "new_password",
        "n",
        N_("New password"),
        N_("A new password; who was gone is back with it"),
    ),
    Action("staff", "disable", "d", N_("Disable"), N_("The chosen one works here no longer")),
    Action("staff", "back", "escape", N_("Go back"), N_("Back to the choice of a workplace")),
    # --- everywhere
    Action("all", "role_guide", "f1", N_("Guide"), N_("Go to the guide's screen")),
    Action("all", "role_counter", "f2", N_("Counter"), N_("Go to the counter's screen")),
    Action("all", "role_board", "f3", N_("Board"), N_("Go to the public board")),
    Action("all", "role_manager", "f4", N_("Manager"), N_("Go to the manager's screen")),
    Action("all", "role_staff", "f11", N_("Staff"), N_("Go to the staff list")),
    Action("all", "notices", "f5", N_("Notices"), N_("All notices since the start")),
    Action("all", "next_theme", "f6", N_("Theme"), N_("The next theme")),
    Action("all", "switch_language", "f7", N_("中文/English"), N_("Switch the language")),
    Action("all", "change_person", "f9", N_("Person"), N_("Somebody else sits down here")),
    Action(
        "all",
        "set_pin",
        "f10",
        N_("Password"),
        N_("Change your own password or PIN"),
    ),
    Action("all", "lock", "f12", N_("Lock"), N_("Lock this screen until you are back")),
    Action("all", "help", "f8", N_("Help"), N_("The keys of this screen")),
)
"""Every action; a test holds ids unique and the documentation complete."""

CHOOSING: tuple[tuple[str, str, str], ...] = (
    ("guide", "1–9", N_("Choose the service of that line")),
    (
        "guide",
        N_("letter"),
        N_("Another group of services; 0 for the frequent ones"),
    ),
    ("appointments", "↑ ↓", N_("Choose a time or a customer")),
    ("manager", "↑ ↓", N_("Choose a number in the list")),
    ("manager", "Tab", N_("From the list to the counters, and back")),
)
"""(place, keys, help) of what is chosen on a screen itself: said in help, no action of its own."""


def actions_of(place: str) -> tuple[Action, ...]:
    """The actions of a screen, in the order of the key bar."""
    return tuple(action for action in ACTIONS if action.place == place)


def action_of_key(place: str, key: str) -> Action | None:
    """The screen's action on a key, a letter in either case; None for none."""
    return next((action for action in actions_of(place) if key in _both_cases(action.keys).split(",")), None)


def bindings_of(place: str) -> list[Binding]:
    """The bindings of a screen."""
    return [
        Binding(
            _both_cases(action.keys), action.name, action.label, id=action.action_id, priority=place == "all"
        )
        for action in actions_of(place)
    ]


def _both_cases(keys: str) -> str:
    """A letter works with Caps Lock too."""
    return f"{keys},{keys.upper()}" if len(keys) == 1 and keys.isalpha() else keys


def key_name(keys: str) -> str:
    """A key as it is printed on the keyboard; the space bar has a word of its own."""
    names = {
        "space": N_("Space"),
        "question_mark": "?",
        "slash": "/",
        "escape": "Esc",
        "enter": "Enter",
        "left": "←",
        "right": "→",
    }
    return names.get(keys, keys.upper())
