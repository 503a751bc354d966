# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from typing import Literal, cast

__all__ = ["UpdateWaitFor", "UPDATE_WAIT_FOR_VALUES", "check_update_wait_for"]

UpdateWaitFor = Literal["accepted", "completed"]

UPDATE_WAIT_FOR_VALUES: frozenset[UpdateWaitFor] = frozenset(["accepted", "completed"])


def check_update_wait_for(value: object) -> UpdateWaitFor:
    """Return the value as it is; one that this version of the spec does not know is kept.

    Raises:
        TypeError: The value is of another type.
    """
    if not isinstance(value, str):
        raise TypeError(f"UpdateWaitFor is not {value!r}")
    return cast(UpdateWaitFor, value)
