"""The state while one fold works on it.

A state is frozen; copying its mappings for each of many events would take most of the
fold's time, under the turn that all terminals wait for. A fold therefore copies them once,
changes the copies, and gives them away as the next frozen state. Entities stay frozen.
"""

from hallq.domain.counters import Counter
from hallq.domain.state import HallState


class Draft:
    """The parts of a state, to be changed in place; nobody but one fold ever holds it.

    What the mappings hold is shared with other states and replaced, never changed.
    """

    def __init__(self, state: HallState) -> None:
        """Begin with `state`, which keeps its own mappings."""
        self.day = state.day
        self.tickets = dict(state.tickets)
        self.transactions = dict(state.transactions)
        self.counters = dict(state.counters)
        self.series = dict(state.series)
        self.figures = dict(state.figures)
        self.recent_calls = state.recent_calls
        self.rescues = state.rescues
        self.attendance = dict(state.attendance)
        self.notes = dict(state.notes)
        self.low_ratings = dict(state.low_ratings)
        self.complaints = dict(state.complaints)
        self.appointments = state.appointments  # rarely changed: replaced as a whole
        self.departed = list(state.departed)

    @property
    def business_date(self) -> str:
        """The date of the present or last day, empty before the first."""
        return self.day.date if self.day else ""

    def counter(self, number: int) -> Counter:
        """The counter, closed when nobody ever opened it."""
        return self.counters.get(number) or Counter(number)
