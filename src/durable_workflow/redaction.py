"""What of a payload people may see: in texts and bodies of errors, in logs, on the command line.

    client = Client("http://localhost:8080", redactor=redaction.hide_members("password", "iban"))

A redactor is a function that gets decoded JSON (or a text that is none) and returns what may be shown of it.
The results and failure details that a call returns or raises as data are not changed. Logs of this library
hold neither payloads nor tokens with any redactor, but they may quote an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from attrs import frozen

__all__ = ["HIDDEN", "Redactor", "hide", "hide_members"]

Redactor: TypeAlias = Callable[[Any], Any]
"""Returns what may be shown of a value."""

HIDDEN = "[hidden]"
"""Stands where something was hidden."""

# What a server says about a request rather than what it holds of a workflow.
_ABOUT = frozenset({"reason", "status", "outcome", "workflow_id", "run_id", "task_id", "namespace"})


def hide(value: Any) -> Any:
    """Return a value with all its texts and numbers hidden; its shape stays, and ids and reasons do.

    Args:
        value: Decoded JSON.
    """
    if isinstance(value, Mapping):
        return {name: each if name in _ABOUT else hide(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [hide(each) for each in value]
    return value if value is None or isinstance(value, bool) else HIDDEN


def hide_members(*names: str) -> Redactor:
    """Return a redactor that hides the members of these names, at any depth.

    Args:
        names: Names of members, in any case of letters.

    Raises:
        TypeError: A name is not text.
    """
    return _Members(frozenset(name.casefold() for name in names))


@frozen
class _Members:
    names: frozenset[str]

    def __call__(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {
                name: HIDDEN if str(name).casefold() in self.names else self(each)
                for name, each in value.items()
            }
        return [self(each) for each in value] if isinstance(value, list | tuple) else value
