"""One intent is one transaction: look at what others wrote, decide, write, commit.

What `perform` returns as done is on the disk. In a hall without a hub the events get their
positions here; a terminal that joined a hub keeps them in its outbox until the hub has placed
them, and decides only what it may decide without asking (`hallq.domain.cut_off`).
"""

import threading
from collections.abc import Callable

import sqlcipher3.dbapi2 as driver

from hallq.clock import Clock, Reading
from hallq.domain.business_date import business_date_of
from hallq.domain.config import HallConfig
from hallq.domain.cut_off import as_it_may_act, barred_to_a_copy
from hallq.domain.decide import Moment, decide
from hallq.domain.events import ComplaintTaken, Event, Recorded, TicketIssued
from hallq.domain.fold import fold
from hallq.domain.intents import ChangeStaff, CheckIn, Intent, IssueTicket, KeepHouse, TakeComplaint
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.staff import Staff, StaffChange
from hallq.domain.state import HallState
from hallq.hall.link import Link
from hallq.hall.origin import Origin, random_incarnation
from hallq.hall.reception import Reception
from hallq.hall.recognising import Recognising
from hallq.hall.results import Actor, Done, Refused
from hallq.logs import journal
from hallq.store import Store, StoreError, Trouble, contacts, customers, log, numbers, outbox
from hallq.store import staff as staff_list
from hallq.store.in_hand import in_hand, recognise
from hallq.store.numbers import Given
from hallq.store.past import Past
from hallq.store.projections import write_changes

Apart = Callable[[HallState, list[Recorded]], None]
"""What is written apart from the hall's file: the state before, the events."""


