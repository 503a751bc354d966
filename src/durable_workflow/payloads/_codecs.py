"""Codecs: bytes in, other bytes out, and back."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from attrs import field, frozen

from durable_workflow.errors import PayloadDecodeError


@frozen
class Coded:
    """What a codec made of a payload.

    Attributes:
        data: The bytes.
        facts: What its `decode` needs to know besides, such as the id of a key; readable by everybody.
    """

    data: bytes
    facts: Mapping[str, str] = field(factory=dict[str, str])


@runtime_checkable
class PayloadCodec(Protocol):
    """One step of the chain between a program and the wire.

    `encode` has to give the same bytes for the same payload: a command that is sent again must be recognised
    by the server as the same.
    """

    @property
    def name(self) -> str:
        """Name of the codec, written beside what it made."""
        ...

    def encode(self, data: bytes) -> Coded | None:
        """Change the bytes of a payload; None leaves them as they are.

        Args:
            data: The payload's frame, or what the codec before this one made of it.
        """
        ...

    def decode(self, data: bytes, facts: Mapping[str, str]) -> bytes:
        """Undo `encode`.

        Args:
            data: What `encode` made.
            facts: What it noted.

        Raises:
            PayloadDecodeError: If it cannot be undone.
        """
        ...


@frozen
class Deflate:
    """Compression with zlib, where it saves something.

    Args:
        min_bytes: Smaller payloads are left as they are.
        level: From 1, fast, to 9, small.
        max_bytes: Refuse to inflate to more: a small payload can hold a huge one.
    """

    min_bytes: int = 1024
    level: int = 6
    max_bytes: int = 256 * 2**20

    @property
    def name(self) -> str:
        """Name of the codec on the wire."""
        return "deflate"

    def encode(self, data: bytes) -> Coded | None:
        """Compress, if that saves something; see `PayloadCodec`."""
        if len(data) < self.min_bytes:
            return None
        compressed = zlib.compress(data, self.level)
        return Coded(compressed) if len(compressed) < len(data) else None

    def decode(self, data: bytes, facts: Mapping[str, str]) -> bytes:
        """Decompress; see `PayloadCodec`."""
        engine = zlib.decompressobj()
        try:
            inflated = engine.decompress(data, self.max_bytes)
        except zlib.error:
            raise _broken("it is no zlib data") from None
        if engine.unconsumed_tail:
            raise _broken(f"it inflates to more than {self.max_bytes} bytes")
        if not engine.eof or engine.unused_data:
            raise _broken("it was cut or extended")
        return inflated


def _broken(why: str) -> PayloadDecodeError:
    return PayloadDecodeError(f"Payload not decoded: codec deflate: {why}.", code="sealed_payload_broken")
