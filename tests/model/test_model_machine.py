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

# Agreement about what never happens would prove nothing. The rarest things are in test_model_tour.py too.
_OFTEN = {
    "ActivityCancelled",
    "ActivityCompleted",
    "ActivityFailed",
    "ActivityTimedOut",
    "CancelRequested",
    "SignalReceived",
    "StartRejected",
    "TimerFired",
    "UpdateApplied",
    "WorkflowCancelled",
    "WorkflowCompleted",
    "WorkflowContinuedAsNew",
    "WorkflowFailed",
    "WorkflowTerminated",
}
_SELDOM = {
    "ActivityHeartbeatRecorded",
    "ActivityRetryScheduled",
    "ArchiveRequested",
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
    "TimerCancelled",
    "UpdateCompleted",
    "VersionMarkerRecorded",
    "WorkflowArchived",
    "WorkflowTimedOut",
}


def _walk(profile: settings) -> set[str]:
    """Run the machine; return the types of the events that came about."""
    reached: set[str] = set()

    class Watched(ServerBesideModel):
        def teardown(self) -> None:
            reached.update(event.event_type for run in self.state.runs for event in run.history)
            super().teardown()

    run_state_machine_as_test(Watched, settings=profile)
    return reached


def test_the_server_does_what_the_model_does() -> None:
    often = settings(max_examples=100, stateful_step_count=40, derandomize=True, **_COMMON)
    assert not _OFTEN - _walk(often)


@pytest.mark.deep
def test_the_server_does_what_the_model_does_for_long() -> None:
    often = settings(max_examples=1500, stateful_step_count=80, print_blob=True, **_COMMON)
    assert not (_OFTEN | _SELDOM) - _walk(often)
