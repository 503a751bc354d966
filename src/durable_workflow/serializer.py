"""Encode and decode payloads by hand, as the client and the worker do it.

    from durable_workflow import serializer

    blob = serializer.encode(["Ada", 3])
    serializer.decode(blob)                        # ["Ada", 3]
    serializer.envelope({"ok": True})              # {"codec": "avro", "blob": "ABZ7..."}

Malformed input raises `PayloadDecodeError`, a value that no payload can hold `PayloadEncodeError`; both are
a `ValueError` too and carry a `code`.
"""

from __future__ import annotations

from durable_workflow.codec import (
    AVRO_CODEC,
    JSON_CODEC,
    SUPPORTED_CODECS,
    decode,
    decode_envelope,
    encode,
    envelope,
)

__all__ = [
    "AVRO_CODEC",
    "JSON_CODEC",
    "SUPPORTED_CODECS",
    "decode",
    "decode_envelope",
    "encode",
    "envelope",
]
