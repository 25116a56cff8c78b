"""For load balancers and those who watch: alive, able to work, figures. No hall is named."""

from fastapi import APIRouter, Request, Response

from hallq.hub.web.door import HubHere
from hallq.hub.web.metrics import CONTENT_TYPE
from hallq.hub.web.shapes import Well

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> Well:
    """The process answers; the database is not asked."""
    return Well()


@router.get("/readyz")
def readyz(hub: HubHere) -> Well:
    """The database answers; else 503."""
    hub.halls()
    return Well()


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def metrics(request: Request) -> Response:
    """Figures in the text format of Prometheus."""
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE)
