"""Task tokens as clients read them."""

from __future__ import annotations

from typing import TypedDict

from .._task_tokens import read_task_token
from ..converters import Framing
from ..errors import InvalidArgument

__all__ = ["Writing", "attempt_of"]


class Writing(TypedDict):
    """How payloads of a run are written."""

    codec: str
    framing: Framing


def attempt_of(task_token: str) -> tuple[dict[str, str], Writing]:
    """Return the lease that a token stands for, and how payloads of its run are written.

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
    return lease, {
        "codec": read["codec"],
        "framing": "value" if read["framing"] == "value" else "wrapper",
    }
