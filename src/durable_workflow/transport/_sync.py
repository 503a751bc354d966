"""Calls from plain threads."""

from __future__ import annotations

import copy
import functools
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from ._answers import Parse, understood
from ._call import Call, prepare
from ._fork import watch
from ._observe import observed
from ._options import HttpOptions
from ._retry import Answer, Fault
from ._settings import Settings

if TYPE_CHECKING:
    import httpx

    from durable_workflow_api.types import RequestParts

__all__ = ["SyncTransport"]

T = TypeVar("T")


@dataclass(slots=True)
class _Pools:
    """The connections of one process, shared by its threads."""

    calls: httpx.Client
    polls: httpx.Client

    def close(self) -> None:
        self.calls.close()
        self.polls.close()


@dataclass(slots=True)
class _Connections:
    """Everything open; views of one transport share it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    pools: _Pools | None = None


class SyncTransport:
    """Sends calls, and sends them again where that is safe. The twin of `AsyncTransport`.

    Args:
        settings: the client, whose attributes are read for every call.
        options: how connections are made.
    """

    def __init__(self, settings: Settings, options: HttpOptions | None = None) -> None:
        self._settings = settings
        self._options = HttpOptions() if options is None else options
        self.reset_after_fork()
        watch(self)

    def reset_after_fork(self) -> object:
        """Have no connections."""
        inherited = getattr(self, "_connections", None)
        self._connections = _Connections()
        return inherited

    def sharing(self, settings: Settings) -> SyncTransport:
        """Return a transport for other settings on the same connections."""
        view = copy.copy(self)
        view._settings = settings
        watch(view)
        return view

    def call(self, parts: RequestParts, parse: Parse[Any], expected: type[T], **options: Any) -> T:
        """Make one call from request to model.

        Args:
            parts: what the operation's `build_request` returned.
            parse: the operation's `parse_response`.
            expected: class of the model that a success has.
            options: as for `begin`.

        Raises:
            CallError: the call did not end well.
        """
        call = self.begin(parts, **options)
        return understood(call, self.run(call), parse, expected)

    def begin(
        self,
        parts: RequestParts,
        *,
        timeout: float | None = None,
        repeatable: bool | None = None,
        worker_version: str | None = None,
        raw: bool = False,
    ) -> Call:
        """Prepare a call; for the arguments see `prepare`."""
        return prepare(
            self._settings,
            parts,
            timeout=timeout,
            repeatable=repeatable,
            worker_version=worker_version,
            raw=raw,
        )

    def run(self, call: Call) -> Answer:
        """Send a call until it is settled; a call that was given up can be run on after `allow_repeats`.

        Raises:
            CallError: the call did not end well.
        """
        while True:
            if call.attempts:
                time.sleep(call.pause)
            if call.credential is not None and call.credential.is_rotating:
                call.authorize(_token_of(call.credential.source))
            answer = call.settled(self._attempt(call))
            if answer is not None:
                return call.opened(answer)

    def _attempt(self, call: Call) -> Answer | Fault:
        from . import _http

        pools = self._pools_here()
        http = pools.polls if call.held else pools.calls
        with observed(call) as observation:
            try:
                with http.stream(**_http.request_arguments(call)) as response:
                    observation.result = _http.read_answer(response, _http.read_in_time(call, response))
            except _http.FAULTS as error:
                observation.result = _http.fault_of(error)
        return observation.result

    def _pools_here(self) -> _Pools:
        from . import _http

        connections = self._connections
        with connections.lock:
            if connections.pools is None:
                make = functools.partial(_http.sync_client, self._settings.base_url, self._options)
                connections.pools = _Pools(calls=make(long_polls=False), polls=make(long_polls=True))
            return connections.pools

    def sleep(self, seconds: float) -> None:
        """Let other threads run for some seconds."""
        time.sleep(seconds)

    def monotonic(self) -> float:
        """Return the time that deadlines are measured in."""
        return time.monotonic()

    def close(self) -> None:
        """Close all connections; a later call opens new ones."""
        with self._connections.lock:
            pools, self._connections.pools = self._connections.pools, None
        if pools is not None and self._options.client is None:
            pools.close()


def _token_of(source: Any) -> Any:
    return source()
