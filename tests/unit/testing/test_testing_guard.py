"""In tests a workflow that reads the clock fails its task, with the line and what to do instead."""

from __future__ import annotations

import time

import pytest

from durable_workflow import workflow
from durable_workflow.testing import WorkflowEnvironment, WorkflowTaskFailed


@workflow.defn(name="testing.clock-watcher")
class ClockWatcher:
    async def run(self, ctx: workflow.WorkflowContext) -> float:
        return time.time()


def test_a_workflow_that_reads_the_clock_fails_its_test() -> None:
    with pytest.raises(WorkflowTaskFailed, match=r"time\.time .*return time\.time.*ctx\.now") as caught:
        WorkflowEnvironment().execute_workflow(ClockWatcher)
    assert caught.value.failure_type == "NonDeterministicCode"
