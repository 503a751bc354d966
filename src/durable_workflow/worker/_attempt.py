"""One attempt of an activity: decode, bind the context, call the function."""

from __future__ import annotations

import asyncio
import concurrent.futures
import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from durable_workflow import activity
from durable_workflow.activity import ActivityContext, ActivityDefinition, ActivityInfo
from durable_workflow.codec import AVRO_CODEC, Framing, decode_envelope
from durable_workflow.converters import arguments_for
from durable_workflow.errors import ActivityCancelled
from durable_workflow.worker._heartbeats import Heartbeats, heartbeat_interval
from durable_workflow.worker._runs import framing_of_run
from durable_workflow.worker._threads import Threads

if TYPE_CHECKING:
    from durable_workflow.client import Client

__all__ = ["Attempt"]


class Attempt:
    """An attempt that this worker holds.

    Args:
        client: the connection to the server.
        task: the activity task.
        worker_id: this worker.
        threads: where plain functions run.
    """

    def __init__(self, client: Client, task: Mapping[str, Any], worker_id: str, threads: Threads) -> None:
        self.codec: str = task.get("payload_codec") or AVRO_CODEC
        self.framing: Framing = framing_of_run(task.get("arguments"))
        self.lease = {name: task[name] for name in ("task_id", "activity_attempt_id", "lease_owner")}
        self._client = client
        self._task = task
        self._info = _info(task, worker_id)
        self._threads = threads
        self._loop = asyncio.get_running_loop()
        self._beats = Heartbeats(self._send_heartbeat, heartbeat_interval(task), self._cancel)
        self._context: ActivityContext | None = None

    @property
    def lost(self) -> bool:
        """Whether a heartbeat showed that the attempt is somebody else's, or nobody's, by now."""
        return self._beats.lost

    async def run(self, definition: ActivityDefinition) -> Any:
        """Call the activity and return what it returns.

        Raises:
            PayloadDecodeError: the arguments cannot be decoded, or are not what the annotations ask for.
            TypeError: the function does not take these arguments.
            BaseException: whatever the activity raises.
        """
        decoded = decode_envelope(self._task.get("arguments"), self.codec)
        arguments = [] if decoded is None else decoded if isinstance(decoded, list) else [decoded]
        _check_arguments(definition, arguments)
        arguments = list(arguments_for(definition.fn, arguments, context=f"activity {definition.name!r}"))
        try:
            if definition.is_async:
                return await self._run_here(definition, arguments)
            return await self._run_in_thread(definition, arguments)
        except asyncio.CancelledError:
            self._cancel()
            raise
        finally:
            await self._beats.close()

    async def _run_here(self, definition: ActivityDefinition, arguments: list[Any]) -> Any:
        self._context = ActivityContext(self._info, self._heartbeat)
        with activity.bind(self._context):
            return await definition.fn(*arguments)

    async def _run_in_thread(self, definition: ActivityDefinition, arguments: list[Any]) -> Any:
        context = self._context = ActivityContext(self._info, self._heartbeat, self._heartbeat_from_thread)

        def call() -> Any:
            with activity.bind(context):
                return definition.fn(*arguments)

        return await self._threads.run(call)

    async def _heartbeat(self, details: Any) -> None:
        if asyncio.get_running_loop() is self._loop:
            await self._beats.beat(details)
        else:
            # A plain activity may run an event loop of its own; the client's connections live in this one.
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(self._beats.beat(details), self._loop))

    def _heartbeat_from_thread(self, details: Any) -> None:
        self._beats.check()
        if self._context is not None and self._context.is_cancelled:
            raise ActivityCancelled("the activity should stop: its worker gave it up")
        beat = self._beats.beat(details)
        try:
            asyncio.run_coroutine_threadsafe(beat, self._loop).result()
        except (concurrent.futures.CancelledError, RuntimeError) as error:
            beat.close()
            raise ActivityCancelled("the activity should stop: its worker has ended") from error

    async def _send_heartbeat(self, details: Any) -> Mapping[str, Any]:
        answer: Mapping[str, Any] = await self._client.heartbeat_activity_task(**self.lease, details=details)
        return answer

    def _cancel(self) -> None:
        if self._context is not None:
            self._context.cancel()


def _check_arguments(definition: ActivityDefinition, arguments: list[Any]) -> None:
    try:
        signature = inspect.signature(definition.fn)
    except (TypeError, ValueError):
        return
    # Checked beforehand: a TypeError from inside the function must not look like a wrong call.
    try:
        signature.bind(*arguments)
    except TypeError as error:
        count = f"{len(arguments)} argument{'' if len(arguments) == 1 else 's'}"
        raise TypeError(f"activity {definition.name!r} takes {signature}, but got {count}: {error}") from None


def _info(task: Mapping[str, Any], worker_id: str) -> ActivityInfo:
    return ActivityInfo(
        task_id=task["task_id"],
        activity_type=task["activity_type"],
        activity_attempt_id=task["activity_attempt_id"],
        attempt_number=task["attempt_number"],
        task_queue=task["task_queue"],
        worker_id=worker_id,
        workflow_id=task["workflow_id"],
        run_id=task["run_id"],
        activity_execution_id=task["activity_execution_id"],
        last_heartbeat_details=task.get("last_heartbeat_details"),
    )
