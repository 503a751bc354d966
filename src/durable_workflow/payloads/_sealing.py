"""Blobs through the chain of codecs."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any, Final

from durable_workflow.codec import SEALED, decode, encode, framing_of, holds_list, sealed_by, sealed_in
from durable_workflow.errors import PayloadDecodeError
from durable_workflow.payloads._codecs import PayloadCodec

_MARK: Final = SEALED.encode()
# The mark stands behind the frame's prefix and a few bytes of lengths, or the JSON text's first brackets.
_HEAD: Final = 96


def seal(blob: str, codecs: Sequence[PayloadCodec]) -> str:
    """Put a blob through the codecs; the result is a blob again, of the same framing.

    Args:
        blob: An avro blob.
        codecs: The codecs, in order.

    Raises:
        PayloadDecodeError: If it is no avro blob.
    """
    framing, data = framing_of(blob), base64.b64decode(blob)
    steps = []
    for codec in codecs:
        coded = codec.encode(data)
        if coded is not None:
            data = coded.data
            steps.append({"codec": codec.name, **coded.facts})
    if not steps:
        return blob
    sealed = {SEALED: {"by": steps, "data": base64.b64encode(data).decode("ascii")}}
    # Servers insist that arguments are a list.
    return encode([sealed] if holds_list(blob) else sealed, framing=framing)


def is_sealed(blob: str) -> bool:
    """Tell whether a text looks like a sealed blob; cheap, and wrong only for payloads made to look so."""
    if not blob.startswith(("A", "ww")) or len(blob) < _HEAD:
        return False
    try:
        return _MARK in base64.b64decode(blob[:_HEAD])
    except (binascii.Error, ValueError):
        return False


def unseal(blob: str, codecs: Sequence[PayloadCodec]) -> str:
    """Take a blob back through the codecs; a blob that is not sealed stays as it is.

    Args:
        blob: A blob of which `is_sealed` is true.
        codecs: The codecs that may have made it.

    Raises:
        PayloadDecodeError: If a codec or a key is missing, or the payload was altered.
    """
    sealed = sealed_in(decode(blob, "avro"))
    if sealed is None:
        return blob
    data = _data(sealed)
    by_name = {codec.name: codec for codec in codecs}
    for step in reversed(_steps(sealed)):
        codec = by_name.get(str(step.get("codec")))
        if codec is None:
            raise _broken(f"it is sealed by {sealed_by(sealed)}, and the settings have no such codec")
        data = codec.decode(data, {name: str(fact) for name, fact in step.items() if name != "codec"})
    return base64.b64encode(data).decode("ascii")


def _steps(sealed: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    steps = sealed.get("by")
    if not isinstance(steps, list) or not all(isinstance(step, Mapping) for step in steps):
        raise _broken("its list of codecs is malformed")
    return steps


def _data(sealed: Mapping[str, Any]) -> bytes:
    try:
        return base64.b64decode(sealed["data"], validate=True)
    except (KeyError, TypeError, ValueError):
        raise _broken("its sealed data is not base64 text") from None


def _broken(why: str) -> PayloadDecodeError:
    return PayloadDecodeError(f"Payload not decoded: {why}.", code="sealed_payload_broken")
