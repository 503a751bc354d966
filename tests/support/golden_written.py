"""Golden histories that the reference server does not write: of other servers, of old code, broken ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from durable_workflow.codec import encode
from durable_workflow.workflow import CompleteWorkflow
from support.history_writer import HistoryWriter

Golden = Mapping[str, Any]
WRITTEN: dict[str, Callable[[], Golden]] = {}

OLD = {"change_id": "tax", "min_supported": -1, "max_supported": 2}


def written(function: Callable[[], Golden]) -> Callable[[], Golden]:
    WRITTEN[function.__name__] = function
    return function


def golden(
    program: str,
    events: HistoryWriter,
    *,
    shows: Sequence[str],
    arguments: Sequence[Any] = (),
    **facts: Any,
) -> Golden:
    """Describe a history; `result` is what the code returns at its end, `error` that it is refused."""
    tasks: list[Any] = []
    if "result" in facts:
        wire = CompleteWorkflow(facts.pop("result")).to_server_command("q")
        tasks = [{"sees": len(events.events), "commands": [wire], "until": len(events.events) + 1}]
    elif "waits" in facts:
        tasks = [{"sees": facts.pop("waits"), "commands": [], "until": 0}]
    return {
        "shows": list(shows),
        "program": program,
        "arguments": list(arguments),
        "tasks": tasks,
        "events": events.events,
        **facts,
    }


def scheduled(history: HistoryWriter, step: int, name: str, result: Any = None) -> None:
    history.add("ActivityScheduled", sequence=step, activity_type=name)
    if result is not None:
        history.add("ActivityCompleted", sequence=step, result=encode(result))


def mark(history: HistoryWriter, step: int, version: int, **members: Any) -> None:
    history.add("VersionMarkerRecorded", **{"sequence": step, "version": version, **OLD, **members})


@written
def wait_timed_out_event() -> Golden:
    history = HistoryWriter()
    history.add("ConditionWaitOpened", sequence=3, condition_wait_id="W3", condition_key="approval")
    history.add("ConditionWaitTimedOut", sequence=3, condition_wait_id="W3", condition_key="approval")
    return golden("Approval", history, shows=["§3 ConditionWaitTimedOut"], result=[False, None, []])


@written
def embedded_engine() -> Golden:
    history = HistoryWriter()
    history.add("ConditionWaitOpened", sequence=1, condition_key="approval")
    history.add("SignalWaitOpened", sequence=2, signal_name="approve", signal_wait_id="s")
    history.add("SignalReceived", signal_name="bump", value=encode([1]))
    history.add("SignalApplied", sequence=2, signal_name="bump", value=encode([1]))
    history.add("FailureHandled", sequence=1, failure_category="activity", handled=True)
    history.add("SignalReceived", signal_name="approve", arguments=encode(["Ada"]))
    shows = ["§1.1 steps counted from 1", "§2 events of the embedded engine are skipped"]
    return golden("Approval", history, shows=shows, result=[True, "Ada", [1]])


@written
def signal_arguments() -> Golden:
    history = HistoryWriter()
    history.add("ConditionWaitOpened", sequence=3, condition_key="approval")
    history.add("SignalReceived", signal_name="bump", value=encode(["value"]), input=encode(["no"]))
    history.add("SignalReceived", signal_name="bump", input=encode(["input"]), arguments=encode(["no"]))
    envelope = {"codec": "avro", "blob": encode(["arguments"])}
    history.add("SignalReceived", signal_name="bump", arguments=envelope, payload_codec="avro")
    history.add("SignalReceived", signal_name="bump", arguments=encode("no list"))
    history.add("SignalReceived", signal_name="bump")
    history.signal("bump", "command")
    history.signal("approve", "Ada")
    bumps = ["value", "input", "arguments", "no list", "command"]
    return golden("Approval", history, shows=["§2.1 where arguments stand"], result=[True, "Ada", bumps])


@written
def started_by_a_schedule() -> Golden:
    history = HistoryWriter()
    history.add("ScheduleTriggered", schedule_id="nightly", trigger_number=3)
    scheduled(history, 4, "work", "worked")
    return golden("Activity", history, shows=["§1.1 steps of a scheduled run begin at 4"], result="worked")


@written
def everything_that_is_skipped() -> Golden:
    history = HistoryWriter()
    history.add("ActivityScheduled", sequence=3, activity_type="work")
    names = (
        "StartRejected ActivityStarted ActivityHeartbeatRecorded ActivityRetryScheduled RepairRequested "
        "UpdateRejected MessageCursorAdvanced ArchiveRequested WorkflowArchived FailureHandled "
        "ParentClosePolicyApplied ParentClosePolicyFailed ScheduleCreated SchedulePaused ScheduleResumed "
        "ScheduleUpdated ScheduleTriggered ScheduleDeleted ScheduleTriggerSkipped ServiceCallStarted "
        "ServiceCallCompleted ServiceCallFailed ServiceCallCancelled CooperativeCancellationDelivered "
        "CancellationScopeOpened SelectionResolved SelectionOperationCancelled SomethingOfTheFuture"
    )
    for name in names.split():
        history.add(name, sequence=3)
    history.add("ActivityCompleted", sequence=3, result=encode("worked"))
    return golden("Activity", history, shows=["§2 unknown types are skipped"], result="worked")


@written
def run_of_a_child() -> Golden:
    history = HistoryWriter()
    history.events.pop(0)
    history.events[0]["sequence"] = 1
    history.add("ActivityScheduled", sequence=2, activity_type="work")
    history.add("ActivityCompleted", sequence=2, result=encode("worked"))
    return golden("Activity", history, shows=["§1.1 steps of a child begin at 2"], result="worked")


@written
def ended_twice() -> Golden:
    history = HistoryWriter()
    scheduled(history, 3, "work", "first")
    history.add("ActivityFailed", sequence=3, activity_type="work", message="late")
    return golden("Activity", history, shows=["§3 the first resolution wins"], result="first")


@written
def later_server() -> Golden:
    history = HistoryWriter()
    group = {
        "parallel_group_id": "parallel-activities:3:1",
        "parallel_group_kind": "activity",
        "parallel_group_base_sequence": 3,
        "parallel_group_size": 1,
        "parallel_group_index": 0,
    }
    member = {
        "sequence": 3,
        "activity_type": "work",
        "execution_mode": "remote",
        "local_activity": None,
        **group,
    }
    history.add("ActivityScheduled", **member, parallel_group_path=[group])
    result = {"codec": "avro", "blob": encode({"framing": "value"}, framing="value")}
    history.add("ActivityCompleted", **member, result=result, payload_codec="avro")
    shows = ["§1 envelopes in the place of blobs", "§4.5 members of parallel groups", "§10.4 both framings"]
    return golden("Activity", history, shows=shows, result={"framing": "value"})


@written
def activity_cancelled_alone() -> Golden:
    history = HistoryWriter()
    scheduled(history, 3, "work")
    history.add("ActivityCancelled", sequence=3, activity_type="work", attempt_number=0, cancelled_at=None)
    result = "activity 'work' was cancelled"
    return golden("Activity", history, shows=["§3 a cancelled activity"], result=result)


@written
def child_cancelled_without_event() -> Golden:
    history = HistoryWriter()
    history.add("ChildWorkflowScheduled", sequence=3, child_workflow_type="ship")
    history.add("ChildRunStarted", sequence=3, child_workflow_type="ship")
    history.add("RepairRequested", outcome="nothing")
    return golden(
        "Child", history, shows=["§3 a child whose end leaves no event is not started again"], waits=5
    )


@written
def before_the_change() -> Golden:
    history = HistoryWriter()
    scheduled(history, 3, "work", "worked")
    shows = ["§6 a run from before the change is -1"]
    return golden("Versioned", history, shows=shows, result=[-1, "worked", -1])


@written
def ended_before_the_change() -> Golden:
    history = HistoryWriter()
    scheduled(history, 3, "work", "worked")
    history.add("WorkflowCompleted", output=encode("worked"))
    shows = ["§6 a closed run from before the change is -1"]
    return golden("Versioned", history, shows=shows, result=[-1, "worked", -1])


@written
def marker_per_call() -> Golden:
    history = HistoryWriter()
    mark(history, 3, 2)
    scheduled(history, 4, "work", "worked")
    mark(history, 6, 2)
    return golden("Versioned", history, shows=["§6 one marker per call"], result=[2, "worked", 2])


@written
def version_out_of_range() -> Golden:
    history = HistoryWriter()
    mark(history, 3, 1)
    error = "the run uses version 1 of change 'tax', but the code has versions 2 to 2"
    return golden("Versioned", history, shows=["§6 a version out of range"], arguments=[2], error=error)


@written
def version_before_the_change_is_gone() -> Golden:
    history = HistoryWriter()
    scheduled(history, 3, "work")
    error = "the run uses version -1 of change 'tax'"
    return golden("Versioned", history, shows=["§6 -1 must be supported, too"], arguments=[1], error=error)


def _refused(program: str, rule: str, error: str, event: str, *arguments: Any, **members: Any) -> Golden:
    history = HistoryWriter()
    history.add(event, **{"sequence": 3, **members})
    return golden(program, history, shows=[f"§4.3 {rule}"], arguments=arguments, error=error)


@written
def other_shape() -> Golden:
    error = "holds timer of 1 s, but the code asks for activity 'work'"
    return _refused("Activity", "another shape", error, "TimerScheduled", delay_seconds=1)


@written
def other_activity() -> Golden:
    error = "holds activity 'old', but the code asks for activity 'work'"
    return _refused("Activity", "another activity type", error, "ActivityScheduled", activity_type="old")


@written
def other_child() -> Golden:
    error = "holds child workflow 'old', but the code asks for child workflow 'ship'"
    return _refused("Child", "another child type", error, "ChildWorkflowScheduled", child_workflow_type="old")


@written
def other_change() -> Golden:
    error = "holds version marker 'old' = 1, but the code asks for activity 'work'"
    members = {"change_id": "old", "version": 1}
    return _refused("Versioned", "another change id", error, "VersionMarkerRecorded", **members)


@written
def other_delay() -> Golden:
    error = "holds timer of 7 s, but the code asks for timer of 5 s"
    return _refused("Timer", "another delay", error, "TimerScheduled", 5, delay_seconds=7)


@written
def other_key() -> Golden:
    error = "holds condition wait 'old', but the code asks for condition wait 'approval'"
    return _refused("Approval", "another condition key", error, "ConditionWaitOpened", condition_key="old")


@written
def left_over() -> Golden:
    error = "the code ends, but history holds activity 'work', which it never asked for"
    members = {"activity_type": "work"}
    return _refused("Plain", "steps that are left over", error, "ActivityScheduled", "return", **members)


@written
def two_shapes() -> Golden:
    history = HistoryWriter()
    scheduled(history, 3, "work")
    history.add("TimerScheduled", sequence=3, delay_seconds=1)
    error = "its step 3 is already the activity 'work'"
    return golden("Activity", history, shows=["§4.2 two shapes of one step"], error=error)


@written
def beyond_the_end() -> Golden:
    history = HistoryWriter()
    history.add("WorkflowCompleted", output=encode(None))
    error = "the run ended there, but the code asks for activity 'work'"
    return golden("Activity", history, shows=["§4.2 a step after the end"], error=error)


@written
def structural_limit() -> Golden:
    history = HistoryWriter()
    scheduled(history, 3, "work")
    history.add("WorkflowFailed", structural_limit_kind="payload_size", message="too large")
    return golden("Activity", history, shows=["§2.1 a limit of the server is no end of the code"], waits=3)
