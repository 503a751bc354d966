"""The buckets that the statuses of runs fall into."""

from __future__ import annotations

__all__ = ["bucket_of"]

_BUCKETS = {"completed": "completed", "failed": "failed", "cancelled": "failed", "terminated": "failed"}


def bucket_of(status: str) -> str:
    """Return the bucket of a status: ``running``, ``completed`` or ``failed``."""
    return _BUCKETS.get(status, "running")
