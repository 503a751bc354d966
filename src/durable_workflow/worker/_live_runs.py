"""Runs kept live between their tasks, so that a task costs no more than its new events."""

from __future__ import annotations

import itertools
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from durable_workflow.replay import TaskOutcome, WorkflowRun, advance

__all__ = ["LiveRun", "LiveRuns"]

_NO_NEWS = frozenset(
    {
        "ActivityHeartbeatRecorded",
        "ActivityRetryScheduled",
        "ActivityScheduled",
        "ActivityStarted",
        "ChildRunStarted",
        "ChildWorkflowScheduled",
        "ConditionWaitOpened",
        "MessageCursorAdvanced",
        "RepairRequested",
        "TimerScheduled",
    }
)
"""What happens to things that the code waits for already; of any other event it may have to hear."""


class LiveRun:
    """A run and how much of its history it has seen.

    Args:
        run: the run, fresh.
    """

    def __init__(self, run: WorkflowRun) -> None:
        self.run = run
        self.seen = 0

    def advance(
        self, events: Iterable[Mapping[str, Any]], task: Mapping[str, Any], *, only_update: str | None
    ) -> TaskOutcome:
        """Deliver new events and return the commands that follow.

        Args:
            events: the events.
            task: the task that brought them, which says why it exists.
            only_update: the one update that the task may answer; None if it may answer all.

        Raises:
            DurableWorkflowError: the code cannot go on; drop the run.
        """
        fresh = list(events)
        outcome = advance(
            self.run,
            fresh,
            resume_source_kind=task.get("resume_source_kind"),
            only_update=only_update,
        )
        # Those that are known already may be older.
        self.seen = max(itertools.chain([self.seen], (int(event["sequence"]) for event in fresh)))
        return outcome

    def stands_at(self, events: Sequence[Mapping[str, Any]]) -> bool:
        """Return whether the code stands where a history leaves it: nothing in it is news to the code.

        Args:
            events: the whole history, in order.
        """
        if not events or events[-1]["sequence"] < self.seen:
            return False
        news = itertools.takewhile(lambda event: event["sequence"] > self.seen, reversed(events))
        return all(event["event_type"] in _NO_NEWS for event in news)


class LiveRuns:
    """A bounded number of live runs; the one that was used longest ago goes first.

    A run belongs to whoever took it, and to nobody else, until it is put back. It is put back only when the
    server has recorded its commands; after anything else it is dropped, and the next task replays it.

    Args:
        most: how many runs are kept; 0 keeps none.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._runs: OrderedDict[str, LiveRun] = OrderedDict()

    def __len__(self) -> int:
        return len(self._runs)

    @property
    def enabled(self) -> bool:
        """Whether any run is ever kept."""
        return self._most > 0

    def __contains__(self, run_id: str) -> bool:
        return run_id in self._runs

    def take(self, run_id: str) -> LiveRun | None:
        """Take a run out; None if it is not here."""
        return self._runs.pop(run_id, None)

    def put(self, run_id: str, live: LiveRun) -> list[LiveRun]:
        """Put a run back, or in.

        Returns:
            The runs that are dropped for it, for the caller to close.
        """
        dropped = [self._runs.pop(run_id)] if run_id in self._runs else []
        self._runs[run_id] = live
        while len(self._runs) > self._most:
            dropped.append(self._runs.popitem(last=False)[1])
        return dropped

    def clear(self) -> list[LiveRun]:
        """Drop all runs, for the caller to close."""
        dropped = list(self._runs.values())
        self._runs.clear()
        return dropped
