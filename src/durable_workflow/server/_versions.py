"""The protocol versions that this server speaks, and the header that names one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from durable_workflow.server._refusals import version_refused

__all__ = [
    "CONTROL_PLANE_HEADER",
    "CONTROL_PLANE_VERSION",
    "WORKER_PROTOCOL_HEADER",
    "WORKER_PROTOCOL_VERSION",
    "check_control_plane_version",
    "check_worker_protocol_version",
]

CONTROL_PLANE_HEADER = "X-Durable-Workflow-Control-Plane-Version"
CONTROL_PLANE_VERSION = "2"
WORKER_PROTOCOL_HEADER = "X-Durable-Workflow-Protocol-Version"
WORKER_PROTOCOL_VERSION = "1.0"

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})", re.ASCII)


def check_control_plane_version(headers: Mapping[str, str]) -> None:
    """Do nothing if the request names the control-plane version that is served.

    Raises:
        Refusal: If the version is missing or another one.
    """
    requested = headers.get(CONTROL_PLANE_HEADER.lower(), "")
    if requested != CONTROL_PLANE_VERSION:
        raise version_refused(
            "control_plane_version",
            CONTROL_PLANE_HEADER,
            CONTROL_PLANE_VERSION,
            requested or None,
            text_member="message",
        )


def check_worker_protocol_version(headers: Mapping[str, str]) -> None:
    """Do nothing if the request names a worker protocol version that is served.

    Served is every minor up to the advertised one, of the same major.

    Raises:
        Refusal: If the version is missing, malformed, or not served.
    """
    requested = headers.get(WORKER_PROTOCOL_HEADER.lower(), "")
    if not _served(requested):
        raise version_refused(
            "protocol_version",
            WORKER_PROTOCOL_HEADER,
            WORKER_PROTOCOL_VERSION,
            requested or None,
            text_member="error",
        )


def _served(requested: str) -> bool:
    match = _VERSION.fullmatch(requested)
    own_major, own_minor = (int(part) for part in WORKER_PROTOCOL_VERSION.split("."))
    return match is not None and int(match[1]) == own_major and int(match[2]) <= own_minor
