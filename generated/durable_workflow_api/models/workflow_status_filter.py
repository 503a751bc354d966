# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from typing import Literal, cast

__all__ = ["WorkflowStatusFilter", "WORKFLOW_STATUS_FILTER_VALUES", "check_workflow_status_filter"]

WorkflowStatusFilter = Literal[
    "cancelled", "completed", "failed", "pending", "running", "terminated", "waiting"
]

WORKFLOW_STATUS_FILTER_VALUES: frozenset[WorkflowStatusFilter] = frozenset(
    ["cancelled", "completed", "failed", "pending", "running", "terminated", "waiting"]
)


def check_workflow_status_filter(value: object) -> WorkflowStatusFilter:
    """Return the value as it is; one that this version of the spec does not know is kept.

    Raises:
        TypeError: The value is of another type.
    """
    if not isinstance(value, str):
        raise TypeError(f"WorkflowStatusFilter is not {value!r}")
    return cast(WorkflowStatusFilter, value)
