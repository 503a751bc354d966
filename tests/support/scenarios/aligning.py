"""Which entry of a list corresponds to which recorded one."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any


def aligned(recorded: list[Any], ours: list[Any]) -> list[tuple[Any, Any]]:
    """The pairs of entries that correspond: events by their types in order, other entries by position."""
    if not (_events(recorded) and _events(ours)):
        return list(zip(recorded, ours, strict=False))
    types = [[event_name(event) for event in events] for events in (recorded, ours)]
    blocks = SequenceMatcher(None, *types, autojunk=False).get_matching_blocks()
    return [
        (recorded[block.a + offset], ours[block.b + offset])
        for block in blocks
        for offset in range(block.size)
    ]


def event_name(entry: Any) -> str:
    """The type of an event, as histories and exports spell it; empty for what is no event."""
    if not isinstance(entry, Mapping) or "sequence" not in entry:
        return ""
    return str(entry.get("event_type") or (entry.get("type") if "payload" in entry else None) or "")


def _events(entries: list[Any]) -> bool:
    return bool(entries) and all(map(event_name, entries))
