"""One line about a history event, whatever its type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.cli._text import compact, safe

__all__ = ["cells", "summary"]

_NAMES = (
    "activity_type",
    "child_workflow_type",
    "condition_key",
    "signal_name",
    "update_name",
    "change_id",
    "workflow_type",
)
_LONGEST = 160


def cells(event: Mapping[str, Any]) -> tuple[Any, Any, Any, str]:
    """Return number, time, type and summary of an event whose payloads are decoded."""
    recorded = str(event.get("recorded_at") or event.get("timestamp") or "")
    return event.get("sequence"), recorded[:19].replace("T", " "), event.get("event_type"), summary(event)


def summary(event: Mapping[str, Any]) -> str:
    """Return what an event is about: a name, arguments, a result, a failure."""
    payload = event.get("payload")
    members: Mapping[str, Any] = payload if isinstance(payload, Mapping) else {}
    parts = [_name(members), *_numbers(members), _result(members), _failure(members)]
    text = " ".join(part for part in parts if part)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _name(members: Mapping[str, Any]) -> str:
    name = next((str(members[key]) for key in _NAMES if members.get(key)), "")
    arguments = _arguments(members)
    if isinstance(arguments, Mapping):
        return f"{name}({_value(arguments)})"
    if isinstance(arguments, list):
        return f"{name}({', '.join(_value(each) for each in arguments)})"
    return name


def _value(value: Any) -> str:
    if isinstance(value, Mapping) and "undecoded" in value:
        return safe(f"<{value['undecoded']}>")
    return compact(value)


def _arguments(members: Mapping[str, Any]) -> Any:
    """Return the arguments of an event; those of an activity may stand in its snapshot."""
    inner = members.get("activity")
    snapshot = inner if isinstance(inner, Mapping) else {}
    return next((each for each in (members.get("arguments"), snapshot.get("arguments")) if each), None)


def _numbers(members: Mapping[str, Any]) -> list[str]:
    attempt = members.get("attempt_number")
    return [
        f"attempt {attempt}" if isinstance(attempt, int) and attempt > 1 else "",
        f"{members['delay_seconds']} s" if members.get("delay_seconds") is not None else "",
        f"version {members['version']}" if members.get("version") is not None else "",
        f"again in {members['retry_backoff_seconds']} s" if members.get("retry_backoff_seconds") else "",
        f"run {members['continued_to_run_id']}" if members.get("continued_to_run_id") else "",
    ]


def _result(members: Mapping[str, Any]) -> str:
    for key in ("result", "output"):
        if members.get(key) is not None:
            return f"→ {_value(members[key])}"
    return ""


def _failure(members: Mapping[str, Any]) -> str:
    kind = members.get("exception_type") or members.get("exception_class")
    message = members.get("message") or members.get("reason")
    if not message:
        return str(kind or "")
    return f"{kind}: {message}" if kind else str(message)
