"""A bad network on the loopback: what it does to each connection follows from a seed.

It passes bytes on between clients and one server, and knows nothing of them, except that
`TWICE` reads HTTP/1.1 requests to send each of them twice. Not for TLS with `TWICE`.
"""

import asyncio
import contextlib
import random
import socket
import struct
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType

LOOPBACK = "127.0.0.1"
_CHUNK = 16 * 1024
_RST_AT_CLOSE = struct.pack("ii", 1, 0)


class Fault(StrEnum):
    """What happens to a connection."""

    NONE = "none"
    DELAY = "delay"
    """Each piece of an answer comes `amount` seconds late."""
    THROTTLE = "throttle"
    """Answers come with `amount` bytes a second."""
    DROP = "drop"
    """Accepted and closed: the server hears nothing."""
    RESET = "reset"
    """Reset as soon as the request is there: the server hears nothing."""
    BLACK_HOLE = "black-hole"
    """The request is read and nobody answers: the server hears nothing."""
    MUTE = "mute"
    """The server gets the request; its answer never comes."""
    CUT_ANSWER = "cut-answer"
    """The connection ends after `amount` bytes of answers."""
    HALF_CLOSE = "half-close"
    """Nothing comes any more after `amount` bytes of answers, but requests are still taken."""
    TWICE = "twice"
    """Each request reaches the server twice; the second answer is given."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The fault of a connection; `amount` in the unit of the fault."""

    fault: Fault = Fault.NONE
    amount: float = 0


Plans = Callable[[int], Plan]
"""The plan of a connection by its number, from 0."""


def always(fault: Fault, amount: float = 0) -> Plans:
    """Every connection meets this fault."""
    return lambda number: Plan(fault, amount)


def by_seed(seed: int, shares: Mapping[Plan, float]) -> Plans:
    """Each plan meets so large a share of the connections, the others go well."""
    plans = [*shares, Plan()]
    weights = [*shares.values(), max(0.0, 1 - sum(shares.values()))]

    def plan_of(number: int) -> Plan:
        return random.Random(f"{seed} {number}").choices(plans, weights)[0]

    return plan_of


class FaultProxy:
    """A port that leads to the server `target`. Used with `with`; its calls come from any thread."""

    def __init__(self, target: tuple[str, int], plans: Plans = always(Fault.NONE)) -> None:  # noqa: B008
        """`plans` may be set anew at any time, for the connections that come then."""
        self.plans = plans
        self.port = 0
        self.seen: list[Plan] = []
        self._target = target
        self._cut: Plan | None = None
        self._loop = asyncio.new_event_loop()
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="fault-proxy", daemon=True)
        self._ready = threading.Event()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{LOOPBACK}:{self.port}"

    def __enter__(self) -> "FaultProxy":
        """Listen."""
        self._thread.start()
        self._ready.wait(60)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Reset what is connected, and end."""
        self._in_loop(self._end_all)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)

    def cut(self, fault: Fault = Fault.RESET) -> None:
        """From now on nothing goes through: what is connected is reset, what comes meets `fault`."""
        self._cut = Plan(fault)
        self._in_loop(self._end_all)

    def heal(self) -> None:
        """New connections go by their plans again; those that hang since the cut are reset."""
        self._cut = None
        self._in_loop(self._end_all)

    def _in_loop(self, action: Callable[[], None]) -> None:
        done = threading.Event()

        def act() -> None:
            action()
            self._loop.call_soon(done.set)  # after what the action woke

        self._loop.call_soon_threadsafe(act)
        done.wait(60)

    def _end_all(self) -> None:
        for task in self._connections:
            task.cancel()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._accept, LOOPBACK, 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(asyncio.gather(*self._connections, return_exceptions=True))
        self._loop.close()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        plan = self._cut or self.plans(len(self.seen))
        self.seen.append(plan)
        task = self._loop.create_task(self._serve(plan, reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _serve(self, plan: Plan, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, EOFError):
                await self._suffer(plan, reader, writer)
            writer.close()
        except asyncio.CancelledError:
            _reset(writer)

    async def _suffer(self, plan: Plan, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if plan.fault is Fault.DROP:
            return
        if plan.fault is Fault.RESET:
            await reader.read(_CHUNK)
            _reset(writer)
        elif plan.fault is Fault.BLACK_HOLE:
            while await reader.read(_CHUNK):
                pass
        elif plan.fault is Fault.TWICE:
            while request := await _request(reader):
                await self._answer(request)
                writer.write(await self._answer(request))
                await writer.drain()
        else:
            await self._pass_on(plan, reader, writer)

    async def _answer(self, request: bytes) -> bytes:
        """The server's whole answer, on a connection of its own."""
        reader, writer = await asyncio.open_connection(*self._target)
        try:
            writer.write(request)
            return await _message(reader)
        finally:
            writer.close()

    async def _pass_on(self, plan: Plan, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(*self._target)
        upwards = self._loop.create_task(_pump(reader, to_server))
        try:
            await _answers(plan, from_server, writer)
            if plan.fault is Fault.HALF_CLOSE:
                writer.write_eof()
                await upwards
        finally:
            upwards.cancel()
            to_server.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await reader.read(_CHUNK):
            writer.write(piece)
            await writer.drain()
        writer.write_eof()


async def _answers(plan: Plan, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass answers on as the plan says; comes back when the server has ended, or the fault came."""
    left = int(plan.amount)
    while piece := await reader.read(_CHUNK):
        if plan.fault is Fault.MUTE:
            continue
        if plan.fault is Fault.DELAY:
            await asyncio.sleep(plan.amount)
        if plan.fault is Fault.THROTTLE:
            await asyncio.sleep(len(piece) / plan.amount)
        if plan.fault in (Fault.CUT_ANSWER, Fault.HALF_CLOSE):
            piece, left = piece[:left], left - len(piece)
        writer.write(piece)
        await writer.drain()
        if left < 0 and plan.fault is Fault.CUT_ANSWER:
            writer.write_eof()  # what was let through arrives, and no more
        if left < 0:
            return


async def _request(reader: asyncio.StreamReader) -> bytes:
    """The next request; empty when the client has no further one."""
    try:
        return await _message(reader)
    except asyncio.IncompleteReadError:
        return b""


async def _message(reader: asyncio.StreamReader) -> bytes:
    """A message of HTTP with a body of told length."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + (await reader.readexactly(int(lengths[0].split(b":")[1])) if lengths else b"")


def _reset(writer: asyncio.StreamWriter) -> None:
    """The other side gets an RST, not an end."""
    plain: socket.socket = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):  # it was closed by the other side already
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RST_AT_CLOSE)
    writer.transport.abort()
