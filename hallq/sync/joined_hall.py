"""The hall of a terminal that joined a hub: what is shared is asked there, the rest is done here."""

from collections.abc import Callable
from typing import NoReturn

from hallq.clock import Clock
from hallq.domain import cut_off
from hallq.domain import intents as i
from hallq.domain.config import HallConfig
from hallq.domain.decide import Moment, decide
from hallq.domain.intents import Intent
from hallq.domain.refusals import Reason, Refusal, told_refusal
from hallq.domain.staff import Staff, StaffChange
from hallq.hall import Actor, Done, Hall, Refused, random_incarnation
from hallq.hall.door import Apart
from hallq.hall.link import SyncStatus
from hallq.protocol import Wire
from hallq.protocol.numbers import NumberAnswer, NumberAsk
from hallq.protocol.staff import Member, StaffAnswer, StaffAsk
from hallq.store import Store, StoreError, Trouble
from hallq.store.in_hand import seen_in_hand
from hallq.sync.asking import Asking, Decided
from hallq.sync.line import LineDown, LineError, OutcomeUnknown


def _nobody_to_ask(asked: Wire) -> NoReturn:
    raise LineDown("no line to ask over")


class JoinedHall(Hall):
    """A hall whose calls are granted by the hub while it can be reached."""

    def __init__(
        self,
        store: Store,
        config: HallConfig,
        *,
        asking: Asking,
        is_reachable: Callable[[], bool],
        on_lost: Callable[[], None] = lambda: None,
        on_written: Callable[[], None] = lambda: None,
        link: Callable[[], SyncStatus | None] = lambda: None,
        ask_staff: Callable[[StaffAsk], StaffAnswer] = _nobody_to_ask,
        ask_number: Callable[[NumberAsk], NumberAnswer] = _nobody_to_ask,
        clock: Clock | None = None,
        new_incarnation: Callable[[], str] = random_incarnation,
    ) -> None:
        """`is_reachable`, `link`: what sync found last. `on_lost`, `on_written`: wake it up.

        `ask_staff` has the hub change the staff list, `ask_number` show a number to call back.
        """
        super().__init__(store, config, clock=clock, new_incarnation=new_incarnation)
        self._asking = asking
        self._is_reachable = is_reachable
        self._on_lost = on_lost
        self._on_written = on_written
        self._link = link
        self._ask_staff = ask_staff
        self._ask_number = ask_number

    @property
    def link(self) -> SyncStatus | None:
        """How this terminal stands with its hub."""
        return self._link()

    def in_hand(self, counter: int) -> frozenset[str] | None:
        """Cut off: what was leased to the counter, and own tickets that were never sent."""
        if self._is_reachable():
            return None
        assert self.joined is not None
        return seen_in_hand(self._store, self.joined).at(counter)

    def perform(self, intent: Intent, actor: Actor) -> Done | Refused:
        """Carry out one intent; what it may not decide alone, the hub decides.

        Raises StoreError, also with HUB_SILENT when the hub may have carried it out and did not say.
        """
        if isinstance(intent, cut_off.SHARED) and self._is_reachable():
            self.refresh()
            return self._shared(intent, actor)
        return self._alone(intent, actor)

    def change_staff(
        self, person: Staff, change: StaffChange, actor: Actor, password: str = ""
    ) -> Done | Refused:
        """Have the hub write somebody's entry; it looks at the actor's password itself."""
        if not self._is_reachable():
            return Refused(Refusal(Reason.NEEDS_HUB), self.state)
        member = Member.model_validate(person)
        asked = StaffAsk(
            number=actor.name, password=password, terminal=actor.terminal, change=change, person=member
        )
        try:
            answer = self._ask_staff(asked)
        except OutcomeUnknown as error:
            self._on_lost()
            raise StoreError(Trouble.HUB_SILENT) from error
        except LineError:
            self._on_lost()
            return Refused(Refusal(Reason.NEEDS_HUB), self.state)
        self.refresh()
        if answer.refusal:
            return Refused(told_refusal(answer.refusal, answer.facts), self.state)
        return Done((), self.state)

    def number_elsewhere(self, complaint_id: str, actor: Actor) -> str | Refused:
        """The hub shows it to who may answer, and writes down that it did."""
        if not self._is_reachable():
            return super().number_elsewhere(complaint_id, actor)
        asked = NumberAsk(
            complaint_id=complaint_id, actor=actor.name, terminal=actor.terminal, staff=actor.staff
        )
        try:
            answer = self._ask_number(asked)
        except LineError:
            self._on_lost()
            return super().number_elsewhere(complaint_id, actor)
        if answer.refusal:
            return Refused(told_refusal(answer.refusal, answer.facts), self.state)
        return answer.number

    def _alone(self, intent: Intent, actor: Actor) -> Done | Refused:
        result = super().perform(intent, actor)
        if isinstance(result, Done) and result.events:
            self._on_written()
        return result

    def perform_with(self, intent: Intent, actor: Actor, beside: Apart | None = None) -> Done | Refused:
        """Nothing of this is shared: it is done here, and sent."""
        result = super().perform_with(intent, actor, beside)
        if isinstance(result, Done) and result.events:
            self._on_written()
        return result

    def _shared(self, intent: Intent, actor: Actor) -> Done | Refused:
        if refusal := self.barred(intent, actor) or self._refused_here(intent):
            return Refused(refusal, self.state)
        try:
            decided = self._asking.ask(_for_the_hub(intent), actor)
        except LineDown:
            self._on_lost()
            return self._alone(intent, actor)
        except OutcomeUnknown as error:
            self._on_lost()
            raise StoreError(Trouble.HUB_SILENT) from error
        self.refresh()
        return self._after(intent, actor, decided)

    def _refused_here(self, intent: Intent) -> Refusal | None:
        """What cannot be right at this counter needs no answer from elsewhere."""
        if not isinstance(intent, cut_off.CALLS):
            return None
        moment = Moment(self.config, self.now_ms(), self.wall_ms(), lambda: "")
        decision = decide(i.GrantNext(counter=intent.counter), self.state, moment)
        about_waiting = (Reason.NOBODY_WAITING,)
        return decision if isinstance(decision, Refusal) and decision.reason not in about_waiting else None

    def _after(self, intent: Intent, actor: Actor, decided: Decided) -> Done | Refused:
        if decided.refusal:
            return Refused(told_refusal(decided.refusal, decided.facts), self.state)
        if isinstance(intent, cut_off.CALLS):
            return self._alone(intent, actor)  # the grant is on the disk: now it is announced
        return Done(decided.events, self.state)


def _for_the_hub(intent: Intent) -> Intent:
    """The hub's half of a call; everything else goes as it is."""
    if isinstance(intent, i.CallNext):
        return i.GrantNext(counter=intent.counter)
    if isinstance(intent, i.CallTicket):
        return i.GrantTicket(counter=intent.counter, ticket_id=intent.ticket_id)
    return intent
