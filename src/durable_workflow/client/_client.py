"""The client: all calls, put together."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from ._activities import ActivityCalls
from ._fleet import FleetCalls
from ._namespaces import NamespaceCalls
from ._results import ResultCalls
from ._schedules import ScheduleCalls
from ._search_attributes import SearchAttributeCalls
from ._system import SystemCalls

__all__ = ["Client"]


class Client(
    ResultCalls,
    ScheduleCalls,
    NamespaceCalls,
    FleetCalls,
    SearchAttributeCalls,
    SystemCalls,
    ActivityCalls,
):
    """Calls a Durable Workflow server: workflows from outside, and tasks as a worker.

        async with Client("http://localhost:8080", token="...") as client:
            handle = await client.start_workflow(
                workflow_type="greeter", task_queue="greetings", workflow_id="greet-ada", input=["Ada"]
            )
            print(await handle.result())

    Connections are opened with the first call and kept until `aclose`. One client may be used from any number
    of tasks and threads.

    Args:
        base_url: address of the server, without `/api`.
        token: token for all calls that have none of their own; or a function that returns it (or, here, an
            awaitable of it), which is asked before every request, and once more when the server refuses it.
        control_token: token for calls about workflows (role operator or admin).
        worker_token: token for the calls of a worker. No call ever carries the other one's token.
        namespace: namespace of all workflows and queues that this client names.
        timeout: seconds for one attempt of a call; polls and waits have times of their own.
        retry_policy: how often, and after which pauses, a request is sent again.
        metrics: receives counts and durations of requests.
        deadline: seconds for one call with all its attempts; default is `timeout`.
        verify: certificate authorities: a file or directory, or an `ssl.SSLContext`; False trusts anybody.
        cert: certificate of the client: a file, or files of certificate and key.
        proxy: URL of a proxy; default is what the environment says.
        max_connections: most connections at once for calls; polls are not counted.
        http_transport: an httpx transport to use instead of sockets, for example one around an ASGI app.
        http_client: an httpx client to use as it is; it stays yours to close.
        payloads: how payloads are written and read: compression, encryption, external storage, limits.
        hooks: are told of every request; see `durable_workflow.hooks`.
        redactor: decides what of a payload errors may show; see `durable_workflow.redaction`.

    Raises:
        InvalidArgument: an argument is not acceptable.
    """

    async def aclose(self) -> None:
        """Close all connections; may be called more than once. A later call opens new ones."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
