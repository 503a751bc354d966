"""Reading recorded runs in all the forms in which they are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from attrs import frozen

from durable_workflow.codec import AVRO_CODEC, decode_envelope
from durable_workflow.errors import HistoryNotUnderstood

Document: TypeAlias = Mapping[str, Any] | Sequence[Mapping[str, Any]]
"""A history: an export bundle, the answer of `get_history`, or a list of events."""

_FORMS = "Give an export bundle (client.export_history), a history (client.get_history), or a list of events."


@frozen(kw_only=True)
class RecordedRun:
    """One run, as a server or a file told of it.

    Attributes:
        events: All events, as they came.
        workflow_type: Type of the workflow; None if nothing tells it.
        workflow_id: Id of the workflow, or an empty text.
        run_id: Id of the run, or an empty text; it seeds random numbers.
        task_queue: Queue of the run, or an empty text.
        arguments: Encoded start arguments; None if nothing tells them.
        payload_codec: Codec of the run's payloads.
        source: Where it came from, for people.
    """

    events: Sequence[Mapping[str, Any]]
    workflow_type: str | None = None
    workflow_id: str = ""
    run_id: str = ""
    task_queue: str = ""
    arguments: Any = None
    payload_codec: str = AVRO_CODEC
    source: str = "history"

    def start_input(self) -> list[Any]:
        """Decode the start arguments.

        Raises:
            HistoryNotUnderstood: If nothing tells them.
            PayloadDecodeError: If they cannot be decoded.
        """
        if self.arguments is None:
            raise HistoryNotUnderstood(
                f"{self.source} does not hold the start arguments of the run (those of children and of "
                "continued runs are not in their histories). Replay an export bundle, or pass start_input."
            )
        decoded = decode_envelope(self.arguments, self.payload_codec)
        return decoded if isinstance(decoded, list) else [decoded]


def read_history_file(path: str | Path) -> RecordedRun:
    """Read a run from a JSON file; see `read_history`.

    Args:
        path: The file.

    Raises:
        HistoryNotUnderstood: If it is no history.
        OSError: If it cannot be read.
    """
    text = Path(path).read_text(encoding="utf-8")
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise HistoryNotUnderstood(f"{path} is not JSON: {error}. {_FORMS}") from error
    return read_history(document, source=str(path))


def read_history(document: Document, *, source: str = "history") -> RecordedRun:
    """Read a run from an export bundle, from the answer of `get_history`, or from a list of events.

    Args:
        document: The history, as plain JSON.
        source: Where it came from, for errors and reports.

    Raises:
        HistoryNotUnderstood: If it is none of these.
    """
    given: Any = document
    if isinstance(given, Mapping) and "history_events" in document:
        return _from_bundle(given, source)
    if isinstance(given, Mapping):
        return _from_answer(given, source)
    if isinstance(given, Sequence) and not isinstance(given, str | bytes):
        return _from_events(given, {}, source)
    raise HistoryNotUnderstood(f"{source} is {type(given).__name__}, not a history. {_FORMS}")


def _from_bundle(bundle: Mapping[str, Any], source: str) -> RecordedRun:
    workflow, payloads = _part(bundle, "workflow"), _part(bundle, "payloads")
    codec = payloads.get("codec")
    facts = {
        "workflow_type": workflow.get("workflow_type"),
        "workflow_id": workflow.get("instance_id"),
        "run_id": workflow.get("run_id"),
        "task_queue": workflow.get("queue"),
        "arguments": _part(payloads, "arguments").get("data"),
        "payload_codec": codec if isinstance(codec, str) else None,
    }
    return _from_events(bundle["history_events"], facts, source)


def _from_answer(answer: Mapping[str, Any], source: str) -> RecordedRun:
    if not isinstance(answer.get("events"), Sequence):
        raise HistoryNotUnderstood(f"{source} has no events. {_FORMS}")
    names = ("workflow_type", "workflow_id", "run_id", "task_queue", "arguments", "payload_codec")
    return _from_events(answer["events"], {name: answer.get(name) for name in names}, source)


def _from_events(events: Iterable[Any], facts: Mapping[str, Any], source: str) -> RecordedRun:
    listed = list(events)
    if not listed or not all(isinstance(event, Mapping) for event in listed):
        raise HistoryNotUnderstood(f"{source} is not a list of events. {_FORMS}")
    found = {**_told_by_events(listed), **{name: value for name, value in facts.items() if value is not None}}
    return RecordedRun(events=listed, source=source, **found)


def _told_by_events(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for event in events:
        kind, payload = event.get("event_type") or event.get("type"), _part(event, "payload")
        if kind not in ("StartAccepted", "WorkflowStarted") or payload.get("rejection_reason"):
            continue
        command = _part(payload, "command")
        told = {
            "workflow_type": payload.get("workflow_type"),
            "workflow_id": payload.get("workflow_instance_id"),
            "run_id": payload.get("workflow_run_id"),
            "arguments": command.get("payload"),
            "payload_codec": command.get("payload_codec"),
        }
        facts = {**{name: value for name, value in told.items() if value is not None}, **facts}
        if kind == "WorkflowStarted":
            break
    return facts


def _part(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = document.get(name)
    return part if isinstance(part, Mapping) else {}
