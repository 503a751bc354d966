"""Tests of workflows: the real client, worker and server in one process, on virtual time."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any

from durable_workflow.errors import DurableWorkflowError
from durable_workflow.testing._dev_server import DevServer
from durable_workflow.testing._errors import WorkflowStuck
from durable_workflow.testing._fleet import Hosted
from durable_workflow.testing._mocks import Mocks, activity_key, workflow_key
from durable_workflow.testing._portal import Portal
from durable_workflow.testing._script import Script, ScriptedCall, as_arguments
from durable_workflow.testing._session import Session

if TYPE_CHECKING:
    from durable_workflow.client import Client, WorkflowHandle

__all__ = ["WorkflowEnvironment"]

# Real seconds; in a synchronous execution nobody but the workflow itself can make anything happen.
_SHORT_PATIENCE = 0.3


class WorkflowEnvironment:
    """Runs workflows as in production, except that time is virtual and activities may have stand-ins.

    In a plain test:

        env = WorkflowEnvironment()
        env.register_activity_result("charge", "PAY-1")
        assert env.execute_workflow(Order, {"id": 1}) == {"paid": "PAY-1"}

    In an asynchronous one, where virtual time stands except during `sleep` and waits for results:

        async with WorkflowEnvironment(workflows=[Order], activities=[ship]) as env:
            handle = await env.start_workflow(Order, {"id": 1})
            await env.sleep(3600)
            await handle.signal("approve", ["ada"])
            assert await handle.result() == ...

    Args:
        iteration_limit: Most workflow tasks of one run; more is taken for an endless loop.
        workflows: Classes decorated with `@workflow.defn`; those that are started are added by themselves.
        activities: Functions, or bound methods of objects, decorated with `@activity.defn`.
        always_replay: Whether every task replays the run from its beginning, which finds code that is not
            deterministic and state that is kept where replay does not restore it.
        patience_seconds: How long a wait for a result goes on while nothing is under way or due, in real
            seconds: the time that a test has to send the message for which the workflow waits.
    """

    def __init__(
        self,
        *,
        iteration_limit: int = 1000,
        workflows: Iterable[type] = (),
        activities: Iterable[Callable[..., Any]] = (),
        always_replay: bool = False,
        patience_seconds: float = 5.0,
    ) -> None:
        self.always_replay = always_replay
        self._iteration_limit = iteration_limit
        self._patience = patience_seconds
        self._mocks = Mocks()
        self._hosted = Hosted(list(workflows), list(activities), self._mocks)
        self._script = Script()
        self._server: DevServer | None = None
        self._session: Session | None = None

    # Stand-ins.

    def register_activity_result(self, name: str | Callable[..., Any], result: Any) -> None:
        """Let an activity give a fixed result instead of running.

        Args:
            name: Type key of the activity, or its decorated function.
            result: What it returns; an exception is raised.
        """
        self._mocks.set_activity(activity_key(name), _giving(result))

    def register_activity(self, name: str | Callable[..., Any], fn: Callable[..., Any]) -> None:
        """Let a function stand in for an activity. It may be a coroutine function, and may be replaced later.

        Args:
            name: Type key of the activity, or its decorated function.
            fn: Gets the activity's arguments; what it raises fails the attempt.
        """
        self._mocks.set_activity(activity_key(name), fn)

    def register_child_workflow_result(self, workflow_type: str | type, result: Any) -> None:
        """Let child workflows of a type end at once with a fixed result.

        Args:
            workflow_type: Type key, or the decorated class.
            result: The result; an exception fails the child.
        """
        self._mocks.set_child(workflow_key(workflow_type), _giving(result))

    def register_child_workflow(self, workflow_type: str | type, fn: Callable[..., Any]) -> None:
        """Let a plain function stand in for child workflows of a type.

        Args:
            workflow_type: Type key, or the decorated class.
            fn: Gets the child's arguments and gives its result; what it raises fails the child.
        """
        self._mocks.set_child(workflow_key(workflow_type), fn)

    def calls(self, name: str | Callable[..., Any]) -> list[tuple[Any, ...]]:
        """Give the arguments of all calls that a stand-in got, attempt by attempt.

        Args:
            name: Type key of the activity or child workflow, or what is decorated.
        """
        key = workflow_key(name) if isinstance(name, type) else activity_key(name)
        return self._mocks.calls(key)

    # Plain tests.

    def signal(
        self, name: str, args: Sequence[Any] | Any | None = None, *, after: float | None = None
    ) -> None:
        """Send a signal in the next `execute_workflow`.

        Args:
            name: Name of the signal.
            args: Its positional arguments.
            after: Seconds of virtual time since the start; None for the moment before the first task.
        """
        self._script.add(lambda handle: handle.signal(name, as_arguments(args)), after)

    def update(self, name: str, args: Sequence[Any] | Any | None = None, *, after: float = 0) -> ScriptedCall:
        """Send an update in the next `execute_workflow`.

        Args:
            name: Name of the update.
            args: Its positional arguments.
            after: Seconds of virtual time since the start.

        Returns:
            What tells the answer after the execution.
        """
        call = ScriptedCall()
        self._script.add(lambda handle: call.send(handle.update(name, as_arguments(args))), after)
        return call

    def query(self, name: str, args: Sequence[Any] | Any | None = None, *, after: float = 0) -> ScriptedCall:
        """Ask a query in the next `execute_workflow`; as `update`."""
        call = ScriptedCall()
        self._script.add(lambda handle: call.send(handle.query(name, as_arguments(args))), after)
        return call

    def cancel(self, *, after: float = 0, reason: str | None = None) -> None:
        """Cancel the workflow in the next `execute_workflow`.

        Args:
            after: Seconds of virtual time since the start.
            reason: Why, for the history.
        """
        self._script.add(lambda handle: handle.cancel(reason=reason), after)

    def execute_workflow(self, workflow_cls: type, *args: Any, run_id: str = "test-run") -> Any:
        """Run a workflow to its end and return its result. For tests without an event loop.

        Args:
            workflow_cls: The decorated class.
            args: The positional arguments of `run`.
            run_id: The id that the workflow sees; seeds its random numbers and UUIDs.

        Raises:
            WorkflowFailed: If it failed.
            WorkflowCancelled: If it was cancelled.
            WorkflowStuck: If nothing will ever happen to it, or if it loops.
            WorkflowTaskFailed: If its code, or a payload, made a task fail.
            UnknownActivityType: If it asks for an activity that is neither hosted nor has a stand-in.
            UnknownWorkflowType: If it starts such a child workflow.
            DurableWorkflowError: If the environment is in use in an ``async with`` block.
        """
        if self._session is not None:
            raise DurableWorkflowError("inside of `async with` use `await env.execute(...)`")
        script, self._script = self._script, Script()
        portal = Portal.shared()

        async def execute(server: DevServer) -> Any:
            session = self._new_session(server, min(self._patience, _SHORT_PATIENCE))
            try:
                return await _play(session, script, workflow_cls, args, run_id)
            finally:
                portal.later(session.close())

        return portal.run(execute)

    # Asynchronous tests.

    async def __aenter__(self) -> WorkflowEnvironment:
        """Start the server; workers come with the first workflow."""
        if self._session is not None:
            raise DurableWorkflowError("this environment is in use already; make a second one")
        self._server = DevServer(virtual_time="manual")
        await asyncio.to_thread(self._server.start)
        self._session = self._new_session(self._server, self._patience)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End workers and server; workflows that are open are dropped with them."""
        session, self._session = self._current(), None
        try:
            session.server.release_polls()
            await session.close()
        finally:
            await asyncio.to_thread(session.server.stop)
        if session.server.violations and error is None:
            raise AssertionError(
                f"the server answered against its specification: {session.server.violations}"
            )

    @property
    def client(self) -> Client:
        """The client; its waits for results let virtual time leap."""
        return self._current().client

    @property
    def server(self) -> DevServer:
        """The server."""
        return self._current().server

    @property
    def task_queue(self) -> str:
        """The queue on which workflows are started; other queues get workers as they are named."""
        return self._current().task_queue

    async def start_workflow(
        self,
        workflow: str | type,
        *args: Any,
        workflow_id: str | None = None,
        run_id: str | None = None,
        **options: Any,
    ) -> WorkflowHandle[Any]:
        """Start a workflow.

        Args:
            workflow: The decorated class, or the type key of one that is hosted.
            args: The positional arguments of `run`.
            workflow_id: Its id; made of its type and chance by default.
            run_id: The id that the workflow sees; seeds its random numbers and UUIDs.
            options: Further options of `Client.start_workflow`; there are no time limits by default.

        Raises:
            CallError: As `Client.start_workflow`.
        """
        return await self._current().start(workflow, args, workflow_id=workflow_id, run_id=run_id, **options)

    async def execute(self, workflow: str | type, *args: Any, **options: Any) -> Any:
        """Start a workflow and wait for its result; as `start_workflow`, then `handle.result()`."""
        handle = await self.start_workflow(workflow, *args, **options)
        return await handle.result(timeout=None)

    async def sleep(self, seconds: float) -> None:
        """Let virtual time pass, stopping at everything that is due on the way.

        At each stop the workers get the time to do what there is to do.

        Args:
            seconds: How much virtual time; not negative.
        """
        await self._current().sleep(seconds)

    async def now(self) -> datetime:
        """Give the virtual time, UTC, once the workers have done what there is to do."""
        return await asyncio.to_thread(self.server.advance, 0)

    async def until(
        self, handle: WorkflowHandle[Any], event_type: str, *, timeout: float = 10.0, **members: Any
    ) -> dict[str, Any]:
        """Wait until a workflow's history holds an event. Virtual time stands meanwhile.

        Args:
            handle: The workflow.
            event_type: Type of the event.
            timeout: Longest wait, in real seconds.
            members: What members of the event's payload must be.

        Returns:
            The event.

        Raises:
            WorkflowStuck: If no such event came.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                async for event in handle.iter_history(follow=True):
                    if (
                        event["event_type"] == event_type
                        and members.items() <= dict(event["payload"]).items()
                    ):
                        return event
        wanted = event_type + "".join(f", {name}={value!r}" for name, value in members.items())
        raise WorkflowStuck(
            f"workflow {handle.workflow_id} has no event {wanted}; virtual time stood meanwhile, "
            "let it pass with `await env.sleep(seconds)`"
        )

    def _current(self) -> Session:
        if self._session is None:
            raise DurableWorkflowError("use the environment in `async with`, or call execute_workflow")
        return self._session

    def _new_session(self, server: DevServer, patience: float) -> Session:
        return Session(
            server,
            self._hosted,
            task_queue=f"test-{uuid.uuid4().hex[:8]}",
            iteration_limit=self._iteration_limit,
            patience=patience,
            worker_options=self._worker_options(),
        )

    def _worker_options(self) -> Mapping[str, Any]:
        cached = {"max_cached_workflows": 0} if self.always_replay else {}
        return {"poll_timeout": 30.0, "shutdown_timeout": 5.0, "determinism_guard": "raise", **cached}


async def _play(
    session: Session, script: Script, workflow: type, arguments: tuple[Any, ...], run_id: str
) -> Any:
    handle = await session.start(workflow, arguments, run_id=run_id, working=False)
    try:
        await script.send_first(handle)
        session.fleet.serve(session.task_queue)
        await script.play(session, handle)
        return await handle.result(timeout=None)
    except BaseException:
        # What is still open would make virtual time leap in executions to come.
        with suppress(DurableWorkflowError):
            await handle.terminate(reason="its test has ended")
        raise


def _giving(result: Any) -> Callable[..., Any]:
    def give(*_: Any) -> Any:
        if isinstance(result, BaseException):
            raise result
        return result

    return give
