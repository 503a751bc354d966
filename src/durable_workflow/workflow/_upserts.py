"""The commands that change what others see of a run: search attributes and memo."""

from __future__ import annotations

import math
import re
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import field, frozen

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.workflow._command import Command, encoded

_ATTRIBUTE_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_MEMO_NAME = re.compile(r"(?![0-9]+\Z)[A-Za-z0-9_.:-]{1,64}")
_LONGEST_TEXT_BYTES = 191
_MOST_MEMO_ENTRIES = 100


def _members(value: Mapping[str, Any], what: str, names: re.Pattern[str]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{what} are a dict of names and values, not {type(value).__name__}")
    if not value:
        raise ValueError(f"{what} must not be empty: name what to change; None as value deletes")
    for name in value:
        if not isinstance(name, str) or not names.fullmatch(name):
            raise ValueError(
                f"{what}: {name!r:.80} is no name: 1 to 64 of letters, digits, '_', '.', ':', '-'"
            )
    return dict(value)


def _check_attribute(name: str, value: Any) -> None:
    texts = value if isinstance(value, list) else [value]
    if isinstance(value, list) and not all(isinstance(text, str) for text in value):
        raise TypeError(f"search attribute {name!r}: a list holds texts only")
    if not all(text is None or isinstance(text, str | bool | int | float) for text in texts):
        raise TypeError(
            f"search attribute {name!r} must be text, a number, a boolean, a list of texts or None, "
            f"not {type(value).__name__}"
        )
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"search attribute {name!r} must be a finite number, not {value}")
    for text in texts:
        if isinstance(text, str) and len(text.strip().encode()) > _LONGEST_TEXT_BYTES:
            raise ValueError(f"search attribute {name!r} is longer than {_LONGEST_TEXT_BYTES} bytes of UTF-8")


def _attributes(value: Mapping[str, Any]) -> dict[str, Any]:
    attributes = _members(value, "search attributes", _ATTRIBUTE_NAME)
    for name, each in attributes.items():
        _check_attribute(name, each)
    return attributes


def _entries(value: Mapping[str, Any]) -> dict[str, Any]:
    entries = _members(value, "memo entries", _MEMO_NAME)
    if len(entries) > _MOST_MEMO_ENTRIES:
        raise ValueError(f"memo entries: at most {_MOST_MEMO_ENTRIES} at once, not {len(entries)}")
    return entries


@frozen
class UpsertSearchAttributes(Command):
    """Set or delete search attributes of the workflow; the code goes on at once and gets None.

    Args:
        attributes: What to set, by name: texts of at most 191 bytes, numbers, booleans, lists of texts; None
            deletes. Others stay as they are.
    """

    type: ClassVar[str] = "upsert_search_attributes"

    attributes: dict[str, Any] = field(converter=_attributes)

    if TYPE_CHECKING:

        def __await__(self) -> Generator[Command, Any, None]: ...

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {"type": self.type, "attributes": self.attributes}


@frozen
class UpsertMemo(Command):
    """Set or delete entries of the workflow's memo; the code goes on at once and gets None.

    Only servers that list the command `upsert_memo` take it; others refuse the task that asks for it.

    Args:
        entries: What to set, by name: JSON values; None deletes. Others stay as they are.
    """

    type: ClassVar[str] = "upsert_memo"

    entries: dict[str, Any] = field(converter=_entries)

    if TYPE_CHECKING:

        def __await__(self) -> Generator[Command, Any, None]: ...

    def to_server_command(
        self, task_queue: str, *, payload_codec: str = AVRO_CODEC, framing: Framing = "wrapper"
    ) -> dict[str, Any]:
        """Write the command as the wire object of a task completion; see `Command`."""
        return {"type": self.type, "entries": encoded(self.entries, payload_codec, framing)}
