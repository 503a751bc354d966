"""The server beside the model: no difference, whatever is asked in whatever order.

A failure prints the steps. `make deep` tries other steps each time, and many more of them.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from model.machine import ServerBesideModel

# A step is as slow as the machine that it runs on; how much is generated is what we asked for.
_COMMON = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck)}

# Agreement about what never happens would prove nothing.
_REACHED = {
    "ActivityCancelled",
    "ActivityCompleted",
    "ActivityFailed",
    "ActivityHeartbeatRecorded",
    "ActivityRetryScheduled",
    "ActivityTimedOut",
    "ArchiveRequested",
    "CancelRequested",
    "ChildRunCancelled",
    "ChildRunCompleted",
    "ChildRunFailed",
    "ChildRunTerminated",
    "ConditionWaitSatisfied",
    "MemoUpserted",
    "MessageCursorAdvanced",
    "ParentClosePolicyApplied",
    "RepairRequested",
    "SearchAttributesUpserted",
    "SideEffectRecorded",
    "SignalReceived",
    "StartRejected",
    "TimerCancelled",
    "TimerFired",
    "UpdateApplied",
    "UpdateCompleted",
    "VersionMarkerRecorded",
    "WorkflowArchived",
    "WorkflowCancelled",
    "WorkflowCompleted",
    "WorkflowContinuedAsNew",
    "WorkflowFailed",
    "WorkflowTerminated",
    "WorkflowTimedOut",
}


def test_the_server_does_what_the_model_does() -> None:
    reached: set[str] = set()

    class Watched(ServerBesideModel):
        def teardown(self) -> None:
            reached.update(event.event_type for run in self.state.runs for event in run.history)
            super().teardown()

    often = settings(max_examples=100, stateful_step_count=40, derandomize=True, **_COMMON)
    run_state_machine_as_test(Watched, settings=often)
    assert reached >= _REACHED, f"never reached: {sorted(_REACHED - reached)}"


@pytest.mark.deep
def test_the_server_does_what_the_model_does_for_long() -> None:
    often = settings(max_examples=1500, stateful_step_count=80, print_blob=True, **_COMMON)
    run_state_machine_as_test(ServerBesideModel, settings=often)
