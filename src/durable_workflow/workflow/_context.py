"""The context that `run` gets as its first argument: everything a workflow may ask for."""

from __future__ import annotations

import hashlib
import logging
import random as _random
import uuid
from datetime import UTC, datetime, timedelta
from typing import Protocol

from attrs import evolve

from durable_workflow.workflow._asking import Asking
from durable_workflow.workflow._cancellation import Scopes
from durable_workflow.workflow._info import WorkflowInfo
from durable_workflow.workflow._logging import ReplaySafeLogger
from durable_workflow.workflow._saga import Compensating

_EPOCH = datetime.fromtimestamp(0, UTC)


class RunView(Protocol):
    """What the context reads from the run that drives the code."""

    @property
    def now(self) -> datetime:
        """Time of the newest event that the code has seen."""
        ...

    @property
    def replaying(self) -> bool:
        """Whether the code repeats what history already holds."""
        ...

    @property
    def seen(self) -> int:
        """Number of the newest event that the code has seen."""
        ...

    @property
    def scopes(self) -> Scopes:
        """Where scopes and shields are known."""
        ...


class WorkflowContext(Asking, Compensating):
    """The workflow's door to the world; nothing else in `run` may depend on time, chance or IO.

    Methods that return a command do nothing by themselves: yield the command (in a generator), await it (in
    a coroutine), or put several into a list, `gather` or `select`.
    """

    def __init__(self, info: WorkflowInfo, view: RunView) -> None:
        self._info = info
        self.logger: logging.LoggerAdapter[logging.Logger] = ReplaySafeLogger(info, view)
        self._view = view
        self._uuid7_count = -1
        seed = int(hashlib.sha256(info.run_id.encode()).hexdigest()[:16], 16)
        self._random = _random.Random(seed)  # noqa: S311 - reproducible on purpose

    @property
    def _scopes(self) -> Scopes:
        return self._view.scopes

    @property
    def info(self) -> WorkflowInfo:
        """Facts of the run; its `history_length` grows."""
        if self._info.history_length != self._view.seen:
            self._info = evolve(self._info, history_length=self._view.seen)
        return self._info

    def now(self) -> datetime:
        """Give the workflow's time, UTC: that of the newest event in history that the code has seen."""
        return self._view.now

    def random(self) -> _random.Random:
        """Give the run's random numbers, the same on every replay; seeded from the run id."""
        return self._random

    def uuid4(self) -> uuid.UUID:
        """Give a random UUID (version 4), the same on every replay."""
        return uuid.UUID(int=self._random.getrandbits(128), version=4)

    def uuid7(self) -> uuid.UUID:
        """Give a UUID that sorts by time (version 7, from `now`), the same on every replay."""
        self._uuid7_count += 1
        milliseconds = (self.now() - _EPOCH) // timedelta(milliseconds=1)
        high = milliseconds << 16 | 0x7000 | self._uuid7_count & 0xFFF
        return uuid.UUID(int=high << 64 | 0b10 << 62 | self._random.getrandbits(62))

    @property
    def is_replaying(self) -> bool:
        """Whether the code repeats what history already holds; for logs and metrics only."""
        return self._view.replaying
