"""Blobs: values as text, in the one codec that is written and the two that are read."""

from __future__ import annotations

import binascii
from collections.abc import Callable
from typing import Any, Final, Literal

from durable_workflow.codec import _json, _value_read, _value_schema, _value_write, _wrapper
from durable_workflow.codec._faults import undecodable
from durable_workflow.errors import PayloadEncodeError

AVRO_CODEC: Final = "avro"
"""The codec of every payload that is written."""
JSON_CODEC: Final = "json"
"""Plain JSON text: read from old stored data, never written."""
SUPPORTED_CODECS: Final = (AVRO_CODEC, JSON_CODEC)
"""Codecs that `decode` understands. Only `AVRO_CODEC` is written."""

Framing = Literal["wrapper", "value"]
"""How an avro payload is laid out. Which one to write depends on the server; both are always read."""

_WRITERS: Final[dict[str, Callable[[Any], bytes]]] = {
    "wrapper": _wrapper.write,
    "value": _value_write.write,
}


def encode(value: Any, codec: str = AVRO_CODEC, *, framing: Framing = "wrapper") -> str:
    """Encode one value as a blob.

    Allowed are None, booleans, 64-bit integers, finite floats, Unicode text, lists and dicts with string
    keys; with Value framing also bytes. Nothing is converted: what would not come back equal is refused.

    Args:
        value: The value. For arguments, the list of them.
        codec: Only `AVRO_CODEC`; no server accepts another codec.
        framing: Layout of the payload; `"value"` only towards servers and runs that use it.

    Raises:
        PayloadEncodeError: If a part of the value cannot be written. `path` says which, as in
            `$.items[3].price`.
    """
    if codec != AVRO_CODEC:
        raise PayloadEncodeError(
            f'Payloads are not written in codec {codec!r:.60}. Use codec "avro".',
            code="unsupported_payload_codec",
        )
    return binascii.b2a_base64(_WRITERS[framing](value), newline=False).decode("ascii")


def decode(blob: str | None, codec: str | None = None) -> Any:
    """Decode one blob, whichever framing it was written in.

    Args:
        blob: The blob; None means "no value" and gives None.
        codec: Its codec. Without one, JSON text and avro frames are told apart by their first character.

    Raises:
        PayloadDecodeError: If the blob is malformed, or of an unknown codec or schema.
    """
    if blob is None:
        return None
    if not isinstance(blob, str):
        raise undecodable("malformed_envelope", f"its blob is of type {type(blob).__name__}, not text")
    if codec is None:
        codec = JSON_CODEC if _json.looks_like_json(blob) else AVRO_CODEC
    if codec == AVRO_CODEC:
        return _decode_avro(blob)
    if codec != JSON_CODEC:
        raise undecodable("unsupported_payload_codec", f"its codec is {codec!r:.60}")
    if not blob:
        raise undecodable("empty_payload", "it is an empty text")
    return _json.read(blob, "invalid_json")


def framing_of(blob: str) -> Framing:
    """Tell how an avro blob is laid out, so that an answer can mirror it.

    Raises:
        PayloadDecodeError: If it is no avro frame. The value itself is not looked at.
    """
    return _framing(_frame(blob), blob)


def holds_list(blob: str) -> bool:
    """Tell whether the value of an avro blob is a list, without decoding it.

    Raises:
        PayloadDecodeError: If it is no avro frame.
    """
    frame = _frame(blob)
    if _framing(frame, blob) == "wrapper":
        return _wrapper.is_list(frame)
    return _value_read.is_list(frame)


def _decode_avro(blob: str) -> Any:
    frame = _frame(blob)
    # Asked in this order, and not by name, because most payloads are small.
    if frame.startswith(_value_schema.PREFIX):
        return _value_read.read(frame)
    if _framing(frame, blob) == "wrapper":
        return _wrapper.read(frame)
    return _value_read.read(frame)


def _frame(blob: str) -> bytes:
    if not blob:
        raise undecodable("empty_payload", "it is an empty text")
    try:
        return binascii.a2b_base64(blob, strict_mode=True)
    except ValueError:
        if _json.looks_like_json(blob):
            raise undecodable("json_tagged_avro", "it is JSON text labelled as avro") from None
        raise undecodable("invalid_base64", "it is not base64") from None


def _framing(frame: bytes, blob: str) -> Framing:
    if frame.startswith(_wrapper.PREFIX):
        return "wrapper"
    if frame.startswith(_value_schema.MAGIC):
        return "value"
    if frame.startswith(b"\x01"):
        raise undecodable("typed_schema_unsupported", "it carries a writer schema of its own (prefix 01)")
    if _json.looks_like_json(blob):
        raise undecodable("json_tagged_avro", "it is JSON text labelled as avro")
    raise undecodable("unknown_prefix", f"it begins with {frame[:2].hex() or 'nothing'}")
