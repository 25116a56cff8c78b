"""The routes of operators: who is enrolled, how the hall is."""

from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path

from hallq.hub.shapes import Caller, HubFault, Role
from hallq.hub.web.door import GuardedRoute, HubHere, only
from hallq.hub.web.shapes import DeviceTold, HallTold, Invitation, Invited
from hallq.hub.web.terminals import GUARDED, Anybody, HallName
from hallq.protocol import Fault
from hallq.protocol.base import Identity

Operator = Annotated[Caller, only("operator")]
DeviceName = Annotated[Identity, Path(description="The device's id.")]

router = APIRouter(prefix="/v1/halls/{hall}", route_class=GuardedRoute, responses=GUARDED, tags=["operator"])


@router.get("/status")
def status(hall: HallName, hub: HubHere, caller: Anybody) -> HallTold:
    """How the hall and its devices are; only an operator sees other devices than its own."""
    told = HallTold.model_validate(asdict(hub.status(hall)))
    if caller.role is Role.OPERATOR:
        return told
    return told.model_copy(update={"devices": [one for one in told.devices if one.device == caller.device]})


@router.get("/devices")
def devices(hall: HallName, hub: HubHere, caller: Operator) -> list[DeviceTold]:
    """All devices of the hall, the revoked ones too."""
    return [DeviceTold.model_validate(asdict(device)) for device in hub.devices(hall)]


@router.delete("/devices/{device}", status_code=HTTPStatus.NO_CONTENT)
def revoke(hall: HallName, device: DeviceName, hub: HubHere, caller: Operator) -> None:
    """The device's token is good no more."""
    revoked = {known.device: known.revoked for known in hub.devices(hall)}
    if device not in revoked:
        raise HubFault(Fault.BAD_REQUEST, "no such device")
    if not revoked[device]:
        hub.revoke(hall, device)


@router.post("/invitations", status_code=HTTPStatus.CREATED)
def invite(hall: HallName, asked: Invitation, hub: HubHere, caller: Operator) -> Invited:
    """A one-time code for a new terminal."""
    return Invited(code=hub.invite(hall, asked.name))
