"""Payload codec: Python values as text on the wire, and back.

Writing is strict and byte-exact, reading accepts every framing that a peer may have written. Programs use
the documented door, `durable_workflow.serializer`.
"""

from __future__ import annotations

from durable_workflow.codec._blob import (
    AVRO_CODEC,
    JSON_CODEC,
    SUPPORTED_CODECS,
    Framing,
    decode,
    encode,
    framing_of,
    holds_list,
)
from durable_workflow.codec._envelope import decode_envelope, envelope
from durable_workflow.codec._faults import Refused, step_of
from durable_workflow.codec._sealed import SEALED, sealed_by, sealed_in
from durable_workflow.codec._strict import too_deep, wrong_type

__all__ = [
    "AVRO_CODEC",
    "JSON_CODEC",
    "SEALED",
    "SUPPORTED_CODECS",
    "Framing",
    "Refused",
    "decode",
    "decode_envelope",
    "encode",
    "envelope",
    "framing_of",
    "holds_list",
    "sealed_by",
    "sealed_in",
    "step_of",
    "too_deep",
    "wrong_type",
]
