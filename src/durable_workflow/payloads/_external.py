"""Payloads that a server keeps elsewhere and hands out as references."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit

from attrs import field, frozen

from durable_workflow.errors import PayloadDecodeError

SCHEMA: Final = "durable-workflow.v2.external-payload-reference.v1"
_FRAMES: Final = (b"\x00", b"\x01", b"\xc3\x01")


class ExternalStorage(Protocol):
    """Reads payloads by their address."""

    def read(self, uri: str) -> bytes:
        """Return what is stored; may take its time, it is called in a thread.

        Args:
            uri: The address, as the reference names it.
        """
        ...


@frozen
class FolderStorage:
    """Payloads in a folder that is shared with the server (its driver `local`).

    Args:
        folder: The folder; addresses outside of it are refused.
    """

    folder: Path = field(converter=Path)

    def read(self, uri: str) -> bytes:
        """Read a `file://` address; see `ExternalStorage`."""
        parts = urlsplit(uri)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or not path.is_relative_to(self.folder.resolve()):
            raise ValueError(f"{uri[:200]!r} is not in {self.folder}")
        return path.read_bytes()


def fetch(reference: Mapping[str, Any], storage: ExternalStorage | None) -> str:
    """Read the blob that a reference stands for.

    Args:
        reference: The member `external_storage` of an envelope.
        storage: Where to read.

    Raises:
        PayloadDecodeError: If it cannot be had, or is not what was referred to.
    """
    if reference.get("schema") != SCHEMA:
        raise _refused(f"its reference is of schema {reference.get('schema')!r:.80}, not {SCHEMA}")
    if storage is None:
        raise _refused("it refers to external storage; pass PayloadSettings(storage=...)")
    uri = str(reference.get("uri"))
    try:
        data = storage.read(uri)
    except Exception as error:
        raise _refused(f"{uri[:200]!r} cannot be read ({type(error).__name__}: {error!s:.200})") from error
    _check(reference, data, uri)
    return base64.b64encode(data).decode("ascii") if data.startswith(_FRAMES) else data.decode("latin-1")


def _check(reference: Mapping[str, Any], data: bytes, uri: str) -> None:
    size, digest = reference.get("size_bytes"), reference.get("sha256")
    if size != len(data):
        raise _refused(f"{uri[:200]!r} has {len(data)} bytes, not {size!r:.40}")
    if not isinstance(digest, str) or hashlib.sha256(data).hexdigest() != digest.lower():
        raise _refused(f"{uri[:200]!r} has another content than was referred to (sha256)")


def _refused(why: str) -> PayloadDecodeError:
    return PayloadDecodeError(f"Payload not decoded: {why}.", code="unsupported_payload_reference")
