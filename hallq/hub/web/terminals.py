"""The routes of terminals, and of hubs below this one: the conversation of `docs/protocol.md`."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from hallq.domain.refusals import Reason
from hallq.hub.shapes import Caller, HubFault
from hallq.hub.web.bell import EventStream, ring
from hallq.hub.web.door import Door, GuardedRoute, HubHere, StrangerRoute, address_of, only
from hallq.hub.web.refusing import documented
from hallq.hub.web.talking import TalkingRoute
from hallq.protocol import (
    Answer,
    Command,
    Enrol,
    Enrolled,
    Fault,
    GivenBack,
    Hello,
    Offered,
    Page,
    Pull,
    Pushed,
    Rotated,
    Snapshot,
    Welcome,
    Wire,
)
from hallq.protocol.base import Identity
from hallq.protocol.numbers import NumberAnswer, NumberAsk, NumberHeard, NumberKept
from hallq.protocol.staff import StaffAnswer, StaffAsk
from hallq.protocol.vips import VipPart

W = TypeVar("W", bound=Wire)

HallName = Annotated[Identity, Path(description="The hall's id.")]
Member = Annotated[Caller, only("terminal", "hub")]
Terminal = Annotated[Caller, only("terminal")]
Anybody = Annotated[Caller, only("terminal", "hub", "operator")]

GUARDED = documented(Fault.UNAUTHORISED, Fault.FORBIDDEN, Fault.TOO_MANY, Fault.BAD_REQUEST, Fault.TOO_LARGE)
_TALKING = documented(Fault.SAY_HELLO, Fault.FENCED)

guarded = APIRouter(prefix="/v1/halls/{hall}", route_class=GuardedRoute, responses=GUARDED, tags=["terminal"])
talking = APIRouter(prefix="/v1/halls/{hall}", route_class=TalkingRoute, responses=GUARDED, tags=["terminal"])
"""Only what looks at its caller again, in the transaction of its work."""
open_to_strangers = APIRouter(
    prefix="/v1/halls/{hall}",
    route_class=StrangerRoute,
    responses=documented(Fault.UNAUTHORISED, Fault.TOO_MANY, Fault.BAD_REQUEST, Fault.TOO_LARGE),
    tags=["enrolment"],
)


def _told(shape: Wire) -> Response:
    """The answer as it goes out: its shape needs no second check."""
    return Response(shape.model_dump_json(), media_type="application/json")


async def _in_thread(work: Callable[[Caller, W], Wire], caller: Caller, asked: W) -> Response:
    return await run_in_threadpool(lambda: _told(work(caller, asked)))


@open_to_strangers.post("/enrol")
def enrol(hall: HallName, asked: Enrol, hub: HubHere, request: Request) -> Enrolled:
    """Identity for a one-time code."""
    door: Door = request.app.state.door
    try:
        enrolled = hub.enrol(hall, asked)
    except HubFault as fault:
        if fault.fault is Fault.UNAUTHORISED:
            door.refuse_stranger(address_of(request))
        raise
    return enrolled.model_copy(update={"ca": request.app.state.settings.ca_pem})


@talking.post("/hello", response_model=Welcome, responses=documented(Fault.FENCED))
async def hello(hall: HallName, asked: Hello, hub: HubHere, caller: Member) -> Response:
    """The first words of a session."""
    return await _in_thread(hub.hello, caller, asked)


@talking.post("/push", response_model=Pushed, responses=_TALKING)
async def push(hall: HallName, asked: Offered, hub: HubHere, caller: Terminal) -> Response:
    """Own events, in order."""
    pushed = await asyncio.wrap_future(hub.push_in_turn(caller, asked))
    return _told(pushed)


@talking.post("/pull", response_model=Page, responses=_TALKING)
async def pull(hall: HallName, asked: Pull, hub: HubHere, caller: Member) -> Response:
    """What comes after a place."""
    return await _in_thread(hub.pull, caller, asked)


@talking.post(
    "/commands",
    response_model=Answer,
    responses=documented(Fault.SAY_HELLO, Fault.FENCED, Fault.OTHER_BODY, Fault.RECOVERING),
)
async def command(hall: HallName, asked: Command, hub: HubHere, caller: Terminal) -> Response:
    """An intent that only the hub may decide."""
    answer = await asyncio.wrap_future(hub.command_in_turn(caller, asked))
    return _told(answer)


@talking.post("/give-back", response_model=Welcome, responses=_TALKING)
async def give_back(hall: HallName, asked: GivenBack, hub: HubHere, caller: Member) -> Response:
    """Entries that the hub has lost, or that a hub below it forwards."""
    return await _in_thread(hub.give_back, caller, asked)


@guarded.post("/rotate")
def rotate(hall: HallName, hub: HubHere, caller: Anybody) -> Rotated:
    """A new token for the caller."""
    return Rotated(token=hub.rotate(caller))


@guarded.get("/settings")
def settings(hall: HallName, hub: HubHere, caller: Anybody) -> Snapshot:
    """The newest settings of the hall."""
    return hub.settings(caller)


@guarded.get("/staff")
def staff(hall: HallName, hub: HubHere, caller: Terminal) -> Snapshot:
    """The hall's staff list, with hashes: a terminal signs people in when it is cut off, too."""
    return hub.staff(caller)


@guarded.post("/staff")
def change_staff(
    hall: HallName, asked: StaffAsk, hub: HubHere, caller: Terminal, request: Request
) -> StaffAnswer:
    """Somebody at a terminal changes the staff list, with the own password as proof."""
    door: Door = request.app.state.door
    door.may_try_password(caller)
    answer = hub.ask_staff(caller, asked)
    if answer.refusal == Reason.SIGN_IN_AGAIN:
        door.count_wrong_password(caller)
    return answer


@guarded.post("/numbers", responses=documented(Fault.RECOVERING))
def keep_number(hall: HallName, told: NumberKept, hub: HubHere, caller: Terminal) -> NumberHeard:
    """A number to call back, from the terminal that took a complaint."""
    return hub.keep_number(caller, told)


@guarded.post("/numbers/look", responses=documented(Fault.RECOVERING))
def number_to_call(hall: HallName, asked: NumberAsk, hub: HubHere, caller: Terminal) -> NumberAnswer:
    """The number, for a manager who calls back; each look is an event."""
    return hub.number_to_call(caller, asked)


@guarded.get("/vips", response_model=VipPart)
def vips(
    hall: HallName,
    hub: HubHere,
    caller: Terminal,
    have: Annotated[int, Query(ge=0, le=2**53, description="The version that is on the terminal.")] = 0,
    after: Annotated[str, Query(max_length=64, description="The reference before the part.")] = "",
    since: Annotated[int, Query(ge=0, le=2**53, description="Only what changed since this version.")] = 0,
) -> Response:
    """A part of the hall's VIP directory: keyed hashes, tiers, and what opens them."""
    return _told(hub.vips(caller, have, after, since))


@guarded.get("/bell", response_class=EventStream)
async def bell(hall: HallName, caller: Anybody, request: Request) -> Response:
    """Events `hall` with the newest position as `id` and `data`; a comment when it is silent."""
    state, token = request.app.state, request.headers["authorization"]

    async def told() -> AsyncIterator[bytes]:
        with state.metrics.bells.track_inprogress():
            async with state.bells.listening(hall, caller.device) as listener:
                async for position in listener.rings(state.settings):
                    if position is None:
                        await run_in_threadpool(state.door.recognise, hall, token)
                    yield b": still here\n\n" if position is None else ring(position)

    return EventStream(told())
