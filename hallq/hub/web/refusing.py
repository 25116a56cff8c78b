"""Every answer that is not 2xx: its status, its body, and how the OpenAPI page tells it.

No body repeats what was sent: a validation error names the field and the rule only.
"""

import math
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from hallq import protocol
from hallq.hub.shapes import HubFault
from hallq.protocol import Fault, Refusing

STATUS: dict[Fault, HTTPStatus] = {
    Fault.UNAUTHORISED: HTTPStatus.UNAUTHORIZED,
    Fault.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Fault.FENCED: HTTPStatus.CONFLICT,
    Fault.OTHER_BODY: HTTPStatus.CONFLICT,
    Fault.RECOVERING: HTTPStatus.CONFLICT,
    Fault.SAY_HELLO: HTTPStatus.CONFLICT,
    Fault.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Fault.BAD_REQUEST: HTTPStatus.UNPROCESSABLE_ENTITY,
    Fault.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
    Fault.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
}

_FIELDS = {
    field
    for shape in vars(protocol).values()
    if isinstance(shape, type) and issubclass(shape, protocol.Wire)
    for field in shape.model_fields
}
_SHORTEST_WAIT_SECONDS = 1

Responses = dict[int | str, dict[str, Any]]


def answered(fault: Fault, detail: str = "", *, status: int = 0, wait_seconds: float = 0) -> Response:
    """The answer that says `fault`; `status` only where HTTP itself has a closer word."""
    headers = {}
    if fault is Fault.UNAUTHORISED:
        headers["WWW-Authenticate"] = "Bearer"
    if wait_seconds or fault in (Fault.TOO_MANY, Fault.BUSY):
        headers["Retry-After"] = str(max(_SHORTEST_WAIT_SECONDS, math.ceil(wait_seconds)))
    return Response(
        Refusing(fault=fault, detail=detail).model_dump_json(),
        status_code=status or STATUS[fault],
        media_type="application/json",
        headers=headers,
    )


def documented(*faults: Fault) -> Responses:
    """These faults on the OpenAPI page, those of one status together."""
    told: dict[int, list[str]] = {}
    for fault in faults:
        told.setdefault(int(STATUS[fault]), []).append(fault.value)
    return {status: {"model": Refusing, "description": ", ".join(words)} for status, words in told.items()}


ANYWHERE: Responses = {
    **documented(Fault.BUSY),
    400: {"model": Refusing, "description": "the request cannot be read"},
    405: {"model": Refusing, "description": "another method is needed"},
    500: {"model": Refusing, "description": "a fault of the hub itself; its log has the details"},
}
"""What every route may answer."""


def install(app: FastAPI) -> None:
    """Let every fault leave the service as `Refusing`."""
    app.add_exception_handler(HubFault, _hub_fault)
    app.add_exception_handler(RequestValidationError, _not_the_shape)
    app.add_exception_handler(HTTPException, _said_by_http)


def _hub_fault(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HubFault)
    # Whoever is not known learns nothing of what was looked up.
    detail = "" if error.fault is Fault.UNAUTHORISED else error.detail
    return answered(error.fault, detail, wait_seconds=error.retry_after_seconds)


def _not_the_shape(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if isinstance(part, int) or part in _FIELDS)
    return answered(Fault.BAD_REQUEST, f"{place or 'body'}: {first['type']}")


def _said_by_http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    answer = answered(Fault.BAD_REQUEST, HTTPStatus(error.status_code).phrase, status=error.status_code)
    answer.headers.update(error.headers or {})
    return answer
