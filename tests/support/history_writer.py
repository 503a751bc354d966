"""Histories as a 1.0 server writes them, without a server."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from durable_workflow.codec import decode_envelope, encode

START = datetime(2026, 1, 1, tzinfo=UTC)

RESUMED_AT_ONCE = {
    "record_side_effect",
    "record_version_marker",
    "upsert_memo",
    "upsert_search_attributes",
}
OPENED_BY = {
    "schedule_activity": "ActivityScheduled",
    "start_timer": "TimerScheduled",
    "record_side_effect": "SideEffectRecorded",
    "open_condition_wait": "ConditionWaitOpened",
    "record_version_marker": "VersionMarkerRecorded",
    "start_child_workflow": "ChildWorkflowScheduled",
    "upsert_memo": "MemoUpserted",
    "upsert_search_attributes": "SearchAttributesUpserted",
}


class HistoryWriter:
    """Appends events one second apart and keeps track of what is open."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.open: dict[int, Mapping[str, Any]] = {}
        self.waits: dict[int, Mapping[str, Any]] = {}
        self.updates: dict[str, Mapping[str, Any]] = {}
        self.add("StartAccepted", outcome="started_new")
        self.add("WorkflowStarted", workflow_type="w")

    def add(self, event_type: str, **payload: Any) -> dict[str, Any]:
        number = len(self.events) + 1
        event = {
            "id": f"e{number}",
            "sequence": number,
            "event_type": event_type,
            "payload": payload,
            "workflow_task_id": None,
            "workflow_command_id": None,
            "recorded_at": (START + timedelta(seconds=number)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        }
        self.events.append(event)
        return event

    def complete(self, commands: Iterable[Mapping[str, Any]], *, by_signal: bool = False) -> bool:
        """Record a completion; True if it closes the run."""
        commands = list(commands)
        opens_wait = any(command["type"] == "open_condition_wait" for command in commands)
        if by_signal and not opens_wait and self.waits:
            self.satisfy(max(self.waits))
        step, terminal = len(self.events) + 1, None
        for command in commands:
            if command["type"] in OPENED_BY:
                self._open(step, command)
                step += 1
            elif "update_id" in command:
                self._answer_update(step, command)
                step += 1
            else:
                terminal = command
        if terminal is not None:
            self.add(*_closing(terminal)[:1], **_closing(terminal)[1])
        return terminal is not None

    def satisfy(self, step: int) -> None:
        self.waits.pop(step)
        self.open.pop(step, None)
        self.add("ConditionWaitSatisfied", sequence=step, condition_wait_id=f"W{step}")

    def complete_activity(self, step: int, value: Any) -> None:
        self.open.pop(step)
        self.add("ActivityStarted", sequence=step, activity_type="x", attempt_number=1)
        self.add("ActivityCompleted", sequence=step, result=encode(value), payload_codec="avro")

    def fail_activity(self, step: int, message: str, **members: Any) -> None:
        activity_type = self.open.pop(step)["activity_type"]
        self.add("ActivityFailed", sequence=step, activity_type=activity_type, message=message, **members)

    def fire(self, step: int) -> None:
        opened = self.open.pop(step)
        if opened["type"] == "start_timer":
            self.add("TimerFired", sequence=step, timer_id=f"T{step}", delay_seconds=opened["delay_seconds"])
        else:
            self.waits.pop(step, None)
            self.add(
                "TimerFired", sequence=step, timer_kind="condition_timeout", condition_wait_id=f"W{step}"
            )

    def end_child(self, step: int, how: str, **members: Any) -> None:
        child = self.open.pop(step)
        self.add(how, sequence=step, **_child(step, child), **members)

    def signal(self, name: str, *arguments: Any) -> None:
        payload = encode({"name": name, "arguments": list(arguments), "validation_errors": []})
        self.add("SignalReceived", signal_name=name, command={"payload": payload, "payload_codec": "avro"})

    def update(self, update_id: str, name: str, *arguments: Any) -> None:
        members = {"update_name": name, "arguments": encode(list(arguments)), "payload_codec": "avro"}
        self.updates[update_id] = members
        self.add("UpdateAccepted", update_id=update_id, **members)

    def _answer_update(self, step: int, command: Mapping[str, Any]) -> None:
        members = {"update_id": command["update_id"], "sequence": step}
        if command["type"] == "complete_update":
            self.add("UpdateApplied", **self.updates[command["update_id"]], **members)
            self.add("UpdateCompleted", **members, result=command["result"]["blob"])
        else:
            failure = {name: command.get(name) for name in ("message", "exception_type", "exception_class")}
            self.add("UpdateCompleted", **members, **failure, failure_id="f1")

    def _open(self, step: int, command: Mapping[str, Any]) -> None:
        kind = command["type"]
        members = {
            k: v for k, v in command.items() if k not in ("type", "arguments", "queue", "retry_policy")
        }
        self.add(OPENED_BY[kind], sequence=step, **members)
        if kind == "open_condition_wait":
            self.waits[step] = command
            if command.get("timeout_seconds"):
                self.open[step] = command
                self.add("TimerScheduled", sequence=step, timer_kind="condition_timeout")
        elif kind == "start_child_workflow":
            self.open[step] = command
            self.events[-1]["payload"] = {"sequence": step, **_child(step, command)}
            self.add("ChildRunStarted", sequence=step, child_run_number=1, **_child(step, command))
        elif kind not in RESUMED_AT_ONCE:
            self.open[step] = command


def _child(step: int, command: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "child_call_id": f"C{step}",
        "child_workflow_instance_id": f"child-{step}",
        "child_workflow_run_id": f"run-{step}",
        "child_workflow_type": command["workflow_type"],
    }


def _closing(command: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    if command["type"] == "complete_workflow":
        return "WorkflowCompleted", {"output": command["result"]["blob"]}
    if command["type"] == "cancel_workflow":
        return "WorkflowCancelled", {"closed_reason": "cancelled", "task": {"id": "t"}}
    return "WorkflowFailed", {"message": command["message"], "exception_class": command["exception_class"]}


def result_of(commands: Iterable[Mapping[str, Any]]) -> Any:
    """Decode the result with which commands complete a workflow."""
    (closing,) = [command for command in commands if command["type"] == "complete_workflow"]
    return decode_envelope(closing["result"])
