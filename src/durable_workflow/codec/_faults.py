"""Every way a payload can be refused: one code each, and what the reader of the message should do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from durable_workflow.errors import PayloadDecodeError, PayloadEncodeError

_CORRUPT: Final = "It was cut or altered after it was written; compare it with what its producer sent."
_PRODUCER: Final = "The program that wrote it breaks the payload format; fix or upgrade that program."

DECODE_REMEDIES: Final[Mapping[str, str]] = {
    "empty_payload": "A missing value is null, not an empty text; send no payload, or encode the value None.",
    "inner_json_invalid": _PRODUCER,
    "invalid_base64": "A blob is base64 in the standard alphabet, padded and without white space.",
    "invalid_boolean": _PRODUCER,
    "invalid_json": "A blob of codec json is the JSON text itself; check which codec belongs to this one.",
    "invalid_length": _CORRUPT,
    "invalid_utf8": "Text in payloads is UTF-8; send binary data as base64 text.",
    "invalid_varint": _PRODUCER,
    "json_tagged_avro": "Encode it with durable_workflow.serializer.encode, or name its codec: json.",
    "malformed_envelope": 'A payload is null, a blob, or an object {"codec": ..., "blob": ...}.',
    "nesting_too_deep": "Flatten the value, or keep it elsewhere and pass a reference to it.",
    "non_finite_float": "NaN and infinities are no payload values; " + _PRODUCER,
    "sealed_payload": "Read it with the codecs and keys that it was made with: PayloadSettings(codecs=...).",
    "trailing_bytes": _CORRUPT,
    "truncated": _CORRUPT,
    "typed_schema_unsupported": "Its producer has to write generic payloads (frame prefix 00, or C3 01).",
    "unknown_branch": _PRODUCER,
    "unknown_prefix": "An avro payload begins with 00 or C3 01; this is another format, or encrypted.",
    "unsupported_payload_codec": 'Send it with codec "avro".',
    "unsupported_payload_reference": "External payload storage is not configured; send the payload inline.",
    "unsupported_payload_schema": "It was written for another protocol version; upgrade durable-workflow.",
}
"""What to do about each code of a `PayloadDecodeError`."""

ENCODE_CODES: Final = frozenset(
    {
        "integer_overflow",
        "invalid_map_key",
        "invalid_utf8_string",
        "nesting_too_deep",
        "non_finite_float",
        "unsupported_payload_codec",
        "unsupported_value_type",
    }
)
"""Every code of a `PayloadEncodeError`."""


def undecodable(code: str, what: str) -> PayloadDecodeError:
    """Build the error for a payload that cannot be read.

    Args:
        code: A key of `DECODE_REMEDIES`.
        what: What was found, as a clause without a full stop. Never the payload's own content.
    """
    return PayloadDecodeError(f"Payload not decoded: {what}. {DECODE_REMEDIES[code]}", code=code)


class Refused(Exception):
    """A value that must not be written; carries its place, collected while the stack unwinds."""

    def __init__(self, code: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.remedy = remedy
        self.steps: list[str] = []

    def inside(self, key: str | int) -> None:
        """Note the key or index of the container through which this fault passes."""
        self.steps.append(step_of(key))

    def error(self) -> PayloadEncodeError:
        """Give the public error that names the path inside the value."""
        path = "$" + "".join(reversed(self.steps))
        return PayloadEncodeError(f"{path}: {self.what}. {self.remedy}", code=self.code, path=path)


def step_of(key: str | int) -> str:
    """Write one step of a path: `[3]`, `.price` or `["unit price"]`."""
    if isinstance(key, int):
        return f"[{key}]"
    if key.isidentifier() and len(key) <= 60:
        return f".{key}"
    shown = key if len(key) <= 60 else key[:57] + "..."
    return f"[{json.dumps(shown)}]"
