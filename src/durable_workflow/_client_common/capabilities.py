"""What a server says about itself in cluster info."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..errors import NotSupportedByServer

__all__ = ["IMPLEMENTED_MINOR", "advertises", "start_policies", "worker_version"]

IMPLEMENTED_MINOR = 13
"""Newest minor version of worker protocol 1 that this SDK implements."""


def advertises(info: Mapping[str, Any], capability: str) -> bool:
    """Return True if the server advertises a capability by name."""
    return _at(info, "worker_protocol", "server_capabilities", capability) is True


def start_policies(info: Mapping[str, Any]) -> list[str]:
    """Return the duplicate policies that the server takes."""
    start = ("operations", "start", "fields", "duplicate_policy", "canonical_values")
    values = _at(info, "control_plane", "request_contract", *start)
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def worker_version(advertised: Any) -> str:
    """Return the worker protocol version to send to a server.

    Args:
        advertised: the version that the server names, such as `1.0`.

    Raises:
        NotSupportedByServer: it is no version 1.
    """
    match = re.fullmatch(r"\s*1\.(\d{1,9})\s*", advertised) if isinstance(advertised, str) else None
    if match is None:
        raise NotSupportedByServer(
            f"the server speaks worker protocol {advertised!r}; this SDK speaks 1.0 to 1.{IMPLEMENTED_MINOR}"
        )
    return f"1.{min(IMPLEMENTED_MINOR, int(match[1]))}"


def _at(document: Any, *path: str) -> Any:
    for member in path:
        document = document.get(member) if isinstance(document, Mapping) else None
    return document
