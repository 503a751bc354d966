# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from typing import Literal, cast

__all__ = ["WorkerStatusFilter", "WORKER_STATUS_FILTER_VALUES", "check_worker_status_filter"]

WorkerStatusFilter = Literal["active", "draining", "stale"]

WORKER_STATUS_FILTER_VALUES: frozenset[WorkerStatusFilter] = frozenset(["active", "draining", "stale"])


def check_worker_status_filter(value: object) -> WorkerStatusFilter:
    """Return the value as it is; one that this version of the spec does not know is kept.

    Raises:
        TypeError: The value is of another type.
    """
    if not isinstance(value, str):
        raise TypeError(f"WorkerStatusFilter is not {value!r}")
    return cast(WorkerStatusFilter, value)
