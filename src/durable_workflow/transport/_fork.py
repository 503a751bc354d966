"""What a child process must not share: connections, and locks that a thread of the parent may hold."""

from __future__ import annotations

import os
import weakref
from typing import Any, Protocol

__all__ = ["ForkAware", "watch"]


class ForkAware(Protocol):
    """Something that a child process must not use as it found it."""

    def reset_after_fork(self) -> object:
        """Start afresh and return what was left behind."""
        ...


_watched: weakref.WeakSet[Any] = weakref.WeakSet()
# Kept, never used: even closing an inherited connection could disturb the parent that still uses it.
_inherited: list[object] = []


def watch(shared: ForkAware) -> None:
    """Reset this object in every child process that is forked from now on."""
    _watched.add(shared)


def _reset_all() -> None:
    _inherited.extend([shared.reset_after_fork() for shared in list(_watched)])


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_reset_all)
