"""Access to runs: one visitor of a run at a time, who finds it live if it was kept."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from durable_workflow.codec import decode
from durable_workflow.converters import encode
from durable_workflow.replay import GuardMode, TaskOutcome, WorkflowRun
from durable_workflow.worker._lanes import Lanes
from durable_workflow.worker._live_runs import LiveRun, LiveRuns
from durable_workflow.worker._runs import codec_of, run_of_task
from durable_workflow.worker._threads import Threads
from durable_workflow.worker.interceptors import QueryCall, WorkflowTaskCall

__all__ = ["Residents", "Visit"]

_LAST_WORDS_SECONDS = 3.0


@dataclass(slots=True)
class Visit:
    """One task's hold on a run.

    Attributes:
        live: the run, if it is live and nothing runs in it.
        before: the task of the run that was in hand when this one came.
        keep: whether the run stays live when the task is done.
    """

    live: LiveRun | None
    before: str | None = None
    keep: bool = False

    @property
    def seen(self) -> int:
        """Number of the newest event that the live run has seen, 0 without one."""
        return 0 if self.live is None else self.live.seen


class Residents:
    """The runs that a worker keeps live, and the threads in which their code runs.

    Args:
        most: how many runs are kept.
        threads: the threads.
        guard: what to do about code that no replay can repeat.
    """

    def __init__(self, most: int, threads: Threads, guard: GuardMode = "warn") -> None:
        self._guard: GuardMode = guard
        self._runs = LiveRuns(most)
        self._lanes = Lanes()
        self._threads = threads

    def __len__(self) -> int:
        return len(self._runs)

    @asynccontextmanager
    async def visit(self, run_id: str, task_id: str) -> AsyncIterator[Visit]:
        """Hold a run for one of its workflow tasks.

        Args:
            run_id: the run.
            task_id: the task.
        """
        async with self._lanes.enter(run_id, task_id) as before:
            visit = Visit(self._runs.take(run_id), before)
            try:
                yield visit
            finally:
                self._leave(run_id, visit)

    async def advance(self, visit: Visit, only_update: str | None, call: WorkflowTaskCall) -> TaskOutcome:
        """Deliver a task's events to its run, in a thread.

        Args:
            visit: the task's hold on the run.
            only_update: the one update that the task may answer; None if it may answer all.
            call: the task.

        Raises:
            DurableWorkflowError: the code cannot go on; the run is dropped.
        """
        # Taken out meanwhile: a thread that goes on after a cancellation must not share the run.
        live, visit.live = visit.live, None
        advance = functools.partial(_advance, live, call, only_update, self._guard)
        visit.live, outcome = await self._threads.run(advance)
        return outcome

    async def ask(self, task: Mapping[str, Any], events: Sequence[Mapping[str, Any]], call: QueryCall) -> Any:
        """Answer a query, in a thread: from the live run if that stands at the end of the history.

        Args:
            task: the query task.
            events: the whole history.
            call: the query.

        Raises:
            QueryFailed: the query cannot be answered.
            DurableWorkflowError: the history cannot be replayed.
        """
        if call.run_id in self._runs:
            # A run that is here is in nobody's hand, so nobody is waited for.
            async with self._lanes.enter(call.run_id, None):
                live = self._runs.take(call.run_id)
                if live is not None and live.stands_at(events):
                    return await self._ask_live(live, call)
                if live is not None:
                    self._close(self._runs.put(call.run_id, live))
        return await self._threads.run(functools.partial(_replay_and_ask, task, events, call))

    async def _ask_live(self, live: LiveRun, call: QueryCall) -> Any:
        asking = self._threads.run(functools.partial(_ask, live.run, call))
        # Not put back when cancelled: the thread may still be at it.
        try:
            answer = await asking
        except Exception:
            self._close(self._runs.put(call.run_id, live))
            raise
        self._close(self._runs.put(call.run_id, live))
        return answer

    async def close(self) -> None:
        """Drop all runs and wait a moment for what their code does at its end."""
        dropped = self._runs.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WORDS_SECONDS):
                await self._threads.run(functools.partial(_close_all, dropped))

    def _leave(self, run_id: str, visit: Visit) -> None:
        if visit.live is None:
            return
        if visit.keep and self._runs.enabled:
            self._close(self._runs.put(run_id, visit.live))
        else:
            self._close([visit.live])

    def _close(self, dropped: Iterable[LiveRun]) -> None:
        # In a thread, because `finally` blocks of workflow code run.
        for live in dropped:
            if not live.run.finished:
                self._threads.start(live.run.close)


def _close_all(dropped: Iterable[LiveRun]) -> None:
    for live in dropped:
        live.run.close()


def _replay_and_ask(task: Mapping[str, Any], events: Sequence[Mapping[str, Any]], call: QueryCall) -> Any:
    arguments = task.get("workflow_arguments")
    with run_of_task(call.definition, task, arguments=arguments, events=events, read_only=True) as run:
        run.feed(events)
        return _ask(run, call)


def _ask(run: WorkflowRun, call: QueryCall) -> Any:
    """Ask a run; the answer is a copy, for the run may go on before the answer is on its way."""
    codec = codec_of(call.task)
    return decode(encode(run.query(call.query_name, call.arguments), codec), codec)


def _advance(
    live: LiveRun | None, call: WorkflowTaskCall, only_update: str | None, guard: GuardMode
) -> tuple[LiveRun, TaskOutcome]:
    """Move a run on, live or new; its arguments are decoded here, where large ones stop no event loop."""
    task = call.task
    if live is None:
        arguments = task.get("arguments")
        run = run_of_task(call.definition, task, arguments=arguments, events=call.events, guard=guard)
        live = LiveRun(run)
    try:
        outcome = live.advance(call.events, task, only_update=only_update)
    except BaseException:
        live.run.close()
        raise
    if outcome.finished:
        live.run.close()
    return live, outcome
