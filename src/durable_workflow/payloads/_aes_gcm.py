"""Encryption: the reference codec. Needs the extra `encryption`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self

from durable_workflow.errors import PayloadDecodeError
from durable_workflow.payloads._codecs import Coded

_NONCE = 12
_CONTEXT = b"durable-workflow/aes-gcm/1\x00"


class AesGcm:
    """Encrypts payloads with AES-GCM; the id of the key travels with them.

    To rotate, add a key under a new id and make it the active one, first in every program as a key to read
    with, then as the active one. Old keys stay as long as histories written with them are to be read.

    The nonce is made from key and payload (HMAC-SHA256), so that a command that is sent again, also by a
    restarted program, is the same command to the server. Who reads the server's database sees therefore which
    payloads are equal, and their lengths, and nothing else. Altered payloads are refused.

    Args:
        keys: The keys by id: 16, 24 or 32 random bytes each.
        active: Id of the key to write with; default is the last one.

    Raises:
        ImportError: If `cryptography` is not installed.
        ValueError: If there is no key, or one is of another length.
    """

    name = "aes-gcm"

    def __init__(self, keys: Mapping[str, bytes], *, active: str | None = None) -> None:
        if not keys:
            raise ValueError("AesGcm needs at least one key: {'2026-11': os.urandom(32)}")
        for key_id, key in keys.items():
            if not isinstance(key, bytes) or len(key) not in (16, 24, 32):
                raise ValueError(f"key {key_id!r:.60} must be 16, 24 or 32 bytes")
        self._keys = {key_id: _Key(key) for key_id, key in keys.items()}
        self._active = next(reversed(self._keys)) if active is None else active
        if self._active not in self._keys:
            raise ValueError(f"the active key {active!r:.60} is none of the keys {', '.join(self._keys)}")
        _cipher_class()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Make the codec from text, as settings and environment variables hold it; the last key is active.

            AesGcm.from_text("2026-05=<base64>,2026-11=<base64>")

        Args:
            text: The keys with their ids.

        Raises:
            ImportError: If `cryptography` is not installed.
            ValueError: If it is not of this form; the message shows no key.
        """
        keys = {}
        for number, pair in enumerate(text.split(","), 1):
            key_id, _, encoded = pair.strip().partition("=")
            try:
                keys[key_id] = base64.b64decode(encoded, validate=True)
            except binascii.Error:
                encoded = ""
            if not key_id or not encoded:
                raise ValueError(f"key {number} is not of the form id=<base64>")
        return cls(keys)

    def __repr__(self) -> str:
        return f"<AesGcm keys {', '.join(self._keys)}, active {self._active}>"

    def encode(self, data: bytes) -> Coded:
        """Encrypt; see `PayloadCodec`."""
        key = self._keys[self._active]
        nonce = key.nonce_for(data)
        sealed = key.cipher.encrypt(nonce, data, _CONTEXT + self._active.encode())
        return Coded(nonce + sealed, {"key": self._active})

    def decode(self, data: bytes, facts: Mapping[str, str]) -> bytes:
        """Decrypt; see `PayloadCodec`."""
        key_id = str(facts.get("key"))
        key = self._keys.get(key_id)
        if key is None:
            known = ", ".join(self._keys)
            raise _refused(
                f"it needs key {key_id!r:.60}; known are {known}. Add the key that it was made with"
            )
        try:
            opened: bytes = key.cipher.decrypt(data[:_NONCE], data[_NONCE:], _CONTEXT + key_id.encode())
        except Exception:
            # InvalidTag, or ValueError for what is too short; none of them says more.
            raise _refused(f"it was altered, or made with another key {key_id!r:.60}") from None
        return opened


class _Key:
    """One key, with what follows from it."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._nonce_key = hmac.digest(key, b"durable-workflow/nonce/1", hashlib.sha256)

    @cached_property
    def cipher(self) -> Any:
        return _cipher_class()(self._key)

    def nonce_for(self, data: bytes) -> bytes:
        return hmac.digest(self._nonce_key, data, hashlib.sha256)[:_NONCE]


def _cipher_class() -> Any:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError as error:
        raise ImportError(
            "payload encryption needs cryptography: pip install 'durable-workflow[encryption]'"
        ) from error
    return AESGCM


def _refused(why: str) -> PayloadDecodeError:
    return PayloadDecodeError(f"Payload not decoded: codec aes-gcm: {why}.", code="sealed_payload_broken")
