"""The Avro schema behind Value framing, and the ten bytes that announce it.

The reader and writer beside this file follow the schema by hand, because a general Avro reader accepts
what the protocol refuses: booleans of 2, numbers beyond 64 bits, infinities. The tests compare every byte
with fastavro running on this schema.
"""

from __future__ import annotations

from typing import Any, Final

MAGIC: Final = b"\xc3\x01"
FINGERPRINT: Final = bytes.fromhex("e2a33dff55802237")
"""CRC-64-AVRO of the schema's parsing canonical form, little-endian."""
PREFIX: Final = MAGIC + FINGERPRINT

NULL, BOOLEAN, LONG, DOUBLE, BYTES, STRING, ARRAY, MAP = range(8)
"""Branches of the union, in its order."""

_NAMESPACE: Final = "durable_workflow.protocol"


def _branch(name: str, field: str, kind: Any) -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": [{"name": field, "type": kind}]}


SCHEMA: Final[dict[str, Any]] = {
    "type": "record",
    "name": "Value",
    "namespace": _NAMESPACE,
    "fields": [
        {
            "name": "value",
            "type": [
                "null",
                _branch("BooleanValue", "boolean", "boolean"),
                _branch("LongValue", "long", "long"),
                _branch("DoubleValue", "double", "double"),
                _branch("BytesValue", "bytes", "bytes"),
                _branch("StringValue", "string", "string"),
                _branch("ArrayValue", "items", {"type": "array", "items": "Value"}),
                _branch("MapValue", "entries", {"type": "map", "values": "Value"}),
            ],
        }
    ],
}
