"""The ASGI application over one hub."""

import contextlib
from collections.abc import AsyncIterator, Callable

from fastapi import FastAPI

from hallq import __version__
from hallq.hub.desk import Hub
from hallq.hub.limits import Limits
from hallq.hub.web import health, operators, refusing, terminals, watching
from hallq.hub.web.bell import Bells
from hallq.hub.web.door import Door
from hallq.hub.web.metrics import Metrics
from hallq.hub.web.settings import WebSettings


def _nothing() -> None:
    """Whoever made the hub closes it."""


def create_app(
    hub: Hub, settings: WebSettings, limits: Limits, *, at_end: Callable[[], None] = _nothing
) -> FastAPI:
    """The service over `hub`; `at_end` is called when it has stopped."""
    app = FastAPI(
        title="hallq hub",
        version=__version__,
        description="One sequencer per hall: positions, grants, leases (docs/protocol.md).",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=refusing.ANYWHERE,
        lifespan=_living,
    )
    app.state.hub = hub
    app.state.settings = settings
    app.state.door = Door(hub, limits)
    app.state.bells = Bells(hub)
    app.state.metrics = Metrics()
    app.state.at_end = at_end
    for router in (
        terminals.talking,  # the first one is found first
        terminals.open_to_strangers,
        terminals.guarded,
        operators.router,
        health.router,
    ):
        app.include_router(router)
    refusing.install(app)
    watching.install(app, app.state.metrics)
    return app


@contextlib.asynccontextmanager
async def _living(app: FastAPI) -> AsyncIterator[None]:
    bells: Bells = app.state.bells
    silence = bells.hang()
    try:
        with bells.ended_by_signals():
            yield
    finally:
        bells.close()
        silence()
        app.state.at_end()
