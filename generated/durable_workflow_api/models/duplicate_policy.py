# Generated from openapi/durable-workflow.yaml by ./codegen.sh. Never edit: run ./codegen.sh.
from typing import Literal, cast

__all__ = ["DuplicatePolicy", "DUPLICATE_POLICY_VALUES", "check_duplicate_policy"]

DuplicatePolicy = Literal["allow", "fail", "reject", "terminate_existing", "use-existing"]

DUPLICATE_POLICY_VALUES: frozenset[DuplicatePolicy] = frozenset(
    ["allow", "fail", "reject", "terminate_existing", "use-existing"]
)


def check_duplicate_policy(value: object) -> DuplicatePolicy:
    """Return the value as it is; one that this version of the spec does not know is kept.

    Raises:
        TypeError: The value is of another type.
    """
    if not isinstance(value, str):
        raise TypeError(f"DuplicatePolicy is not {value!r}")
    return cast(DuplicatePolicy, value)
