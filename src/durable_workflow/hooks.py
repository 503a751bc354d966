"""Code of yours around every request that a client sends: tracing, logging, headers of a gateway.

    from durable_workflow import Client, hooks

    class Slow(hooks.RequestHook):
        def on_answer(self, attempt, outcome):
            if outcome.duration_seconds > 1:
                print(attempt.operation, dict(attempt.ids), outcome.status or outcome.fault)

    client = Client("http://localhost:8080", hooks=[Slow()])

Hooks see neither tokens nor payloads. They are called by both twins, from several threads and tasks, and must
return quickly; what they raise is logged and changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

from attrs import field, frozen

from .errors import InvalidArgument

__all__ = ["AttemptOutcome", "RequestAttempt", "RequestHook", "checked_hooks", "memo_with_notes"]

_LOG = logging.getLogger("durable_workflow.client")


@frozen(kw_only=True, eq=False)
class RequestAttempt:
    """One send of one request.

    Attributes:
        operation: Id of the operation in the spec, such as `startWorkflow`.
        method: HTTP method.
        path: Path of the URL, without the query.
        ids: What the request is about: `workflow_id`, `run_id`, `task_queue`, `worker_id`, `task_id` …
        namespace: The client's namespace.
        number: 1 for the first attempt of a call.
        request_id: Key that lets the server recognise a repeat, None if the operation has none.
        headers: Headers to add to this attempt, empty at first: a hook may put printable ASCII texts there.
            They do not replace headers of the protocol.
    """

    operation: str
    method: str
    path: str
    ids: Mapping[str, str]
    namespace: str
    number: int
    request_id: str | None
    headers: dict[str, str] = field(factory=dict)


@frozen(kw_only=True)
class AttemptOutcome:
    """How an attempt ended.

    Attributes:
        status: HTTP status of the answer, None where none came.
        fault: Why none came: `unsent` (nothing reached the server), `lost` (the connection broke), `timeout`,
            `garbled` (an answer that is not HTTP) or `cancelled` (the caller no longer waits).
        duration_seconds: From send to answer.
    """

    status: int | None
    fault: Literal["unsent", "lost", "timeout", "garbled", "cancelled"] | None
    duration_seconds: float


class RequestHook(Protocol):
    """What may watch requests. Inherit from it and write only the methods that you need."""

    def on_request(self, attempt: RequestAttempt) -> None:
        """Be told of an attempt before it is sent.

        Args:
            attempt: The attempt; its `headers` may be filled.
        """
        return

    def on_answer(self, attempt: RequestAttempt, outcome: AttemptOutcome) -> None:
        """Be told how an attempt ended, also one that was cancelled.

        Args:
            attempt: The same object as before the send.
            outcome: How it ended.
        """
        return

    def start_memo(self, workflow_id: str) -> Mapping[str, Any]:
        """Return members to add to the memo of a workflow that is about to be started.

        The caller's own members win. Everybody who may describe the workflow sees them.

        Args:
            workflow_id: Its id.
        """
        return {}


def memo_with_notes(hooks: Sequence[RequestHook], workflow_id: str, memo: Any) -> Any:
    """Return the memo of a start with what hooks add to it.

    Args:
        hooks: The client's hooks.
        workflow_id: Id of the workflow.
        memo: The caller's memo, unchecked.
    """
    notes: dict[str, Any] = {}
    for hook in hooks:
        try:
            notes |= hook.start_memo(workflow_id)
        except Exception:
            _LOG.exception("the request hook %s failed; the start goes on", type(hook).__name__)
    if not notes or not (memo is None or isinstance(memo, Mapping)):
        return memo
    return {**notes, **(memo or {})}


def checked_hooks(hooks: Sequence[Any]) -> tuple[RequestHook, ...]:
    """Return hooks as a tuple.

    Args:
        hooks: The hooks, in the order in which they are told of requests.

    Raises:
        InvalidArgument: One of them is a class, or lacks a method.
    """
    found = tuple(hooks)
    for each in found:
        methods = ("on_request", "on_answer", "start_memo")
        if isinstance(each, type) or not all(callable(getattr(each, name, None)) for name in methods):
            raise InvalidArgument(
                f"hooks: {each!r:.120} is no hook. Pass objects of classes that inherit from"
                " durable_workflow.hooks.RequestHook."
            )
    return found
