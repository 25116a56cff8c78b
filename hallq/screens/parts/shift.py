"""What a shift asks for at any of its screens: the roll call, the handover log, the lanes of a counter."""

from hallq.domain.attendance import PresenceChange
from hallq.domain.handover import HandoverNote, Topic
from hallq.domain.intents import ChangeLanes, ReadNotes, ReportPresence, SettleNote, WriteNote
from hallq.domain.lanes import LaneChoice
from hallq.domain.text import MAX_CHARACTERS
from hallq.domain.views.roll import Standing, roll_call
from hallq.hall import Done
from hallq.i18n import _
from hallq.screens.dialogs.ask import AskDialog
from hallq.screens.dialogs.choose import ChooseDialog, Entry
from hallq.screens.dialogs.confirm import ConfirmDialog
from hallq.screens.dialogs.handover import NEW, HandoverDialog, RollDialog
from hallq.screens.entries import counter_search
from hallq.screens.parts.part import Part
from hallq.wording.shift import LANES, TOPICS, note_head, roll_head, roll_words

_TOGGLED = {
    Standing.MISSING: PresenceChange.EXCUSED,
    Standing.OFF: PresenceChange.EXPECTED,
    Standing.GONE: PresenceChange.EXCUSED,
}
_SETTINGS = "settings"


class Shift(Part):
    """Each question ends in an intent, or in nothing."""

    # --- the roll call -------------------------------------------------------------------

    async def call_roll(self) -> None:
        """Who is here, at which counter, since when; Enter says that somebody is not expected today."""
        roll = roll_call(self.state, self.hall.roster, self.config, self.hall.now_ms())
        entries = [Entry(row.staff_id, *roll_words(row, self.config)) for row in roll.rows]
        chosen = await self.screen.answer_to(RollDialog(_("Roll call"), entries, roll_head(roll)))
        row = next((row for row in roll.rows if row.staff_id == chosen), None)
        if row is not None and row.standing in _TOGGLED:
            change = _TOGGLED[row.standing]
            intent = ReportPresence(staff_id=row.staff_id, number=row.number, change=change)
            self.screen.perform(intent, then=self._roll_again)

    def _roll_again(self, done: Done) -> None:
        self.screen.asking(self.call_roll)

    # --- the handover log ----------------------------------------------------------------

    async def read_handover(self, counter: int | None) -> None:
        """Every open entry, those of `counter` first. Who reads it is kept."""
        notes = sorted(
            self.state.notes.values(),
            key=lambda n: (n.at_counter != counter, n.at_counter is None, n.written_ms),
        )
        news = tuple(note.note_id for note in notes if note.is_news_to(self.host.actor.name))
        if news:
            self.screen.perform(ReadNotes(note_ids=news))
        offset_ms = self.state.clock_offset_ms
        lines = [(n.note_id, note_head(n, self.config, offset_ms), n.text) for n in notes]
        chosen = await self.screen.answer_to(HandoverDialog(_("Handover log"), lines))
        if chosen == NEW:
            await self._write_note(counter)
        elif chosen is not None:
            await self._settle(next(note for note in notes if note.note_id == chosen))

    async def _settle(self, note: HandoverNote) -> None:
        if await self.screen.answer_to(ConfirmDialog(_("Settled?"), note.text, _("settled, or mended"))):
            self.screen.perform(SettleNote(note_id=note.note_id))

    async def _write_note(self, counter: int | None) -> None:
        """Esc goes back to what it is about, and keeps the text."""
        topics = [Entry(topic, _(name)) for topic, name in TOPICS.items()]
        question, draft = _("Customers' numbers are left out. Enter goes on."), ""
        while topic := await self.screen.answer_to(ChooseDialog(_("What is it about?"), topics)):
            where = counter if topic == Topic.EQUIPMENT else None
            if topic == Topic.EQUIPMENT and counter is None:
                answer = await self._ask_counter(_("At which counter?"), nowhere=_("At no counter"))
                if answer is None:
                    continue
                where = answer or None
            dialog = AskDialog(_(TOPICS[Topic(topic)]), question, draft, longest=MAX_CHARACTERS)
            if text := await self.screen.answer_to(dialog):
                self.screen.perform(WriteNote(topic=Topic(topic), text=text, at_counter=where))
                return
            draft = dialog.draft

    # --- lanes -----------------------------------------------------------------------------

    async def ask_lanes(self, number: int | None) -> None:
        """Whom a counter takes for the rest of the day."""
        number = number or await self._ask_counter(_("Whom does which counter take?"))
        if not number:
            return
        now = self.state.counter(number).lanes
        entries = [
            Entry(choice or _SETTINGS, _(words), _("now") if choice is now else "")
            for choice, words in LANES.items()
        ]
        title = _("Whom does counter {counter} take?").format(counter=number)
        question = _("For the rest of this business day.")
        chosen = await self.screen.answer_to(ChooseDialog(title, entries, question))
        if chosen is not None:
            lanes = None if chosen == _SETTINGS else LaneChoice(chosen)
            self.screen.perform(ChangeLanes(counter=number, lanes=lanes))

    async def _ask_counter(self, title: str, nowhere: str = "") -> int | None:
        """A counter of the hall; 0 for `nowhere`, None after Esc."""
        entries = [Entry("0", nowhere)] if nowhere else []
        for rule in sorted(self.config.counters, key=lambda rule: rule.number):
            words = _("Counter {counter}").format(counter=rule.number)
            clerk = self.state.counter(rule.number).clerk or ""
            entries.append(Entry(str(rule.number), words, clerk, digit=rule.number))
        chosen = await self.screen.answer_to(ChooseDialog(title, entries, search=counter_search(entries)))
        return int(chosen) if chosen is not None else None
