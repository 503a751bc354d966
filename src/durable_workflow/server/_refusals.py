"""The refusals that come before the engine is asked, in the words of the protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from durable_workflow.server._calls import Refusal

__all__ = [
    "forbidden",
    "host_not_allowed",
    "malformed_json",
    "method_not_allowed",
    "namespace_not_found",
    "not_found",
    "payload_too_large",
    "request_timeout",
    "unauthorized",
    "unsupported_media_type",
    "validation_failed",
    "version_refused",
]

ACCEPTED_TYPES = ["application/json", "application/*+json"]


def not_found() -> Refusal:
    """Return the refusal of a path that leads nowhere."""
    return Refusal(404, "not_found", "There is no such resource.")


def method_not_allowed(method: str, allow: str) -> Refusal:
    """Return the refusal of a method that the path does not know."""
    return Refusal(405, "method_not_allowed", f"The method {method} is not allowed here; allowed: {allow}.")


def payload_too_large(limit: int) -> Refusal:
    """Return the refusal of a body of more than ``limit`` bytes."""
    return Refusal(413, "payload_too_large", f"The body has more than {limit} bytes.", {"limit": limit})


def unsupported_media_type() -> Refusal:
    """Return the refusal of a body that is not declared as JSON."""
    message = "The body must be JSON and say so in Content-Type."
    return Refusal(415, "unsupported_media_type", message, {"accepted_content_types": ACCEPTED_TYPES})


def malformed_json(detail: str) -> Refusal:
    """Return the refusal of a body that is not JSON."""
    return Refusal(400, "malformed_json", "The body is not valid JSON.", {"json_error": detail})


def host_not_allowed(host: str) -> Refusal:
    """Return the refusal of a request that calls a server without token by a foreign name."""
    members = {
        "host": host,
        "remediation": "Call the server by a loopback name or address, set a token, or start it with "
        "--allowed-host and this name.",
    }
    message = f"This server has no token and does not answer to the name {host!r}."
    return Refusal(421, "host_not_allowed", message, members)


def request_timeout(seconds: float) -> Refusal:
    """Return the refusal of a body of which nothing came for too long."""
    return Refusal(408, "request_timeout", f"Nothing more of the body came for {seconds:g} s; send it again.")


def unauthorized() -> Refusal:
    """Return the refusal of a caller without a valid token."""
    return Refusal(401, "unauthorized", "The bearer token is missing or wrong.")


def forbidden(role: str, allowed: Sequence[str]) -> Refusal:
    """Return the refusal of a caller whose role may not call the operation."""
    message = f"The role {role} may not call this operation."
    return Refusal(403, "forbidden", message, {"role": role, "allowed_roles": list(allowed)})


def namespace_not_found(namespace: str) -> Refusal:
    """Return the refusal of an unknown namespace."""
    members = {"namespace": namespace, "remediation": "Create the namespace, or send another X-Namespace."}
    return Refusal(404, "namespace_not_found", f"The namespace {namespace!r} does not exist.", members)


def version_refused(
    kind: str, header: str, supported: str, requested: str | None, *, text_member: str
) -> Refusal:
    """Return the refusal of a version header.

    Args:
        kind: ``control_plane_version`` or ``protocol_version``.
        header: The header's name.
        supported: The version that is served.
        requested: The version that was sent, None when none was.
        text_member: The member that holds the text on this plane.
    """
    missing = requested is None
    problem = "is missing" if missing else f"names the unsupported version {requested}"
    members = {
        "supported_version": supported,
        "requested_version": requested,
        "remediation": f"Send {header}: {supported}.",
    }
    reason = f"{'missing' if missing else 'unsupported'}_{kind}"
    return Refusal(400, reason, f"The header {header} {problem}.", members, text_member=text_member)


def validation_failed(errors: Mapping[str, Sequence[str]]) -> Refusal:
    """Return the refusal of members or parameters, with messages by dotted path."""
    found: dict[str, Any] = {path: list(messages) for path, messages in errors.items()}
    members = {"errors": found, "validation_errors": found}
    return Refusal(422, "validation_failed", "The request is not valid.", members)
