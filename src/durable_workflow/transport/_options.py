"""How connections are made: what the user may set about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import InvalidArgument

if TYPE_CHECKING:
    import ssl

__all__ = ["ClientCertificate", "HttpOptions"]

ClientCertificate = str | tuple[str, str] | tuple[str, str, str]
"""A file with certificate and key; or certificate and key; or these and the key's password."""


_MOST = 100


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """What the user set about connections.

    Args:
        transport: an httpx transport to use instead of sockets.
        client: an httpx client to use as it is; its owner closes it.
        verify: False trusts any server; a path names a file or directory of certificate authorities; a
            context is used as it is.
        cert: the certificate that the client shows.
        proxy: URL of a proxy; default is what the environment says.
        max_connections: most connections at once for calls; polls are not counted.

    Raises:
        InvalidArgument: the values do not go together.
    """

    transport: Any = None
    client: Any = None
    verify: ssl.SSLContext | str | bool = True
    cert: ClientCertificate | None = None
    proxy: str | None = None
    max_connections: int = _MOST

    def __post_init__(self) -> None:
        if self.client is not None and not self._leaves_connections_alone():
            raise InvalidArgument(
                "http_client brings its own connections: leave out http_transport, verify, cert, proxy and"
                " max_connections"
            )
        most = self.max_connections
        if isinstance(most, bool) or not isinstance(most, int) or most < 1:
            raise InvalidArgument(f"max_connections must be a whole number from 1 up, not {most!r}")

    @property
    def wants_httpx(self) -> bool:
        """Whether something was set that only httpx has."""
        return self.client is not None or self.transport is not None or self.proxy is not None

    def _leaves_connections_alone(self) -> bool:
        asks_for_nothing = self.transport is None and self.cert is None and self.proxy is None
        return asks_for_nothing and self.verify is True and self.max_connections == _MOST
