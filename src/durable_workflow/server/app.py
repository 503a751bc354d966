"""The ASGI application: it routes, admits, has the engine answer, and checks what goes out."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from durable_workflow.server._admission import BODY_PATIENCE, DEFAULT_NAMESPACE, Admission
from durable_workflow.server._auth import Credentials
from durable_workflow.server._calls import Refusal, Reply
from durable_workflow.server._capabilities import LIMITS, server_capabilities
from durable_workflow.server._compression import compressed
from durable_workflow.server._contract import packaged_contract
from durable_workflow.server._documents import document
from durable_workflow.server._execution import SERVICE_OPERATIONS, Engine, Executor, default_engine
from durable_workflow.server._hosts import Hosts
from durable_workflow.server._http import (
    Answer,
    BodyTooSlow,
    ClientGone,
    Receive,
    Request,
    Scope,
    Send,
    read_head,
    write,
)
from durable_workflow.server._json import dump
from durable_workflow.server._leaper import Leaper
from durable_workflow.server._lifespan import serve_lifespan
from durable_workflow.server._not_yet import NOT_YET
from durable_workflow.server._planes import NO_STORE, Dressed, Planes
from durable_workflow.server._polls import Hub
from durable_workflow.server._refusals import host_not_allowed, method_not_allowed, not_found, request_timeout
from durable_workflow.server._routing import Route, Router
from durable_workflow.server._storage_faults import storage_failed
from durable_workflow.server._ticker import CLOCK_TOPIC, Ticker
from durable_workflow.server._traffic import Traffic
from durable_workflow.server.clock import LeapingClock
from durable_workflow.server.store.errors import StoreError

if TYPE_CHECKING:
    from durable_workflow.server.store import Store
    from durable_workflow_api.operations import Operation

__all__ = ["App", "Credentials", "Engine", "Violation"]

_log = logging.getLogger("durable_workflow.server")

# Of the newest faults; all of them are in the log.
_REMEMBERED = 1000
_REAL_TIME = "this server runs on real time; start it with virtual_time"
_SERVER_ERROR = Answer(500, b'{"message":"Server Error"}', NO_STORE)


@dataclass(frozen=True, slots=True)
class Violation:
    """An answer that the specification does not allow: a fault of this server.

    Args:
        operation: The operationId.
        status: The status of the answer.
        problem: What is wrong, with the path of the member.
    """

    operation: str
    status: int
    problem: str


class App:
    """Serves the protocol over ASGI.

    It runs between `start` and `stop`; an ASGI server with lifespan support calls both.

    Args:
        store: The opened store; whoever opened it closes it.
        credentials: The tokens that are accepted; none at all lets every caller in.
        engine: The rules; those of this package if omitted.
        namespaces: The namespaces that exist.
        leaps: Whether virtual time leaps by itself; it does nothing on a clock that cannot leap.
        hosts: The names to answer to; None answers to every name.
    """

    def __init__(
        self,
        store: Store,
        *,
        credentials: Credentials | None = None,
        engine: Engine | None = None,
        namespaces: frozenset[str] = frozenset({DEFAULT_NAMESPACE}),
        leaps: bool = True,
        hosts: Hosts | None = None,
    ) -> None:
        rules = engine or default_engine()
        served = _served(rules)
        capabilities = server_capabilities(rules.commands, store.settings.poll_timeout)
        capabilities["virtual_time"] = isinstance(store.clock, LeapingClock)
        self.hub = Hub()
        self.violations: deque[Violation] = deque(maxlen=_REMEMBERED)
        self._router = Router(served.values())
        self._contract = packaged_contract().anew()
        self._planes = Planes(capabilities)
        limit = LIMITS["max_payload_bytes"]
        self._admission = Admission(
            self._contract, self._planes, credentials or Credentials(), namespaces, limit
        )
        self._traffic = Traffic()
        self._executor = Executor(store, rules, self.hub, self._traffic, capabilities)
        self._ticker = Ticker(store, rules.tick)
        self._leaper = None
        if isinstance(store.clock, LeapingClock) and rules.leaps is not None:
            self._leaper = Leaper(store, self._traffic, rules.leaps, self._ticker.wake)
        self._leaps = leaps
        self._hosts = hosts
        store.on_commit(self._committed)

    async def start(self) -> None:
        """Let time pass: timers, leases and time-outs are served from now on, and polls wait."""
        self.hub.open()
        self._ticker.start()
        if self._leaper is not None and self._leaps:
            self._leaper.start()

    async def stop(self) -> None:
        """Answer every waiting poll with its empty reply and let time stand still."""
        self.release_polls()
        if self._leaper is not None:
            await self._leaper.stop()
        await self._ticker.stop()

    async def advance(self, seconds: float) -> float:
        """Move virtual time, stopping at everything that is due on the way and waiting for what it causes.

        Args:
            seconds: How far.

        Returns:
            The new time, in epoch seconds.

        Raises:
            RuntimeError: If the server runs on real time.
        """
        if self._leaper is None:
            raise RuntimeError(_REAL_TIME)
        return await self._leaper.advance(seconds)

    async def leap_freely(self, freely: bool) -> None:
        """Have virtual time leap by itself from now on, or only when it is told to.

        Args:
            freely: Whether it leaps by itself.

        Raises:
            RuntimeError: If the server runs on real time.
        """
        if self._leaper is None:
            raise RuntimeError(_REAL_TIME)
        await self._leaper.stop()
        if freely:
            self._leaper.start()

    async def nothing_follows(self) -> bool:
        """Return whether no task is out or ready, and nothing will ever become due by itself.

        Raises:
            RuntimeError: If the server runs on real time.
        """
        if self._leaper is None:
            raise RuntimeError(_REAL_TIME)
        return await self._leaper.nothing_follows()

    def release_polls(self) -> None:
        """Answer every waiting poll, and every later one until `start`, with its empty reply."""
        self.hub.close()

    def wake_ticker(self) -> None:
        """Look at once what is due; needed after a virtual clock was moved."""
        self._ticker.wake()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one ASGI connection."""
        if scope["type"] == "lifespan":
            await serve_lifespan(receive, send, self.start, self.stop)
        elif scope["type"] == "http":
            request = read_head(scope)
            with self._traffic.served(request.path):
                await self._serve(request, receive, send)
        else:
            raise ValueError(f"the server does not speak {scope['type']}")

    async def _serve(self, request: Request, receive: Receive, send: Send) -> None:
        try:
            answer = await self._answer(request, receive)
        except ClientGone:
            return
        except BodyTooSlow:
            answer = self._stray(request, request_timeout(BODY_PATIENCE), connection="close")
        except Exception:
            _log.exception("%s %s failed", request.method, request.path)
            answer = _SERVER_ERROR
        answer = await compressed(answer, request.headers.get("accept-encoding", ""))
        await write(send, answer, head=request.method == "HEAD")

    async def _answer(self, request: Request, receive: Receive) -> Answer:
        host = request.headers.get("host")  # every browser sends one
        if self._hosts is not None and host is not None and not self._hosts.admit(host):
            return self._stray(request, host_not_allowed(host))
        route = self._router.find(request.path)
        if route is None:
            found = document(request.path) if request.method in ("GET", "HEAD") else None
            return found or self._stray(request, not_found())
        operation = route.operation(request.method)
        if operation is None:
            return self._stray(request, method_not_allowed(request.method, route.allow), allow=route.allow)
        reply = await self._reply(operation, route, request, receive)
        return self._checked(operation, self._planes.dress(operation, route.path, reply))

    async def _reply(self, operation: Operation, route: Route, request: Request, receive: Receive) -> Reply:
        try:
            call = await self._admission.admit(operation, route, request, receive)
            try:
                return await self._executor.carry_out(operation, call, receive)
            except StoreError as error:
                if type(error) is StoreError:
                    raise  # a fault of a rule, not of the file
                _log.error("%s was not carried out: %s", operation.id, error)
                return storage_failed(operation, call, error)
        except Refusal as refusal:
            return Reply(refusal.status, refusal.body())

    def _stray(self, request: Request, refusal: Refusal, **headers: str) -> Answer:
        dressed = self._planes.dress_stray(request.path, Reply(refusal.status, refusal.body()))
        return Answer(dressed.status, dump(dressed.body), {**dressed.headers, **headers})

    def _checked(self, operation: Operation, dressed: Dressed) -> Answer:
        """Return the answer if the specification allows it, else say that the server failed."""
        headers = [name.lower() for name in dressed.headers]
        problems = self._contract[operation.id].violations(dressed.status, headers, dressed.body)
        for problem in problems:
            _log.error("%s answered %d against its specification: %s", operation.id, dressed.status, problem)
            self.violations.append(Violation(operation.id, dressed.status, problem))
        if problems:
            return _SERVER_ERROR
        return Answer(dressed.status, dump(dressed.body), dressed.headers)

    def _committed(self, topics: frozenset[str]) -> None:
        self.hub.raise_topics(topics)
        self._traffic.changed()
        if CLOCK_TOPIC in topics:
            self._ticker.wake()


def _served(engine: Engine) -> dict[str, Operation]:
    """Return the operations that have a route."""
    from durable_workflow_api.operations import OPERATIONS

    routed = {*engine.handlers, *SERVICE_OPERATIONS, *NOT_YET}
    return {name: one for name, one in OPERATIONS.items() if name in routed}
