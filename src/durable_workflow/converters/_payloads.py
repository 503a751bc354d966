"""Typed values straight to blobs and envelopes."""

from __future__ import annotations

from typing import Any

from durable_workflow.codec import AVRO_CODEC, Framing
from durable_workflow.codec import encode as encode_plain
from durable_workflow.converters._writing import encodable, to_plain
from durable_workflow.errors import PayloadEncodeError


def encode(value: Any, codec: str = AVRO_CODEC, *, framing: Framing = "wrapper") -> str:
    """Encode one value, typed or plain, as a blob.

    Args:
        value: The value; see `to_plain` for the types.
        codec: Only `AVRO_CODEC`.
        framing: Layout of the payload.

    Raises:
        PayloadEncodeError: If a part of the value cannot be written.
    """
    try:
        return encode_plain(value, codec, framing=framing)
    except PayloadEncodeError as refused:
        # Most values are plain, and the codec checks them anyway: only what it refuses costs a second walk.
        if not encodable(refused):
            raise
    return encode_plain(to_plain(value), codec, framing=framing)


def envelope(value: Any, codec: str = AVRO_CODEC, *, framing: Framing = "wrapper") -> dict[str, str]:
    """Encode one value, typed or plain, as an envelope.

    Args:
        value: The value; see `to_plain` for the types.
        codec: Only `AVRO_CODEC`.
        framing: Layout of the payload.

    Raises:
        PayloadEncodeError: If a part of the value cannot be written.
    """
    return {"codec": codec, "blob": encode(value, codec, framing=framing)}
