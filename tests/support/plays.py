"""Playing a coroutine as a workflow, event by event, with a cached run and a replay that must agree."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from durable_workflow import workflow
from durable_workflow.replay import TaskInput, new_run, replay_task
from support.history_writer import HistoryWriter, result_of

Body = Callable[[Any], Any]
_names = itertools.count()


def workflow_of(body: Body) -> type:
    """Declare a workflow whose `run` is a coroutine function, without arguments."""

    class Written:
        def __init__(self) -> None:
            self.signals: list[Any] = []

        @workflow.signal("bump")
        def bump(self, value: Any) -> None:
            self.signals.append(value)

        async def run(self, ctx: workflow.WorkflowContext) -> Any:
            ctx.signals = self.signals  # type: ignore[attr-defined]
            return await body(ctx)

    return workflow.defn(name=f"asyncio-{next(_names)}")(Written)


class Play:
    """A run that happens: cached and replayed from the start at once, which must agree."""

    def __init__(self, body: Body) -> None:
        self.definition = workflow.definition_of(workflow_of(body))
        self.history = HistoryWriter()
        self.live = new_run(self._task([]))
        self.seen = 0
        self.result: Any = None
        self.failure: BaseException | None = None

    def __enter__(self) -> Play:
        self.step()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.live.close()
        if kind is None:
            self.check_cuts()

    def check_cuts(self) -> None:
        """Feed the history in two parts, cut anywhere: the code must fit it, and end alike."""
        events = self.history.events
        for cut in range(1, len(events)):
            with new_run(self._task([])) as run:
                run.feed(events[:cut])
                run.feed(events[cut:])
                run.check_ending()
                assert run.finished == (self.result is not None or self.failure is not None)

    def step(self) -> list[str]:
        """Run a task and record its completion; what it asked for, in words."""
        fresh = self.history.events[self.seen :]
        self.seen = len(self.history.events)
        outcome = replay_task(self._task(list(self.history.events)))
        self.live.feed(fresh)
        assert tuple(each.wire for each in self.live.take_commands()) == outcome.commands
        self.failure = outcome.failure
        self.history.complete(outcome.commands)
        if outcome.finished and outcome.failure is None:
            self.result = result_of(outcome.commands)
        return [str(c.get("activity_type") or c.get("delay_seconds") or c["type"]) for c in outcome.commands]

    def open_step(self, word: object) -> int:
        """Return the step of what is open and was asked for by this word."""
        for step, command in self.history.open.items():
            if word in (command.get("activity_type"), command.get("delay_seconds")):
                return step
        raise LookupError(f"{word} is not open: {self.history.open}")

    def done(self, activity: str, value: Any = None) -> list[str]:
        self.history.complete_activity(self.open_step(activity), value)
        return self.step()

    def fail(self, activity: str) -> list[str]:
        self.history.fail_activity(self.open_step(activity), "no")
        return self.step()

    def fire(self, seconds: int) -> list[str]:
        self.history.fire(self.open_step(seconds))
        return self.step()

    def signal(self, value: Any) -> list[str]:
        self.history.signal("bump", value)
        return self.step()

    def open_words(self) -> list[Any]:
        return [c.get("activity_type") or c.get("delay_seconds") for c in self.history.open.values()]

    def _task(self, events: list[Any]) -> TaskInput:
        return TaskInput(
            definition=self.definition,
            workflow_id="w",
            run_id="r",
            arguments=[],
            history=events,
            task_queue="q",
        )
