"""The command upsert_memo."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from durable_workflow.codec import AVRO_CODEC, decode
from durable_workflow.errors import PayloadDecodeError
from durable_workflow.server.engine.commands.kinds import Command, Completion, Kind, Problems
from durable_workflow.server.engine.payloads import copy_like_run, envelope, payload_problem, text_blob
from durable_workflow.server.engine.refusals import from_json, to_json

__all__ = ["UPSERT_MEMO"]

_KEY = re.compile(r"(?![0-9]+\Z)[A-Za-z0-9_.:-]{1,64}")
_MAX_ENTRIES = 100
_MAX_VALUE_BYTES = 10_240
_MAX_TOTAL_BYTES = 65_536


def _check(command: Command, problems: Problems) -> None:
    problem = payload_problem(command.get("entries"))
    if problem is not None:
        problems.add(f"entries{problem[0]}", problem[1])
        return
    try:
        entries = _entries(command)
    except PayloadDecodeError as error:
        problems.add("entries.blob", str(error))
    else:
        for text in _problems(entries):
            problems.add("entries", text)


def _entries(command: Command) -> Any:
    blob = text_blob(command.get("entries"))
    return None if blob is None else decode(blob, AVRO_CODEC)


def _problems(entries: Any) -> list[str]:
    if not isinstance(entries, Mapping) or not entries:
        return ["entries is required: an encoded map with something in it."]
    if len(entries) > _MAX_ENTRIES:
        return [f"entries has at most {_MAX_ENTRIES} members, not {len(entries)}."]
    names = [name for name in entries if not isinstance(name, str) or not _KEY.fullmatch(name)]
    if names:
        return [f"{names[0]!r:.80} is no name: 1 to 64 letters, digits and _.:-, and more than a number."]
    sizes = {name: _size(value) for name, value in entries.items()}
    found = [f"The value of {name} is not JSON." for name, size in sizes.items() if size is None]
    for name, size in sizes.items():
        if size is not None and size > _MAX_VALUE_BYTES:
            found.append(f"The value of {name} has {size} bytes, the limit is {_MAX_VALUE_BYTES}.")
    total = sum(size or 0 for size in sizes.values())
    if total > _MAX_TOTAL_BYTES:
        found.append(f"The values have {total} bytes together, the limit is {_MAX_TOTAL_BYTES}.")
    return found


def _size(value: Any) -> int | None:
    try:
        return len(json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode())
    except (TypeError, ValueError):
        # Values that only Avro knows, as bytes, have no place in a memo.
        return None


def _apply(completion: Completion, command: Command, step: int) -> None:
    run = completion.run
    entries = _entries(command)
    merged: dict[str, Any] = (from_json(run.memo) or {}) | entries
    merged = {name: value for name, value in merged.items() if value is not None}
    run.memo = to_json(merged) if merged else None
    blob = copy_like_run(run, merged)
    payload = {
        "sequence": step,
        "entries": envelope(run.payload_codec, text_blob(command["entries"])),
        # What came in as JSON with the start may be more than the run's encoding can hold.
        "merged": merged if blob is None else envelope(run.payload_codec, blob),
    }
    completion.append("MemoUpserted", payload)


UPSERT_MEMO = Kind("upsert_memo", _check, _apply)
"""Appends ``MemoUpserted`` and changes the run's memo."""
