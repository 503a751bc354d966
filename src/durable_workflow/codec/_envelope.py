"""Envelopes: a blob beside the name of its codec."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from durable_workflow.codec._blob import AVRO_CODEC, Framing, decode, encode
from durable_workflow.codec._faults import undecodable
from durable_workflow.codec._sealed import opened


def envelope(value: Any, codec: str = AVRO_CODEC, *, framing: Framing = "wrapper") -> dict[str, str]:
    """Encode one value as an envelope, `{"codec": ..., "blob": ...}`.

    Args:
        value: The value; see `encode` for what is allowed.
        codec: Only `AVRO_CODEC`.
        framing: Layout of the payload; see `encode`.

    Raises:
        PayloadEncodeError: If a part of the value cannot be written.
    """
    return {"codec": codec, "blob": encode(value, codec, framing=framing)}


def decode_envelope(value: Any, codec: str | None = None) -> Any:
    """Decode a payload in any form in which servers hand it out.

    Args:
        value: An envelope, or a bare blob; None, and an envelope whose blob is None, mean "no value".
        codec: The codec of a bare blob or of an envelope that names none; `AVRO_CODEC` by default.

    Returns:
        The decoded value; None for "no value".

    Raises:
        PayloadDecodeError: If it is none of these, cannot be decoded, is sealed by codecs that are missing
            here, or refers to external storage.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return opened(decode(value, codec or AVRO_CODEC))
    if not isinstance(value, Mapping):
        raise undecodable("malformed_envelope", f"a value of type {type(value).__name__} is no payload")
    return _decode_object(value, codec)


def _decode_object(value: Mapping[str, Any], codec: str | None) -> Any:
    if value.get("external_storage") is not None:
        raise undecodable("unsupported_payload_reference", "it refers to external storage")
    if "blob" not in value:
        raise undecodable("malformed_envelope", "the object has no member blob")
    named = value.get("codec")
    if named is not None and not isinstance(named, str):
        raise undecodable("malformed_envelope", "its member codec is not text")
    return opened(decode(value["blob"], named or codec or AVRO_CODEC))
