# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from typing import Literal, cast

__all__ = ["OverlapPolicy", "OVERLAP_POLICY_VALUES", "check_overlap_policy"]

OverlapPolicy = Literal["allow_all", "buffer_all", "buffer_one", "cancel_other", "skip", "terminate_other"]

OVERLAP_POLICY_VALUES: frozenset[OverlapPolicy] = frozenset(
    ["allow_all", "buffer_all", "buffer_one", "cancel_other", "skip", "terminate_other"]
)


def check_overlap_policy(value: object) -> OverlapPolicy:
    """Return the value as it is; one that this version of the spec does not know is kept.

    Raises:
        TypeError: The value is of another type.
    """
    if not isinstance(value, str):
        raise TypeError(f"OverlapPolicy is not {value!r}")
    return cast(OverlapPolicy, value)
