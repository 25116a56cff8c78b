"""A counter is opened for a clerk."""

from hallq.domain.counters import CounterState
from hallq.domain.intents import OpenCounter
from hallq.domain.staff import Role, Roster
from hallq.domain.state import HallState
from hallq.i18n import _, language
from hallq.screens.dialogs.ask import AskDialog
from hallq.screens.dialogs.choose import ChooseDialog, Entry, Search
from hallq.screens.entries import counter_search
from hallq.screens.parts.part import Part


def clerk_entries(state: HallState, roster: Roster) -> list[Entry]:
    """The clerks of the staff list, those at no counter first."""
    places = {counter.clerk: counter.number for counter in state.counters.values() if counter.is_staffed}
    entries = []
    for person in sorted(roster.with_role(Role.CLERK), key=lambda s: (s.number in places, s.number)):
        place = places.get(person.number)
        note = _("at counter {counter}").format(counter=place) if place else ""
        entries.append(Entry(person.number, f"{person.number}  {person.name}", note))
    return entries


class CounterOpening(Part):
    """Which counter, and who takes it."""

    async def open(self, number: int | None) -> None:
        """Which counter, if not known yet, and which clerk takes it."""
        if number is None:
            number = await self._ask_number()
        if number is None:
            return
        title = _("Open counter {counter}").format(counter=number)
        clerk = await self._ask_clerk(title)
        if clerk:
            self.screen.perform(OpenCounter(counter=number, clerk=clerk))

    async def _ask_clerk(self, title: str) -> str | None:
        """Somebody of the staff list; where the hall has none, whatever name is typed."""
        clerks = clerk_entries(self.state, self.hall.roster)
        if not clerks:
            return await self.screen.answer_to(AskDialog(title, _("Name or staff number of the clerk:")))
        return await self.screen.answer_to(ChooseDialog(title, clerks, search=Search(digits_choose=False)))

    async def _ask_number(self) -> int | None:
        zones = {zone.code: zone.name.in_language(language()) for zone in self.config.zones}
        closed = [
            rule
            for rule in sorted(self.config.counters, key=lambda rule: rule.number)
            if self.state.counter(rule.number).state is CounterState.CLOSED
        ]
        entries = [
            Entry(
                str(rule.number),
                _("Counter {counter}").format(counter=rule.number),
                zones.get(rule.zone, ""),
                digit=rule.number,
            )
            for rule in closed
        ]
        dialog = ChooseDialog(_("Open which counter?"), entries, search=counter_search(entries))
        chosen = await self.screen.answer_to(dialog)
        return int(chosen) if chosen else None
