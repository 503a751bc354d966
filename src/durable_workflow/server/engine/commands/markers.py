"""The commands that only write something down: side effects, version markers, search attributes."""

from __future__ import annotations

import re
from typing import Any

from durable_workflow.server.engine.commands.kinds import Command, Completion, Kind, Problems, check_text
from durable_workflow.server.engine.refusals import from_json, to_json

__all__ = ["RECORD_SIDE_EFFECT", "RECORD_VERSION_MARKER", "UPSERT_SEARCH_ATTRIBUTES"]

_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_MAX_VALUE_BYTES = 191


def _check_side_effect(command: Command, problems: Problems) -> None:
    check_text(command, problems, "result")


def _apply_side_effect(completion: Completion, command: Command, step: int) -> None:
    completion.append("SideEffectRecorded", {"sequence": step, "result": command["result"].strip()})


def _check_version(command: Command, problems: Problems) -> None:
    if not isinstance(command.get("change_id"), str) or not command["change_id"].strip():
        problems.add("", "change_id is required")
    for member in ("version", "min_supported", "max_supported"):
        value = command.get(member)
        if not isinstance(value, int) or isinstance(value, bool):
            problems.add("", f"{member} is required and must be an integer")


def _refuse_version(command: Command) -> str | None:
    low, version, high = command["min_supported"], command["version"], command["max_supported"]
    return None if low <= version <= high else f"Version {version} is outside {low} to {high}."


def _apply_version(completion: Completion, command: Command, step: int) -> None:
    payload = {
        "sequence": step,
        "change_id": command["change_id"].strip(),
        "version": command["version"],
        "min_supported": command["min_supported"],
        "max_supported": command["max_supported"],
    }
    completion.append("VersionMarkerRecorded", payload)


def _check_attributes(command: Command, problems: Problems) -> None:
    attributes = command.get("attributes")
    if not isinstance(attributes, dict) or not attributes:
        problems.add("attributes", "attributes is required and must not be empty.")


def _refuse_attributes(command: Command) -> str | None:
    for name, value in command["attributes"].items():
        if not _KEY.fullmatch(name):
            return f"{name!r:.80} is not the name of a search attribute."
        texts = value if isinstance(value, list) else [value]
        if isinstance(value, list) and not all(isinstance(text, str) for text in value):
            return f"The list {name} holds something else than text."
        if not all(isinstance(text, str | int | float | bool | None) for text in texts):
            return f"The value of {name} is neither text nor number nor boolean nor a list of texts nor null."
        if any(_is_long(text) for text in texts):
            return f"The value of {name} is longer than {_MAX_VALUE_BYTES} bytes."
    return None


def _is_long(value: Any) -> bool:
    return isinstance(value, str) and len(value.strip().encode("utf-8", "surrogatepass")) > _MAX_VALUE_BYTES


def _apply_attributes(completion: Completion, command: Command, step: int) -> None:
    run = completion.run
    patch = {name: _clean(value) for name, value in sorted(command["attributes"].items())}
    merged: dict[str, Any] = (from_json(run.search_attributes) or {}) | patch
    merged = {name: value for name, value in sorted(merged.items()) if value is not None}
    run.search_attributes = to_json(merged) if merged else None
    payload = {"sequence": step, "attributes": patch, "merged": merged}
    completion.append("SearchAttributesUpserted", payload)


def _clean(value: Any) -> Any:
    """Return a value without the space around its texts; a blank one removes the attribute."""
    if isinstance(value, list):
        return [text.strip() for text in value if text.strip()] or None
    return (value.strip() or None) if isinstance(value, str) else value


RECORD_SIDE_EFFECT = Kind("record_side_effect", _check_side_effect, _apply_side_effect)
"""Appends ``SideEffectRecorded``."""

RECORD_VERSION_MARKER = Kind("record_version_marker", _check_version, _apply_version, _refuse_version)
"""Appends ``VersionMarkerRecorded``."""

UPSERT_SEARCH_ATTRIBUTES = Kind(
    "upsert_search_attributes", _check_attributes, _apply_attributes, _refuse_attributes
)
"""Appends ``SearchAttributesUpserted`` and changes the run's search attributes."""