class Hall(Recognising):
    """One hall on one file, shared by the threads of this program and by other programs."""

    def __init__(
        self,
        store: Store,
        config: HallConfig,
        *,
        clock: Clock | None = None,
        new_incarnation: Callable[[], str] = random_incarnation,
    ) -> None:
        """Take over an open store. A new incarnation names everything this run writes."""
        super().__init__(store, config, clock)
        self.past = Past(store)
        self.settings_changed = False
        self.news = threading.Event()
        """Set by whoever knows that the file has changed: a follower need not wait for its next look."""
        self._origin = Origin(new_incarnation)
        self._unsettled: Recorded | None = None
        self._writing = threading.Lock()
        self.reception = Reception(store, self.now_ms)
        if self._replica.is_blank:
            numbers.begin(store.path)
        if self.joined is not None:
            recognise(store, self.joined)

    @property
    def incarnation(self) -> str:
        """This run of the program, as its events name it."""
        return self._origin.incarnation

    def perform(self, intent: Intent, actor: Actor) -> Done | Refused:
        """Carry out one intent. Raises StoreError when the file refuses.

        Nothing was kept then, or with OUTCOME_UNKNOWN it shows before the next intent is carried out.
        """
        with self._writing:
            if isinstance(intent, KeepHouse) and not self._house_is_due(intent):
                return Done((), self.state)  # no reason to stand in line
            return self._perform(intent, actor)

    def _house_is_due(self, intent: KeepHouse) -> bool:
        """Whether there is something to do here: not what the hub keeps, nor a later hallq."""
        if self.joined is not None or self._replica.is_newer:
            return False
        return bool(self._decide(intent, self.state, self._clock.read()))

    def change_staff(
        self, person: Staff, change: StaffChange, actor: Actor, password: str = ""
    ) -> Done | Refused:
        """Write somebody's entry. `password`: the actor's, for a list kept elsewhere. Raises StoreError."""
        roles = tuple(sorted(person.roles))
        intent = ChangeStaff(staff_id=person.staff_id, number=person.number, change=change, roles=roles)
        with self._writing:
            outcome = self._perform(intent, actor, lambda connection: staff_list.put(connection, person))
            self._catch_up()
        return outcome

    def number_elsewhere(self, complaint_id: str, actor: Actor) -> str | Refused:
        """A number to call back that is not kept here. Raises StoreError."""
        return Refused(Refusal(Reason.NUMBER_ELSEWHERE), self.state)

    def perform_with(self, intent: Intent, actor: Actor, beside: Apart | None = None) -> Done | Refused:
        """Carry out one intent, and write something apart in the same turn. Raises StoreError."""
        with self._writing:
            return self._perform(intent, actor, None, beside)

    def _perform(
        self,
        intent: Intent,
        actor: Actor,
        beside: Callable[[driver.Connection], None] | None = None,
        apart: Apart | None = None,
    ) -> Done | Refused:
        self._settle()
        recorded: list[Recorded] = []
        try:
            with self._store.writing(meanwhile=self._catch_up) as connection:
                before = self._replica.catch_up(connection)
                if self._replica.is_newer and self.joined is None:
                    raise StoreError(Trouble.NEWER_VERSION, {"path": str(self._store.path)})
                reading = self._clock.read()
                seen = self.barred(intent, actor) or self._as_it_may_act(connection, intent, before)
                decision = seen if isinstance(seen, Refusal) else self._decide(intent, seen, reading)
                if isinstance(decision, Refusal):
                    return Refused(decision, before)
                recorded = self._record(decision, before, reading, actor)
                after = self._write(connection, before, recorded)
                self._keep_numbers(recorded)  # in the turn: nobody reads them half written
                if beside is not None:
                    beside(connection)
                if apart is not None:
                    apart(before, recorded)
                self._unsettled = recorded[-1] if recorded else None
        except StoreError:
            if not self._settle():
                raise
        else:
            self._replica.take(after, recorded, placed=self.joined is None)
            self._unsettled = None
        return Done(tuple(r.event for r in recorded), self.state)

    def _as_it_may_act(
        self, connection: driver.Connection, intent: Intent, state: HallState
    ) -> HallState | Refusal:
        if self.joined is None:
            return state
        if self.joined.standing == Link.FENCED.value and (barred := barred_to_a_copy(intent)):
            return barred
        told = self._store.witness.look(self.joined.device)
        hand = in_hand(connection, told)
        return as_it_may_act(intent, state, hand.leased, hand.own, hand.doubted)

    def _decide(self, intent: Intent, state: HallState, reading: Reading) -> list[Event] | Refusal:
        joined, given = self.joined, self._given_numbers(intent, state)
        moment = Moment(
            self.config,
            self._replica.now_ms(reading),
            reading.wall_ms,
            self._origin.fresh_id,
            digit=joined.digit if joined else 1,
            given_numbers=given.highest,
            leap=given.leap,
            roster=self.roster,
        )
        decision = decide(intent, state, moment)
        return decision if isinstance(decision, Refusal) else list(decision)

    def _record(
        self, events: list[Event], state: HallState, reading: Reading, actor: Actor
    ) -> list[Recorded]:
        return self._origin.recorded(
            events,
            after=state.position,
            at_ms=self._replica.now_ms(reading),
            reading=reading,
            actor=actor,
            device=self.joined.device if self.joined else "",
        )

    def _write(self, connection: driver.Connection, before: HallState, recorded: list[Recorded]) -> HallState:
        after = fold(before, recorded)
        if recorded and self.joined is not None:
            outbox.append(connection, recorded, after.business_date)
        elif recorded:
            log.append(connection, recorded, after.business_date)
            write_changes(connection, before, after)
        contacts.forget_ended(self.path, recorded)
        if any(customers.ends_with(r.event, before.business_date) for r in recorded):
            customers.forget(connection)
        return after

    def _given_numbers(self, intent: Intent, state: HallState) -> Given:
        """What a file beside the database remembers, should the database be an older copy."""
        if not isinstance(intent, IssueTicket | CheckIn | TakeComplaint):
            return Given()
        return numbers.read(self._store.path, state.business_date)

    def _keep_numbers(self, recorded: list[Recorded]) -> None:
        issued = [r.event for r in recorded if isinstance(r.event, TicketIssued | ComplaintTaken)]
        if issued:
            given = {event.series: event.number for event in issued}
            today = business_date_of(self.wall_ms(), self.config)
            numbers.keep(self._store.path, issued[-1].business_date, given, today)

    def _settle(self) -> bool:
        """After a fault in the commit its outcome is unknown until looked up; whether it was written."""
        recorded = self._unsettled
        if recorded is None:
            return False
        try:
            written = self._store.holds(recorded)
            self._catch_up()
        except StoreError as error:
            journal().warning("outcome-unknown", incarnation=recorded.incarnation, seq=recorded.seq)
            raise StoreError(Trouble.OUTCOME_UNKNOWN, error.facts) from error
        self._unsettled = None
        return written

    def _catch_up(self) -> None:
        with self._store.reading() as connection:
            self._replica.catch_up(connection)

    def refresh(self) -> bool:
        """Take in what other programs wrote; whether there was anything. Raises StoreError."""
        version = self._store.data_version()
        if version == self._seen_version and self._unsettled is None:
            return False
        with self._writing:
            before = self.state
            self._settle()
            self._catch_up()
            self._seen_version = version
        return self.state is not before

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()
