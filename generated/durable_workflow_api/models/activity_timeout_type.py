# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from typing import Literal, cast

__all__ = ["ActivityTimeoutType", "ACTIVITY_TIMEOUT_TYPE_VALUES", "check_activity_timeout_type"]

ActivityTimeoutType = Literal[
    "deadline_exceeded", "heartbeat", "schedule_to_close", "schedule_to_start", "start_to_close"
]

ACTIVITY_TIMEOUT_TYPE_VALUES: frozenset[ActivityTimeoutType] = frozenset(
    ["deadline_exceeded", "heartbeat", "schedule_to_close", "schedule_to_start", "start_to_close"]
)


def check_activity_timeout_type(value: object) -> ActivityTimeoutType:
    """Return the value as it is; one that this version of the spec does not know is kept.

    Raises:
        TypeError: The value is of another type.
    """
    if not isinstance(value, str):
        raise TypeError(f"ActivityTimeoutType is not {value!r}")
    return cast(ActivityTimeoutType, value)
