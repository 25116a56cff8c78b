"""Moments in the life of a hall, always the same: for pictures of the screens."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from hallq.domain import intents as i
from hallq.domain.attendance import PresenceChange
from hallq.domain.counters import CounterState
from hallq.domain.handover import Topic
from hallq.domain.lanes import Tier
from hallq.domain.tickets import TicketState
from hallq.hall import Actor, Hall
from hallq.settings import load_config
from hallq.store import Store, open_store
from tests.builders import DATE, MEMORY_DISK, HandClock, TryHall, new_store
from tests.staff.people import EVERYBODY, a_person, employ

Scene = Callable[[Path], TryHall]

OPENING_MS = 1_795_307_400_000
"""08:30 in Shanghai on that November day."""

SERVICES = ("payment", "sim_replacement", "bill_query", "plan_change", "consultation", "new_connection")
_PLAIN, _GOLD, _DIAMOND, _SILVER = Tier.NONE, Tier.GOLD, Tier.DIAMOND, Tier.SILVER
TIERS = (_PLAIN, _PLAIN, _GOLD, _PLAIN, _PLAIN, _PLAIN, _DIAMOND, _PLAIN, _SILVER)


def _scene(store: Store, clock: HandClock, incarnation: str) -> TryHall:
    return TryHall(Hall(store, load_config(), clock=clock, new_incarnation=lambda: incarnation), store, clock)


def empty_morning(folder: Path) -> TryHall:
    """Ten minutes before opening: nobody is here, the day is not open."""
    return _scene(new_store(folder / "hall.db"), HandClock(wall_ms=OPENING_MS - 600_000), "scene")


def busy_hall(folder: Path) -> TryHall:
    """Some two hours after opening: six counters serve, one pauses, the standard lane runs late.

    The two hours are lived once; everybody has a copy of the file.
    """
    return _copy_of(_two_hours, folder)


def _copy_of(scene: Scene, folder: Path) -> TryHall:
    written, now = _file_of(scene)
    path = folder / "hall.db"
    path.write_bytes(written)
    return _scene(open_store(path), replace(now), "next scene")


@cache
def _file_of(scene: Scene) -> tuple[bytes, HandClock]:
    """What is written then, and what the clock says."""
    with tempfile.TemporaryDirectory(prefix="scene", dir=MEMORY_DISK) as folder:
        hall = scene(Path(folder))
        hall.hall.close()
        return hall.store.path.read_bytes(), hall.clock


def _two_hours(folder: Path) -> TryHall:
    hall = empty_morning(folder)
    hall.clock.pass_minutes(10)
    hall.does(i.OpenDay(business_date=DATE))
    for number in range(1, 8):
        hall.does(i.OpenCounter(counter=number, clerk=f"10{number:02d}"))
    hall.does(i.PauseCounter(counter=7, reason="meal"))
    for minute in range(131):
        _one_minute(hall, minute)
    return _with_details(hall)


def _one_minute(hall: TryHall, minute: int, counters: tuple[int, ...] = (1, 2, 3, 4, 5, 6)) -> None:
    arrivals = 2 if minute >= 60 and minute % 4 == 0 else 1
    for each in range(arrivals):
        turn = minute * 2 + each
        hall.does(i.IssueTicket(service=SERVICES[turn % 6], tier=TIERS[turn % 9]))
        hall.clock.pass_ms(1_000)
    for number in counters:
        _one_counter(hall, number, minute)
    hall.does(i.KeepHouse())
    hall.clock.pass_ms(60_000 - arrivals * 1_000)


def _one_counter(hall: TryHall, number: int, minute: int) -> None:
    counter = hall.state.counter(number)
    if counter.state is CounterState.SERVING and (minute + number * 3) % (5 + number % 3) == 0:
        hall.does(i.FinishVisit(counter=number))
        counter = hall.state.counter(number)
    if counter.state is CounterState.CALLING:
        missing = minute % 37 == 5
        hall.does(i.ReportMissed(counter=number) if missing else i.ConfirmArrival(counter=number))
    elif counter.state is CounterState.OPEN and hall.state.waiting():
        hall.hall.perform(i.CallNext(counter=number), hall.actor)


def _with_details(hall: TryHall) -> TryHall:
    """Counter 5 has somebody on hold; counter 3 serves a diamond customer the second thing."""
    _make_free(hall, 5)
    hall.does(i.CallNext(counter=5))
    hall.does(i.ConfirmArrival(counter=5))
    hall.does(i.HoldVisit(counter=5, reason="filling_form", minutes=8))
    _make_free(hall, 3)
    hall.does(i.IssueTicket(service="bill_query", tier=Tier.DIAMOND))
    others = (1, 2, 4, 6)
    _one_minute(hall, 0, others)
    newest = max((t for t in hall.state.waiting() if t.tier is Tier.DIAMOND), key=lambda t: t.issued_ms)
    hall.does(i.CallTicket(counter=3, ticket_id=newest.ticket_id))
    hall.clock.pass_ms(20_000)
    hall.does(i.ConfirmArrival(counter=3))
    hall.clock.pass_ms(80_000)
    hall.does(i.StartTransaction(counter=3, service="sim_replacement"))
    for minute in range(1, 7):
        _one_minute(hall, minute, others)
    hall.clock.pass_ms(41_000)
    _make_free(hall, 5)
    hall.does(i.CallNext(counter=5))
    return hall


def _make_free(hall: TryHall, number: int) -> None:
    if hall.state.counter(number).state is CounterState.CALLING:
        hall.does(i.ConfirmArrival(counter=number))
    if hall.state.counter(number).state is CounterState.SERVING:
        hall.does(i.FinishVisit(counter=number))


def worst_rush(folder: Path) -> TryHall:
    """Sixty wait and all are late; two counters serve."""
    hall = empty_morning(folder)
    hall.clock.pass_minutes(10)
    hall.does(i.OpenDay(business_date=DATE))
    for turn in range(62):
        hall.does(i.IssueTicket(service=SERVICES[turn % 6], tier=TIERS[turn % 9]))
        hall.clock.pass_ms(20_000)
    for number in (2, 3):
        hall.does(i.OpenCounter(counter=number, clerk=f"10{number:02d}"))
        hall.does(i.CallNext(counter=number))
        hall.does(i.ConfirmArrival(counter=number))
    hall.clock.pass_minutes(20)
    assert len(hall.state.in_state(TicketState.WAITING)) == 60
    return hall


def shift_begins(folder: Path) -> TryHall:
    """Five past opening: two are missing, one has a day off, the shift before left word."""
    hall = empty_morning(folder)
    employ(hall.hall, *EVERYBODY, a_person("1003"), a_person("1004"))
    hall.actor = Actor("1002", "t2")
    hall.does(i.WriteNote(topic=Topic.EQUIPMENT, text="读卡器要刷两次，新的周三到货。", at_counter=2))
    hall.does(i.WriteNote(topic=Topic.CASE, text="B031 comes again on Monday with the contract."))
    for number in ("3001", "2001", "1001"):
        here = i.ReportPresence(staff_id=f"id-{number}", number=number, change=PresenceChange.SIGNED_IN)
        hall.does(here)
        hall.clock.pass_minutes(4)
    hall.does(i.ReportPresence(staff_id="id-1004", number="1004", change=PresenceChange.EXCUSED))
    hall.does(i.OpenDay(business_date=DATE))
    hall.does(i.OpenCounter(counter=2, clerk="1001"))
    hall.clock.pass_minutes(3)
    return hall


def as_actor(hall: TryHall, name: str) -> TryHall:
    """The same hall with somebody else at the terminal."""
    return replace(hall, actor=Actor(name, "t1"))


def a_day_of_appointments(folder: Path) -> TryHall:
    """The busy hall at three minutes to eleven: one customer of eleven o'clock is here, the other is not."""
    return _copy_of(_with_appointments, folder)


def _with_appointments(folder: Path) -> TryHall:
    hall = _two_hours(folder)
    for time, tier, service in BOOKED:
        hall.does(i.BookAppointment(slot=f"{DATE}T{time}", service=service, tier=tier))
    hall.clock.pass_minutes(7)
    first = min(hall.state.appointments.values(), key=lambda a: (a.slot, a.booked_ms))
    hall.does(i.CheckIn(appointment_id=first.appointment_id))
    return hall


BOOKED = (
    ("11:00", _GOLD, "payment"),
    ("11:00", _DIAMOND, "sim_replacement"),
    ("11:30", _GOLD, "plan_change"),
    ("14:00", Tier.SUPREME, "new_connection"),
    ("14:00", _GOLD, "bill_query"),
    ("15:30", _DIAMOND, "consultation"),
)
