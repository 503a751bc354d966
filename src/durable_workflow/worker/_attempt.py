"""One attempt of an activity: decode, bind the context, call the function, keep the lease meanwhile."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from durable_workflow import activity
from durable_workflow.activity import ActivityContext, ActivityDefinition, ActivityInfo
from durable_workflow.codec import AVRO_CODEC, Framing, decode_envelope
from durable_workflow.converters import arguments_for
from durable_workflow.errors import ActivityCancelled
from durable_workflow.worker._beats import Beats
from durable_workflow.worker._executors import Executors
from durable_workflow.worker._leases import LeaseKeeper
from durable_workflow.worker._process_child import Call
from durable_workflow.worker._runs import as_arguments, framing_of_run
from durable_workflow.worker.interceptors import ActivityCall, WorkerInterceptor, with_interceptors

if TYPE_CHECKING:
    from durable_workflow.client import Client

__all__ = ["Attempt"]


class Attempt:
    """An attempt that this worker holds.

    Args:
        client: the connection to the server.
        task: the activity task.
        worker_id: this worker.
        executors: where functions run that are not coroutines.
        renews: whether the server renews leases without a heartbeat.
    """

    def __init__(
        self,
        client: Client,
        task: Mapping[str, Any],
        worker_id: str,
        executors: Executors,
        *,
        renews: bool = False,
    ) -> None:
        self.codec: str = task.get("payload_codec") or AVRO_CODEC
        self.framing: Framing = framing_of_run(task.get("arguments"))
        self.lease = {name: task[name] for name in ("task_id", "activity_attempt_id", "lease_owner")}
        self.info = _info(task, worker_id, self.codec, self.framing)
        self._task = task
        self._executors = executors
        self._beats = Beats(client, task, self.lease, self._stop, self._interrupt, renews=renews)
        self._context: ActivityContext | None = None
        self._coroutine: asyncio.Task[Any] | None = None
        self._interrupted = False

    @property
    def lost(self) -> bool:
        """Whether a heartbeat showed that the attempt is somebody else's, or nobody's, by now."""
        return self._beats.lost

    def keeper(self) -> LeaseKeeper | None:
        """Return what keeps the lease of this attempt, None if only heartbeats may."""
        return self._beats.keeper()

    async def run(self, definition: ActivityDefinition, around: Sequence[WorkerInterceptor] = ()) -> Any:
        """Call the activity and return what it returns.

        Args:
            definition: the activity.
            around: what stands around it.

        Raises:
            PayloadDecodeError: the arguments cannot be decoded, or are not what the annotations ask for.
            TypeError: the function does not take these arguments.
            CompleteLater: it will be completed from outside.
            BaseException: whatever the activity raises.
        """
        arguments = _arguments(
            definition, as_arguments(decode_envelope(self._task.get("arguments"), self.codec))
        )
        blocking = None if definition.is_async else self._beats.beat_from_thread
        self._context = ActivityContext(self.info, self._beats.beat, blocking)
        call = ActivityCall(info=self.info, definition=definition, arguments=arguments, task=self._task)
        try:
            with activity.bind(self._context):
                return await with_interceptors([each.activity for each in around], self._make)(call)
        except asyncio.CancelledError:
            self._context.cancel()
            self._beats.give_up()
            raise
        finally:
            await self._beats.close()

    async def _make(self, call: ActivityCall) -> Any:
        if call.definition.process:
            return await self._in_process(call)
        if call.definition.is_async:
            return await self._here(call)
        return await self._executors.threads.run(functools.partial(call.definition.fn, *call.arguments))

    async def _here(self, call: ActivityCall) -> Any:
        self._coroutine = asyncio.current_task()
        try:
            return await call.definition.fn(*call.arguments)
        except asyncio.CancelledError:
            if self._interrupted and self._coroutine is not None and self._coroutine.cancelling() <= 1:
                raise ActivityCancelled(self._beats.why) from None
            raise
        finally:
            if self._interrupted and self._coroutine is not None:
                self._coroutine.uncancel()
            self._coroutine = None

    async def _in_process(self, call: ActivityCall) -> Any:
        wanted = Call(call.definition.fn, list(call.arguments), call.info)
        processes = self._executors.processes
        return await self._executors.threads.run(
            functools.partial(processes.run, wanted, self._beats.answer_process)
        )

    def _stop(self) -> None:
        if self._context is not None:
            self._context.cancel()

    def _interrupt(self) -> None:
        if self._coroutine is not None and not self._interrupted:
            self._interrupted = True
            self._coroutine.cancel()


def _arguments(definition: ActivityDefinition, arguments: list[Any]) -> Sequence[Any]:
    _check_arguments(definition, arguments)
    return arguments_for(definition.fn, arguments, context=f"activity {definition.name!r}")


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


def _info(task: Mapping[str, Any], worker_id: str, codec: str, framing: Framing) -> ActivityInfo:
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
        payload_codec=codec,
        payload_framing=framing,
    )
