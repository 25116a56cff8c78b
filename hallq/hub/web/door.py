"""Who comes in: every guarded route knows its caller and what that one may do before it reads on.

Tokens travel in the Authorization header only. No token, a wrong one, a revoked one and one
of another hall get the same answer.
"""

import functools
import ipaddress
import re
from typing import Annotated, Any

from fastapi import Depends, Request, Response, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer, SecurityScopes

from hallq.hub.desk import Hub
from hallq.hub.limits import NO_HALL, Limits, Rule
from hallq.hub.shapes import Caller, HubFault
from hallq.hub.web import bodies
from hallq.protocol import Fault

BY_DEVICE = Rule("device", allowed=3_000, window_ms=60_000, portion=60)
BY_ADDRESS = Rule("address", allowed=60_000, window_ms=60_000, portion=600)
"""A whole hall may stand behind one address."""
UNKNOWN = Rule("unknown", allowed=60, window_ms=60_000)
"""Requests of one address whose token is not known."""
ENROLMENTS = Rule("enrolments", allowed=120, window_ms=600_000)
WRONG_CODES = Rule("wrong-codes", allowed=10, window_ms=600_000)
WRONG_PASSWORDS = Rule("wrong-passwords", allowed=10, window_ms=600_000)
"""Of one terminal, under changes of the staff list."""

_IDENTITY = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_BEARER = re.compile(r"[Bb]earer ([!-~]{1,256})")


class Door:
    """Lets callers in, and counts them."""

    def __init__(self, hub: Hub, limits: Limits) -> None:
        """Both are safe to use from many threads."""
        self._hub = hub
        self._limits = limits

    def admit(self, hall: str, address: str, authorization: str) -> Caller:
        """Who this is. Raises HubFault: not known here, or too many requests."""
        self._limits.take(BY_ADDRESS, address)
        caller = self._counted(hall, address, authorization)
        self._limits.take(BY_DEVICE, caller.device, hall=hall)
        return caller

    def admit_known(self, hall: str, address: str, authorization: str) -> Caller | None:
        """Who came before and is let in again without the database; whatever it asks looks at it again."""
        token = _BEARER.fullmatch(authorization)
        caller = self._hub.remembered(hall, token[1]) if token else None
        if caller is None:
            return None
        held = self._limits.take_held((BY_ADDRESS, address, NO_HALL), (BY_DEVICE, caller.device, hall))
        return caller if held else None

    def refused(self, caller: Caller) -> None:
        """Look this one up the next time."""
        self._hub.forget(caller)

    def _counted(self, hall: str, address: str, authorization: str) -> Caller:
        try:
            return self.recognise(hall, authorization)
        except HubFault as fault:
            if fault.fault is Fault.UNAUTHORISED:
                self._limits.take(UNKNOWN, address)
            raise

    def recognise(self, hall: str, authorization: str) -> Caller:
        """Whose header this is, uncounted. Raises HubFault for one that is not good in this hall."""
        token = _BEARER.fullmatch(authorization)
        if token is None or not _IDENTITY.fullmatch(hall):
            raise HubFault(Fault.UNAUTHORISED)
        return self._hub.authenticate(hall, token[1])

    def admit_stranger(self, hall: str, address: str) -> None:
        """Before an enrolment. Raises HubFault for too many tries."""
        self._limits.take(BY_ADDRESS, address)
        self._limits.take(ENROLMENTS, address)
        self._limits.check(WRONG_CODES, address)
        if not _IDENTITY.fullmatch(hall):
            self.refuse_stranger(address)

    def refuse_stranger(self, address: str) -> None:
        """Count a wrong code; raises the answer."""
        self._limits.take(WRONG_CODES, address)
        raise HubFault(Fault.UNAUTHORISED)

    def may_try_password(self, caller: Caller) -> None:
        """Before a password is looked at. Raises HubFault after too many wrong ones of this device."""
        self._limits.check(WRONG_PASSWORDS, caller.device, hall=caller.hall)

    def count_wrong_password(self, caller: Caller) -> None:
        """It was wrong."""
        self._limits.take(WRONG_PASSWORDS, caller.device, hall=caller.hall)


def address_of(request: Request) -> str:
    """Where a request comes from; one network of IPv6 counts as one."""
    return _network_of(request.client.host if request.client else "")


@functools.lru_cache(maxsize=4_096)
def _network_of(host: str) -> str:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "local"
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def told_by(request: Request) -> tuple[str, str, str]:
    """Which hall is asked for, from where, and the header that says by whom."""
    hall, header = str(request.path_params["hall"]), request.headers.get("authorization", "")
    return hall, address_of(request), header


class GuardedRoute(APIRoute):
    """A route that is closed: the caller is known before a byte of the body is read."""

    def get_route_handler(self) -> Any:
        """The handler behind the door."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            request.state.caller = await run_in_threadpool(request.app.state.door.admit, *told_by(request))
            return await handle(await bodies.with_body(request))

        return guarded


class StrangerRoute(APIRoute):
    """A route for whoever has no token yet: counted strictly."""

    def get_route_handler(self) -> Any:
        """The handler behind the counter."""
        handle = super().get_route_handler()

        async def counted(request: Request) -> Response:
            hall = str(request.path_params["hall"])
            await run_in_threadpool(request.app.state.door.admit_stranger, hall, address_of(request))
            return await handle(await bodies.with_body(request))

        return counted


_bearer = HTTPBearer(auto_error=False, description="The token that enrolment gave, opaque.")


async def _allowed(
    request: Request, roles: SecurityScopes, _token: Annotated[Any, Depends(_bearer)]
) -> Caller:
    caller: Caller = request.state.caller
    if caller.role.value not in roles.scopes:
        raise HubFault(Fault.FORBIDDEN)
    return caller


def only(*roles: str) -> Any:
    """A dependency: the caller, whose role is one of these; else 403."""
    return Security(_allowed, scopes=list(roles))


async def hub_of(request: Request) -> Hub:
    """The hub that this service stands before."""
    hub: Hub = request.app.state.hub
    return hub


HubHere = Annotated[Hub, Depends(hub_of)]
