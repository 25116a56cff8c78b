"""The routes of terminals, and of hubs below this one: the conversation of `docs/protocol.md`."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from hallq.hub.shapes import Caller, HubFault
from hallq.hub.web.door import Door, GuardedRoute, HubHere, StrangerRoute, address_of, only
from hallq.hub.web.refusing import documented
from hallq.hub.web.shapes import Rotated
from hallq.protocol import (
    Answer,
    Command,
    Enrol,
    Enrolled,
    Fault,
    GivenBack,
    Hello,
    Page,
    Pull,
    Push,
    Pushed,
    Snapshot,
    Welcome,
)
from hallq.protocol.base import Identity

HallName = Annotated[Identity, Path(description="The hall's id.")]
Member = Annotated[Caller, only("terminal", "hub")]
Terminal = Annotated[Caller, only("terminal")]
Anybody = Annotated[Caller, only("terminal", "hub", "operator")]

GUARDED = documented(Fault.UNAUTHORISED, Fault.FORBIDDEN, Fault.TOO_MANY, Fault.BAD_REQUEST, Fault.TOO_LARGE)
_TALKING = documented(Fault.SAY_HELLO, Fault.FENCED)

guarded = APIRouter(prefix="/v1/halls/{hall}", route_class=GuardedRoute, responses=GUARDED, tags=["terminal"])
open_to_strangers = APIRouter(
    prefix="/v1/halls/{hall}",
    route_class=StrangerRoute,
    responses=documented(Fault.UNAUTHORISED, Fault.TOO_MANY, Fault.BAD_REQUEST, Fault.TOO_LARGE),
    tags=["enrolment"],
)


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


@guarded.post("/hello", responses=documented(Fault.FENCED))
def hello(hall: HallName, asked: Hello, hub: HubHere, caller: Member) -> Welcome:
    """The first words of a session."""
    return hub.hello(caller, asked)


@guarded.post("/push", responses=_TALKING)
def push(hall: HallName, asked: Push, hub: HubHere, caller: Terminal) -> Pushed:
    """Own events, in order."""
    return hub.push(caller, asked)


@guarded.post("/pull", responses=_TALKING)
def pull(hall: HallName, asked: Pull, hub: HubHere, caller: Member) -> Page:
    """What comes after a place."""
    return hub.pull(caller, asked)


@guarded.post(
    "/commands", responses=documented(Fault.SAY_HELLO, Fault.FENCED, Fault.OTHER_BODY, Fault.RECOVERING)
)
def command(hall: HallName, asked: Command, hub: HubHere, caller: Terminal) -> Answer:
    """An intent that only the hub may decide."""
    return hub.command(caller, asked)


@guarded.post("/give-back", responses=_TALKING)
def give_back(hall: HallName, asked: GivenBack, hub: HubHere, caller: Member) -> Welcome:
    """Entries that the hub has lost, or that a hub below it forwards."""
    return hub.give_back(caller, asked)


@guarded.post("/rotate")
def rotate(hall: HallName, hub: HubHere, caller: Anybody) -> Rotated:
    """A new token for the caller."""
    return Rotated(token=hub.rotate(caller))


@guarded.get("/settings")
def settings(hall: HallName, hub: HubHere, caller: Anybody) -> Snapshot:
    """The newest settings of the hall."""
    return hub.settings(caller)


@guarded.get("/bell", response_class=EventSourceResponse)
async def bell(hall: HallName, caller: Anybody, request: Request) -> AsyncIterator[ServerSentEvent]:
    """Events `hall` with the newest position as `id` and `data`; a comment when it is silent."""
    state = request.app.state
    token = request.headers["authorization"]
    with state.metrics.bells.track_inprogress():
        async with state.bells.listening(hall, caller.device) as listener:
            async for position in listener.rings(state.settings):
                if position is None:
                    await run_in_threadpool(state.door.recognise, hall, token)
                    yield ServerSentEvent(comment="still here")
                else:
                    yield ServerSentEvent(event="hall", id=str(position), data=position)
