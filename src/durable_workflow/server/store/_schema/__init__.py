"""The schema of the database file, as the ordered list of steps that lead to it; a step never changes.

Every index that serves a queue, a lease or a deadline is partial: rows of closed work leave it, so a
lookup costs the same however much history the file holds.
"""

from __future__ import annotations

from durable_workflow.server.store._schema import v1, v2, v3, v4, v5, v6, v7, v8, v9

__all__ = ["STEPS"]

STEPS: tuple[tuple[str, ...], ...] = (
    v1.STATEMENTS,
    v2.STATEMENTS,
    v3.STATEMENTS,
    v4.STATEMENTS,
    v5.STATEMENTS,
    v6.STATEMENTS,
    v7.STATEMENTS,
    v8.STATEMENTS,
    v9.STATEMENTS,
)
"""The statements of version 1, 2 and so on."""
