# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from typing import Literal, cast

__all__ = ["ListSchedulesStatus", "LIST_SCHEDULES_STATUS_VALUES", "check_list_schedules_status"]

ListSchedulesStatus = Literal["active", "paused"]

LIST_SCHEDULES_STATUS_VALUES: frozenset[ListSchedulesStatus] = frozenset(["active", "paused"])


def check_list_schedules_status(value: object) -> ListSchedulesStatus:
    """Return the value as it is; one that this version of the spec does not know is kept.

    Raises:
        TypeError: The value is of another type.
    """
    if not isinstance(value, str):
        raise TypeError(f"ListSchedulesStatus is not {value!r}")
    return cast(ListSchedulesStatus, value)
