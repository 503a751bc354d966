# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from typing import Literal, cast

__all__ = ["BridgeDuplicatePolicy", "BRIDGE_DUPLICATE_POLICY_VALUES", "check_bridge_duplicate_policy"]

BridgeDuplicatePolicy = Literal["reject_duplicate", "use_existing"]

BRIDGE_DUPLICATE_POLICY_VALUES: frozenset[BridgeDuplicatePolicy] = frozenset(
    ["reject_duplicate", "use_existing"]
)


def check_bridge_duplicate_policy(value: object) -> BridgeDuplicatePolicy:
    """Return the value as it is; one that this version of the spec does not know is kept.

    Raises:
        TypeError: The value is of another type.
    """
    if not isinstance(value, str):
        raise TypeError(f"BridgeDuplicatePolicy is not {value!r}")
    return cast(BridgeDuplicatePolicy, value)
