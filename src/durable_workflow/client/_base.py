"""What every part of the client needs: its settings and its transport."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .._client_common import checks
from .._client_common.polls import PollKeys
from ..errors import InvalidArgument
from ..metrics import MetricsRecorder, NoopMetrics
from ..retry_policy import TransportRetryPolicy
from ..transport import AsyncShared, AsyncTransport, checked_base_url

if TYPE_CHECKING:
    import httpx

__all__ = ["ClientBase"]

# How long the client believes what a server said about itself, in seconds.
_INFO_LIFETIME = 60.0


class ClientBase:
    """Settings and connections of a client."""

    def __init__(
        self,
        base_url: str,
        *,
        token: str | None = None,
        control_token: str | None = None,
        worker_token: str | None = None,
        namespace: str = "default",
        timeout: float = 60.0,
        retry_policy: TransportRetryPolicy | None = None,
        metrics: MetricsRecorder | None = None,
        http_transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.base_url = checked_base_url(base_url)
        self.token = token
        self.control_token = control_token
        self.worker_token = worker_token
        self.namespace = checks.name("namespace", namespace)
        self.timeout = checks.seconds("timeout", timeout)
        self.retry_policy = TransportRetryPolicy() if retry_policy is None else retry_policy
        self.metrics = NoopMetrics() if metrics is None else metrics
        if not isinstance(self.retry_policy, TransportRetryPolicy):
            raise InvalidArgument(f"retry_policy must be a TransportRetryPolicy, not {retry_policy!r}")
        self._transport = AsyncTransport(self, http_transport)
        self._info: AsyncShared[dict[str, Any]] = AsyncShared(_INFO_LIFETIME)
        self._worker_version: str | None = None
        self._poll_keys = PollKeys()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url} namespace={self.namespace}>"
