"""What a client may send: so many bytes, counted as they come; JSON, not deeper than so.

Bodies are never unpacked, so that no small one becomes a large one.
"""

import asyncio
import math
from typing import Any

from fastapi import Request
from pydantic_core import from_json

from hallq.hub.shapes import HubFault
from hallq.protocol import Fault

BODY_BYTES = 1024 * 1024
DEEPEST = 20
SLOWEST_SECONDS = 30.0
"""From the first to the last byte of a body."""


class ReadRequest(Request):
    """A request whose body was read and checked before its route sees it."""

    def __init__(self, request: Request, body: bytes, value: Any) -> None:
        """`value` is what the JSON text `body` says."""
        super().__init__(request.scope, request.receive)
        self._read = body
        self._value = value

    async def body(self) -> bytes:
        """The bytes as they came."""
        return self._read

    async def json(self) -> Any:
        """The value that was read from them."""
        return self._value


async def read(request: Request) -> tuple[bytes, Any]:
    """The body and what it says. Raises HubFault for one that is too large, too deep or not JSON."""
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise HubFault(Fault.BAD_REQUEST, "send the body as it is, not packed")
    body = await _bytes_of(request)
    if not body:
        return b"", None
    try:
        value = from_json(body, allow_inf_nan=False)
    except ValueError:
        raise HubFault(Fault.BAD_REQUEST, "the body is not JSON") from None
    _check(value)
    return body, value


async def with_body(request: Request) -> Request:
    """The request with its body, which was read and checked. Raises HubFault as `read`."""
    return ReadRequest(request, *await read(request))


async def _bytes_of(request: Request) -> bytes:
    told = request.headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told[:20]) > BODY_BYTES:
        raise HubFault(Fault.TOO_LARGE, f"at most {BODY_BYTES} bytes")
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > BODY_BYTES:
                    raise HubFault(Fault.TOO_LARGE, f"at most {BODY_BYTES} bytes")
    except TimeoutError:
        raise HubFault(Fault.BAD_REQUEST, f"the body took longer than {SLOWEST_SECONDS:.0f} s") from None
    return bytes(body)


def _check(value: Any) -> None:
    """Depth by depth, without recursion; numbers that JSON has no word for are refused, too."""
    level = [value]
    for _ in range(DEEPEST + 1):
        if any(isinstance(item, float) and not math.isfinite(item) for item in level):
            raise HubFault(Fault.BAD_REQUEST, "a number is too large")
        level = [inner for item in level for inner in _inside(item)]
        if not level:
            return
    raise HubFault(Fault.BAD_REQUEST, f"nested deeper than {DEEPEST}")


def _inside(item: Any) -> Any:
    if isinstance(item, dict):
        return item.values()
    return item if isinstance(item, list) else ()
