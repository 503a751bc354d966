"""What time alone makes happen (control-plane.md, 12; worker-plane.md, 4.8; history-and-replay.md, 7.3).

Several things can be due in one tick. The documents do not say in which order they happen, so the histories
that the server shows afterwards decide: of the things that are due, the one is taken whose first event comes
next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from model.world.activities import close_activity, retry_or_close
from model.world.cancellations import give_in
from model.world.leases import end_lease, end_leases, give_back
from model.world.lives import append, cancel_open_work, close, wake
from model.world.state import Activity, Observe, Run, State, Timer, Worker, WorkflowTask

__all__ = ["MISSED_BEATS", "next_due", "pass_time"]

MISSED_BEATS = 3
_RETRIED = ("ActivityTimedOut", "ActivityRetryScheduled")
_CANCELLED = ("ActivityCancelled", "TimerCancelled")
_ENDS = ("WorkflowTimedOut", "WorkflowCancelled")


@dataclass(frozen=True)
class _Due:
    """One thing that is due.

    ``begins`` are the types that its first event in ``run`` can have; none if it leaves no event. ``ends`` is
    the event with which it closes the run.
    """

    run: Run | None
    at: float
    happen: Callable[[], object]
    begins: tuple[str, ...] = ()
    members: tuple[tuple[str, Any], ...] = ()
    ends: str | None = None

    def fits(self, events: list[dict[str, Any]]) -> bool:
        """Whether events that the model does not know yet may be this."""
        if not events or events[0]["event_type"] not in self.begins:
            return False
        ends = [event["event_type"] for event in events if event["event_type"] in _ENDS]
        if self.ends is not None and ends[:1] != [self.ends]:
            return False
        return all(events[0]["payload"].get(name) == value for name, value in self.members)


def pass_time(state: State, observe: Observe) -> None:
    """Do everything that is due at ``state.now``, in the order that the histories show."""
    state.observe = observe
    chosen: _Due | None = _Due(None, 0.0, lambda: None)
    while chosen is not None:
        chosen.happen()
        chosen = _chosen([one for one in _all(state) if one.at <= state.now], observe)
    state.observe = None


def next_due(state: State) -> float | None:
    """Return when the next thing is due."""
    return min((one.at for one in _all(state)), default=None)


def _chosen(due: list[_Due], observe: Observe) -> _Due | None:
    # What closes a run may also show in the histories of its family; the rest shows in its own alone.
    for one in sorted(due, key=lambda one: one.ends is not None):
        if one.run is None or not one.begins or not one.fits(_unknown(one.run, observe)):
            continue
        if one.ends is None or _is_next_in_family(one.run, observe):
            return one
    silent = [one for one in due if not one.begins]
    return next(iter([*silent, *due]), None)


def _unknown(run: Run, observe: Observe) -> list[dict[str, Any]]:
    return observe(run)[len(run.history) :]


def _is_next_in_family(run: Run, observe: Observe) -> bool:
    """Whether no sibling's end, or next attempt, comes first in the history of the parent."""
    child = run.child
    if child is None or not child.parent.open:
        return True
    news = _unknown(child.parent, observe)
    told = [event["payload"]["sequence"] for event in news if event["event_type"].startswith("ChildRun")]
    return not told or told[0] == child.step


def _all(state: State) -> Iterator[_Due]:
    for run in state.runs:
        if run.open:
            yield from _of_run(state, run)
    for worker in state.workers.values():
        if worker.heartbeat_seconds is not None and not worker.lost:
            at = worker.heard_at + MISSED_BEATS * worker.heartbeat_seconds
            yield _Due(None, at, _bound(_lose, state, worker))
    for task in state.workflow_tasks:
        yield from _of_workflow_task(state, task)
    for activity in state.activities:
        yield from _of_attempt(state, activity)


