"""Task tokens as clients read them."""

from __future__ import annotations

from .._task_tokens import read_task_token
from ..errors import InvalidArgument

__all__ = ["attempt_of"]


def attempt_of(task_token: str) -> tuple[dict[str, str], str]:
    """Return the lease that a token stands for, and the codec of its run.

    Args:
        task_token: the token.

    Raises:
        InvalidArgument: it is no token of an activity.
    """
    try:
        read = read_task_token(task_token)
    except ValueError as error:
        raise InvalidArgument(str(error), {"task_token": [str(error)]}) from None
    lease = {
        "task_id": read["task_id"],
        "activity_attempt_id": read["activity_attempt_id"],
        "lease_owner": read["lease_owner"],
    }
    return lease, read["codec"]
