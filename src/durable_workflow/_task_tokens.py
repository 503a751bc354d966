"""Tokens by which an attempt of an activity is completed from outside of its worker."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TypedDict

__all__ = ["TaskToken", "read_task_token", "write_task_token"]


class TaskToken(TypedDict):
    """What a token holds: the lease of one attempt, and how payloads of its run are written."""

    task_id: str
    activity_attempt_id: str
    lease_owner: str
    codec: str
    framing: str


def write_task_token(
    *, task_id: str, activity_attempt_id: str, lease_owner: str, codec: str, framing: str
) -> str:
    """Return the token of an attempt: text that fits into URLs and message headers.

    Args:
        task_id: The task.
        activity_attempt_id: The attempt.
        lease_owner: The worker that holds it.
        codec: Codec of the run's payloads.
        framing: Layout of the run's payloads.
    """
    members = [task_id, activity_attempt_id, lease_owner, codec, framing]
    return base64.urlsafe_b64encode(json.dumps(members).encode()).rstrip(b"=").decode()


def read_task_token(token: str) -> TaskToken:
    """Read a token.

    Args:
        token: The token.

    Raises:
        ValueError: It is no token of an activity.
    """
    try:
        padded = token.encode() + b"=" * (-len(token) % 4)
        members = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (AttributeError, binascii.Error, ValueError):
        members = None
    if not isinstance(members, list) or len(members) != 5 or not all(isinstance(m, str) for m in members):
        raise ValueError(f"{token!r:.80} is no task token; take it from activity.context().info.task_token")
    task_id, activity_attempt_id, lease_owner, codec, framing = members
    return {
        "task_id": task_id,
        "activity_attempt_id": activity_attempt_id,
        "lease_owner": lease_owner,
        "codec": codec,
        "framing": framing,
    }
