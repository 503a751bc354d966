"""What plain JSON answers must hold; models are checked by the generated code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..transport import Parse

__all__ = ["with_events", "with_task"]


def with_events(parse: Parse[Any]) -> Parse[Any]:
    """Return a parser that insists on a list of events."""
    return _with_member(parse, "events", list)


def with_task(parse: Parse[Any]) -> Parse[Any]:
    """Return a parser that insists on a task, or on null for none: anything else is no answer to a poll."""
    return _with_member(parse, "task", dict | None)


def _with_member(parse: Parse[Any], member: str, kind: Any) -> Parse[Any]:
    def checked(*, status_code: int, headers: Mapping[str, str], content: bytes) -> Any:
        answer = parse(status_code=status_code, headers=headers, content=content)
        if not isinstance(answer, dict) or not isinstance(answer[member], kind):
            raise TypeError(f"its member {member} has the wrong type")
        return answer

    return checked
