"""Arguments of messages: servers have kept them in four places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.codec import decode_envelope
from durable_workflow.replay.kinds._base import payload_of

__all__ = ["message_arguments"]


def message_arguments(payload: Mapping[str, Any], payload_codec: str) -> list[Any]:
    """Find the positional arguments of a signal or update.

    Args:
        payload: Payload of the event.
        payload_codec: Codec of the run's payloads.

    Raises:
        PayloadDecodeError: If they cannot be decoded.
    """
    members = ("value", "input", "arguments")
    if any(payload.get(member) is not None for member in members):
        return _as_list(payload_of(payload, members, payload_codec))
    command = payload.get("command")
    if not isinstance(command, Mapping) or command.get("payload") is None:
        return []
    codec = command.get("payload_codec")
    decoded = decode_envelope(command["payload"], codec if isinstance(codec, str) else payload_codec)
    return _as_list(decoded.get("arguments") if isinstance(decoded, Mapping) else decoded)


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
