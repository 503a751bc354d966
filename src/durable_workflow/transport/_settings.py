"""What a transport must know of the client that it works for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from ..errors import InvalidArgument

if TYPE_CHECKING:
    from ..hooks import RequestHook
    from ..metrics import MetricsRecorder
    from ..redaction import Redactor
    from ..retry_policy import TransportRetryPolicy

__all__ = ["Gate", "Settings", "Token", "checked_base_url"]

Token = str | Callable[[], Any]
"""A token, or what returns the token of the moment; the asynchronous client also awaits it."""


class Gate(Protocol):
    """What the bodies of requests and answers pass on their way, such as encryption of payloads."""

    def outgoing(self, operation_id: str, body: Any) -> Any:
        """Return the body to send, as plain JSON."""
        ...

    def check_size(self, operation_id: str, content: bytes, body: Any) -> None:
        """Refuse a request that is too large."""
        ...

    def is_slow(self, content: bytes) -> bool:
        """Tell whether `incoming` may wait for something."""
        ...

    def incoming(self, operation_id: str, content: bytes) -> bytes:
        """Return the answer to hand on."""
        ...


class Settings(Protocol):
    """The client's own attributes, read anew for every call: a token may be exchanged while it lives."""

    base_url: str
    token: Token | None
    control_token: Token | None
    worker_token: Token | None
    namespace: str
    timeout: float
    deadline: float | None
    retry_policy: TransportRetryPolicy
    metrics: MetricsRecorder
    hooks: tuple[RequestHook, ...]
    redactor: Redactor | None

    @property
    def payload_gate(self) -> Gate:
        """What the bodies of all but raw calls pass."""
        ...


def checked_base_url(base_url: str) -> str:
    """Return the base URL without a closing slash.

    Raises:
        InvalidArgument: it is not a plain http or https URL that the protocol's paths can follow.
    """
    parts = urlsplit(base_url) if isinstance(base_url, str) else None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidArgument(f"base_url must be an http or https URL, not {base_url!r}")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise InvalidArgument(
            "base_url must have no query, fragment or credentials; pass tokens as arguments"
        )
    if parts.path.rstrip("/").endswith("/api"):
        raise InvalidArgument("base_url must not end in /api: the client adds the protocol's paths itself")
    return base_url.rstrip("/")
