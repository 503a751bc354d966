"""What a worker says about itself, for probes and dashboards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from attrs import field, frozen

__all__ = ["LoopHealth", "WorkerHealth", "WorkerState"]

WorkerState = Literal["new", "starting", "running", "draining", "stopped"]


@frozen(kw_only=True)
class LoopHealth:
    """One loop that asks for tasks.

    Attributes:
        kind: What it asks for: `workflow`, `activity` or `query`.
        open_polls: Polls that wait for an answer now; none while all slots are taken.
        last_polled_at: When the newest poll began (UTC); None before the first.
        last_answered_at: When the server last answered a poll (UTC).
        failures: How many polls failed since one succeeded.
        last_error: What the newest failed poll met, in words, while polls fail.
    """

    kind: str
    open_polls: int
    last_polled_at: datetime | None = None
    last_answered_at: datetime | None = None
    failures: int = 0
    last_error: str | None = None

    @property
    def is_healthy(self) -> bool:
        """Whether the newest poll that ended was answered."""
        return not self.failures


@frozen(kw_only=True)
class WorkerHealth:
    """A worker at one moment.

    Attributes:
        state: `new` before `run`, `starting` until it is registered, `running`, `draining` after a stop,
            `stopped`.
        worker_id: The worker.
        last_heartbeat_at: When the server last heard its sign of life (UTC); None before the registration.
        tasks_in_hand: How many tasks it works on, by kind.
        live_runs: Runs that it keeps live.
        loops: Its loops, by kind.
    """

    state: WorkerState
    worker_id: str
    last_heartbeat_at: datetime | None = None
    tasks_in_hand: Mapping[str, int] = field(factory=dict[str, int])
    live_runs: int = 0
    loops: Mapping[str, LoopHealth] = field(factory=dict[str, LoopHealth])

    @property
    def is_healthy(self) -> bool:
        """Whether the worker runs and all of its loops are well; what a readiness probe wants to know."""
        return self.state == "running" and all(loop.is_healthy for loop in self.loops.values())
