"""What every part of the client needs: its settings and its transport."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from .._client_common import checks
from .._client_common.polls import PollKeys
from ..errors import InvalidArgument
from ..hooks import RequestHook, checked_hooks
from ..metrics import MetricsRecorder, NoopMetrics
from ..payloads import PayloadGate, PayloadSettings
from ..redaction import Redactor
from ..retry_policy import TransportRetryPolicy
from ..transport import (
    AsyncShared,
    AsyncTransport,
    ClientCertificate,
    HttpOptions,
    Token,
    checked_base_url,
)
from ._raw import RawCalls

if TYPE_CHECKING:
    import ssl

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
        token: Token | None = None,
        control_token: Token | None = None,
        worker_token: Token | None = None,
        namespace: str = "default",
        timeout: float = 60.0,
        retry_policy: TransportRetryPolicy | None = None,
        metrics: MetricsRecorder | None = None,
        deadline: float | None = None,
        verify: ssl.SSLContext | str | bool = True,
        cert: ClientCertificate | None = None,
        proxy: str | None = None,
        max_connections: int = 100,
        http_transport: httpx.AsyncBaseTransport | None = None,
        http_client: httpx.AsyncClient | None = None,
        payloads: PayloadSettings | None = None,
        hooks: Sequence[RequestHook] = (),
        redactor: Redactor | None = None,
    ) -> None:
        self.base_url = checked_base_url(base_url)
        self.token = token
        self.control_token = control_token
        self.worker_token = worker_token
        self.namespace = checks.name("namespace", namespace)
        self.timeout = checks.seconds("timeout", timeout)
        self.deadline = None if deadline is None else checks.seconds("deadline", deadline)
        self.retry_policy = _policy(retry_policy)
        self.metrics = NoopMetrics() if metrics is None else metrics
        self.payload_gate = PayloadGate(_payloads(payloads))
        self.hooks = checked_hooks(hooks)
        self.redactor = redactor
        options = HttpOptions(http_transport, http_client, verify, cert, proxy, max_connections)
        self._transport = AsyncTransport(self, options)
        self._info: AsyncShared[dict[str, Any]] = AsyncShared(_INFO_LIFETIME)
        self._worker_version: str | None = None
        self._poll_keys = PollKeys()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.base_url} namespace={self.namespace}>"

    def with_options(
        self,
        *,
        timeout: float | None = None,
        deadline: float | None = None,
        retry_policy: TransportRetryPolicy | None = None,
        namespace: str | None = None,
    ) -> Self:
        """Return a client with other settings on the same connections; what is None stays as it is.

            await client.with_options(deadline=300, timeout=10).signal_workflow("order-1", "approve")

        Args:
            timeout: seconds for one attempt of a call.
            deadline: seconds for one call with all its attempts.
            retry_policy: how often, and after which pauses, a request is sent again.
            namespace: namespace of all workflows and queues that it names.

        Raises:
            InvalidArgument: an argument is not acceptable.
        """
        view = copy.copy(self)
        if timeout is not None:
            view.timeout = checks.seconds("timeout", timeout)
        if deadline is not None:
            view.deadline = checks.seconds("deadline", deadline)
        if retry_policy is not None:
            view.retry_policy = _policy(retry_policy)
        if namespace is not None:
            view.namespace = checks.name("namespace", namespace)
        view._transport = self._transport.sharing(view)
        return view

    @property
    def payloads(self) -> PayloadSettings:
        """How payloads are written and read."""
        return self.payload_gate.settings

    @property
    def raw(self) -> RawCalls:
        """The operations of the protocol as they are, with this client's connections, tokens and repeats.

        answer = await client.raw.describe_workflow("order-1")
        print(answer.status, answer.headers, answer.json())
        """
        return RawCalls(self)

    async def _protocol_version(self) -> str:
        """Return the version of the worker protocol that both sides speak."""
        raise NotImplementedError


def _payloads(settings: PayloadSettings | None) -> PayloadSettings:
    if settings is None:
        return PayloadSettings()
    if not isinstance(settings, PayloadSettings):
        raise InvalidArgument(f"payloads must be PayloadSettings, not {type(settings).__name__}")
    return settings


def _policy(policy: TransportRetryPolicy | None) -> TransportRetryPolicy:
    if policy is None:
        return TransportRetryPolicy()
    if not isinstance(policy, TransportRetryPolicy):
        raise InvalidArgument(f"retry_policy must be a TransportRetryPolicy, not {policy!r}")
    return policy
