"""What goes wrong while a test waits, and what would keep it waiting for ever."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from durable_workflow.errors import DurableWorkflowError, UnknownActivityType, UnknownWorkflowType
from durable_workflow.testing._errors import WorkflowStuck, WorkflowTaskFailed

if TYPE_CHECKING:
    from durable_workflow.testing._dev_server import DevServer

__all__ = ["Watch"]

T = TypeVar("T")

# Real seconds between two looks at a server that may have nothing left to do.
_LOOK = 0.05
# What a worker says when there is nothing to do; no failure of anybody.
_NOTHING_TO_DO = "WorkflowTaskWaitingForHistory"


class Watch:
    """Notes the first thing that no test would want to wait for.

    Args:
        server: The server, which knows whether anything will happen.
        iteration_limit: Most tasks of one run.
        patience: Real seconds for which nothing may happen while a test waits.
    """

    def __init__(self, server: DevServer, *, iteration_limit: int, patience: float) -> None:
        self.known_activities: frozenset[str] = frozenset()
        self.known_workflows: frozenset[str] = frozenset()
        self.queue_named: Callable[[str], None] = lambda queue: None
        self._server = server
        self._limit = iteration_limit
        self._patience = patience
        self._tasks: dict[str, Mapping[str, Any]] = {}
        self._turns: Counter[str] = Counter()
        self._wrong = asyncio.Event()
        self._fault: BaseException | None = None

    def taken(self, task: Mapping[str, Any]) -> None:
        """Note a workflow task that a worker took."""
        self._tasks[task["task_id"]] = task

    def completed(self, task_id: str, commands: Sequence[Mapping[str, Any]]) -> None:
        """Look at the commands of a task before they are sent."""
        task = self._tasks.pop(task_id, {})
        run_id = str(task.get("run_id"))
        self._turns[run_id] += 1
        if self._turns[run_id] > self._limit:
            self.report(
                WorkflowStuck(
                    f"workflow {task.get('workflow_id')} has had more than {self._limit} tasks; "
                    "if it does not loop, pass a larger iteration_limit."
                )
            )
        for command in commands:
            self._look_for_host(command)
            queue = command.get("queue") or command.get("task_queue")
            if queue:
                self.queue_named(str(queue))

    def failed(self, task_id: str, message: str, failure_type: str | None, stack_trace: str | None) -> None:
        """Note a workflow task that could not be carried out."""
        if failure_type == _NOTHING_TO_DO:
            return
        task = self._tasks.pop(task_id, {})
        self.report(
            WorkflowTaskFailed(
                f"a task of workflow {task.get('workflow_id')} ({task.get('workflow_type')}) failed: "
                f"{failure_type}: {message}",
                failure_type=failure_type,
                stack_trace=stack_trace,
            )
        )

    def report(self, fault: BaseException) -> None:
        """Have whoever waits raise this, now or later; only the first report counts."""
        if self._fault is None:
            self._fault = fault
            self._wrong.set()

    def ended(self, worker: asyncio.Task[None]) -> None:
        """Note that a worker ended while it was needed."""
        if not worker.cancelled():
            self.report(worker.exception() or DurableWorkflowError("the environment's worker was stopped"))

    async def over(self, waiting: Coroutine[Any, Any, T], what: str) -> T:
        """Wait for something, unless it will never come.

        Args:
            waiting: What to wait for.
            what: Its name, for the error.

        Raises:
            WorkflowStuck: If nothing is under way or due.
            BaseException: Whatever was reported.
        """
        wanted = asyncio.ensure_future(waiting)
        others = [asyncio.create_task(self._wrong.wait()), asyncio.create_task(self._stillness())]
        try:
            await asyncio.wait({wanted, *others}, return_when=asyncio.FIRST_COMPLETED)
            if wanted.done():
                return wanted.result()
            raise self._fault or WorkflowStuck(
                f"{what} is open, but nothing is under way and nothing will ever be due: it waits "
                "for a message, or for a condition that nothing makes true"
            )
        finally:
            for each in (wanted, *others):
                each.cancel()
            await asyncio.gather(wanted, *others, return_exceptions=True)

    async def _stillness(self) -> None:
        """Return when nothing has been under way or due for as long as patience lasts."""
        still = 0.0
        while still < self._patience:
            await asyncio.sleep(_LOOK)
            quiet = await asyncio.to_thread(self._server.nothing_follows)
            still = still + _LOOK if quiet else 0.0

    def _look_for_host(self, command: Mapping[str, Any]) -> None:
        kind, name = command.get("type"), str(command.get("activity_type") or command.get("workflow_type"))
        if kind == "schedule_activity" and name not in self.known_activities:
            self.report(UnknownActivityType(_no_host("activity", name, "activities", "register_activity")))
        if kind == "start_child_workflow" and name not in self.known_workflows:
            self.report(
                UnknownWorkflowType(_no_host("workflow", name, "workflows", "register_child_workflow"))
            )


def _no_host(what: str, name: str, argument: str, method: str) -> str:
    return (
        f"a workflow asks for {what} {name!r}, which this environment does not know: pass it in "
        f"WorkflowEnvironment({argument}=[...]), or give it a stand-in with {method}({name!r}, ...)"
    )
