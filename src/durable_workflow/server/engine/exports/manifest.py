"""The parts ``payload_manifest``, ``codec_schemas`` and ``integrity``: how to read and check a bundle."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["codec_schemas", "integrity", "payload_manifest"]

_ENCODING = "base64-avro-binary"
_WRAPPER = (
    '{"type":"record","name":"Payload","namespace":"durable_workflow","fields":'
    '[{"name":"json","type":"string"},{"name":"version","type":"int","default":1}]}'
)
_LENGTH = slice(1, 5)
_VALUE_MAGIC = b"\xc3\x01"


def payload_manifest(bundle: Mapping[str, Any], codec: str) -> dict[str, Any]:
    """Return an entry for every place of a bundle that holds a blob or could.

    Args:
        bundle: The bundle so far.
        codec: The codec of the run.
    """
    entries = [_entry(path, blob, codec) for path, blob in _blobs(bundle)]
    return {"version": 1, "entries": entries}


def _blobs(bundle: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "payloads.arguments.data", bundle["payloads"]["arguments"]["data"]
    yield "payloads.output.data", bundle["payloads"]["output"]["data"]
    for part, members in (
        ("commands", ("payload",)),
        ("signals", ("arguments",)),
        ("updates", ("arguments", "result")),
        ("activities", ("arguments", "result")),
    ):
        for index, row in enumerate(bundle[part]):
            for member in members:
                yield f"{part}.{index}.{member}", row[member]


def _entry(path: str, blob: Any, codec: str) -> dict[str, Any]:
    available = isinstance(blob, str)
    framing, prefix, schema = _framing(blob) if isinstance(blob, str) else (None, None, None)
    return {
        "path": path,
        "codec": codec,
        "available": available,
        "redacted": False,
        "encoding": _ENCODING,
        "avro_framing": framing,
        "avro_prefix_hex": prefix,
        "writer_schema": schema,
        "writer_schema_fingerprint": None if schema is None else _fingerprint(schema),
        "diagnostic": _diagnostic(available, framing),
    }


def _diagnostic(available: bool, framing: str | None) -> str | None:
    if not available:
        return "payload_unavailable"
    return "unknown_framing" if framing is None else None


def _framing(blob: str) -> tuple[str | None, str | None, str | None]:
    """Return how a blob is framed, its first bytes in hex, and the schema that it was written with."""
    try:
        raw = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError):
        return None, None, None
    if raw[:1] == b"\x00":
        return "generic_wrapper", "00", _WRAPPER
    if raw[:1] == b"\x01":
        return "typed_schema", "01", _typed_schema(raw)
    if raw[:2] == _VALUE_MAGIC:
        return "single_object", raw[:2].hex(), None
    return None, raw[:1].hex() or None, None


def _typed_schema(raw: bytes) -> str | None:
    length = int.from_bytes(raw[_LENGTH], "big")
    try:
        return raw[5 : 5 + length].decode("utf-8")
    except UnicodeDecodeError:
        return None


def _fingerprint(schema: str) -> str:
    return f"sha256:{hashlib.sha256(schema.encode()).hexdigest()}"


def codec_schemas(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return how the blobs of a manifest are read; empty if it has none."""
    if not any(entry["available"] for entry in manifest["entries"]):
        return {}
    return {
        "avro": {
            "encoding": _ENCODING,
            "wrapper_schema": _WRAPPER,
            "wrapper_prefix_hex": "00",
            "typed_prefix_hex": "01",
            "generic_wrapper": {
                "prefix_hex": "00",
                "writer_schema": _WRAPPER,
                "writer_schema_fingerprint": _fingerprint(_WRAPPER),
            },
            "typed_schema": {
                "prefix_hex": "01",
                "schema_header": "uint32_be_length_prefixed_utf8_json",
                "writer_schema_location": "payload_manifest.entries[*].writer_schema",
            },
        }
    }


def integrity(bundle: Mapping[str, Any]) -> dict[str, Any]:
    """Return the checksum over a bundle: sorted by name at every level, compact, non-ASCII escaped."""
    # Sorted by code points is sorted by the bytes of UTF-8.
    text = json.dumps(bundle, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return {
        "canonicalization": "json-recursive-ksort-v1",
        "checksum_algorithm": "sha256",
        "checksum": hashlib.sha256(text.encode("ascii")).hexdigest(),
        "signature_algorithm": None,
        "signature": None,
        "key_id": None,
    }