def _of_run(state: State, run: Run) -> Iterator[_Due]:
    if run.deadlines:
        at = min(run.deadlines.values())
        end = "WorkflowTimedOut"
        yield _Due(run, at, lambda: _time_out(state, run), (*_CANCELLED, end), ends=end)
    if run.cancellation is not None:
        end = "WorkflowCancelled"
        happen = _bound(give_in, state, run)
        yield _Due(run, run.cancellation.deadline, happen, (*_CANCELLED, end), ends=end)
    for timer in run.timers:
        if timer.state == "pending":
            members = (("timer_id", timer.name.value), ("sequence", timer.step))
            yield _Due(run, timer.fire_at, _bound(_fire, state, timer), ("TimerFired",), members)
    for activity in run.activities:
        for kind, at in _deadlines(activity).items():
            happen = _bound(_activity_timed_out, state, activity, kind)
            members = (("sequence", activity.step), ("timeout_kind", kind))
            yield _Due(run, at, happen, _RETRIED, members)


def _bound(act: Callable[..., object], *arguments: Any) -> Callable[[], object]:
    return lambda: act(*arguments)


def _time_out(state: State, run: Run) -> None:
    kind = next(name for name, at in run.deadlines.items() if at <= state.now)
    cancel_open_work(state, run)
    append(state, run, "WorkflowTimedOut", timeout_kind=kind)
    run.final = kind == "execution_timeout"
    close(state, run, "failed", "timed_out")


def _fire(state: State, timer: Timer) -> None:
    timer.state = "fired"
    if timer.wait is not None:
        timer.wait.state = "timed_out"
    kind = None if timer.wait is None else "condition_timeout"
    append(state, timer.run, "TimerFired", timer_id=timer.name, sequence=timer.step, timer_kind=kind)
    wake(state, timer.run, timer.name)


def _deadlines(activity: Activity) -> dict[str, float]:
    """The deadlines that hold now, in the order in which they are looked at."""
    limits, attempt, found = activity.limits, activity.attempt, {}
    if not activity.open:
        return found
    if "schedule_to_close_timeout" in limits:
        found["schedule_to_close"] = activity.scheduled_at + limits["schedule_to_close_timeout"]
    if activity.state != "running" and "schedule_to_start_timeout" in limits:
        found["schedule_to_start"] = activity.available_at + limits["schedule_to_start_timeout"]
    if activity.state == "running" and attempt is not None:
        if "heartbeat_timeout" in limits:
            found["heartbeat"] = (attempt.beat_at or attempt.started_at) + limits["heartbeat_timeout"]
        if "start_to_close_timeout" in limits:
            found["start_to_close"] = attempt.started_at + limits["start_to_close_timeout"]
    return found


def _activity_timed_out(state: State, activity: Activity, kind: str) -> None:
    if kind == "schedule_to_start":
        activity.used += 1
    elif activity.attempt is not None and activity.state == "running":
        activity.attempt.state = "timed_out"
    if kind == "schedule_to_close":
        close_activity(state, activity, "ActivityTimedOut", timeout_kind=kind)
    else:
        retry_or_close(state, activity, "ActivityTimedOut", False, timeout_kind=kind)


def _of_workflow_task(state: State, task: WorkflowTask) -> Iterator[_Due]:
    if task.state == "delayed":
        yield _Due(task.run, task.due_at, lambda: setattr(task, "state", "ready"))
    elif task.state == "leased":
        yield _Due(task.run, task.expires_at, lambda: end_lease(task))


def _lose(state: State, worker: Worker) -> None:
    """Take all its tasks from a worker that fell silent; its next poll makes it count again."""
    worker.lost = True
    end_leases(state, worker)


def _of_attempt(state: State, activity: Activity) -> Iterator[_Due]:
    attempt = activity.attempt
    if activity.state == "delayed" and activity.run.open:
        yield _Due(activity.run, activity.available_at, lambda: setattr(activity, "state", "ready"))
    elif activity.state == "running" and attempt is not None and activity.run.open:
        yield _Due(activity.run, attempt.expires_at, lambda: give_back(state, activity))
