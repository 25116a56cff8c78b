"""The route of the conversation, which all terminals wait for: no more work for a request than it needs.

FastAPI tells what it is on the OpenAPI page. The way from the request to the endpoint is shorter
here, because finding out anew for each request what the endpoint needs costs more than deciding a call.
"""

from typing import Any, get_type_hints

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import ValidationError

from hallq.hub.shapes import Caller, HubFault
from hallq.hub.web import bodies
from hallq.hub.web.door import Door, told_by
from hallq.protocol import Fault, Wire


class TalkingRoute(APIRoute):
    """A closed route: its endpoint takes `hall`, `asked`, `hub` and `caller`, and is a coroutine.

    Its work looks at the caller's token in its own transaction. So whoever came before is let in
    without asking the database twice.
    """

    def get_route_handler(self) -> Any:
        """The handler behind the door."""
        hints = get_type_hints(self.endpoint, include_extras=True)
        shape: type[Wire] = hints["asked"]
        roles = frozenset(role for told in hints["caller"].__metadata__ for role in told.scopes)

        async def talked(request: Request) -> Response:
            state = request.app.state
            caller = request.state.caller = await _let_in(state.door, request)
            if caller.role.value not in roles:
                raise HubFault(Fault.FORBIDDEN)
            asked = _shaped(shape, (await bodies.read(request))[1])
            try:
                answer: Response = await self.endpoint(
                    hall=caller.hall, asked=asked, hub=state.hub, caller=caller
                )
            except HubFault as fault:
                if fault.fault is Fault.UNAUTHORISED:
                    state.door.refused(caller)
                raise
            return answer

        return talked


async def _let_in(door: Door, request: Request) -> Caller:
    told = told_by(request)
    known = door.admit_known(*told)
    return await run_in_threadpool(door.admit, *told) if known is None else known


def _shaped(shape: type[Wire], value: Any) -> Wire:
    """What was said, as it must be. Raises RequestValidationError, as FastAPI does."""
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        told = error.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in told]) from None
