# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from typing import Literal, cast

__all__ = ["ActivityFailureKind", "ACTIVITY_FAILURE_KIND_VALUES", "check_activity_failure_kind"]

ActivityFailureKind = Literal[
    "application",
    "cancellation",
    "decode_failure",
    "handler_crash",
    "malformed_output",
    "timeout",
    "unsupported_payload",
]

ACTIVITY_FAILURE_KIND_VALUES: frozenset[ActivityFailureKind] = frozenset(
    [
        "application",
        "cancellation",
        "decode_failure",
        "handler_crash",
        "malformed_output",
        "timeout",
        "unsupported_payload",
    ]
)


def check_activity_failure_kind(value: object) -> ActivityFailureKind:
    """Return the value as it is; one that this version of the spec does not know is kept.

    Raises:
        TypeError: The value is of another type.
    """
    if not isinstance(value, str):
        raise TypeError(f"ActivityFailureKind is not {value!r}")
    return cast(ActivityFailureKind, value)
